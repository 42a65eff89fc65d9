"""Uploads a file with tuspy, the tus project's own Python client, over TLS with a client certificate.

Arguments: creation URL, certificate file, key file, packet file, signed manifest, chunk size.
The authority comes from REQUESTS_CA_BUNDLE. It stops half-way, forgets everything but the upload's
address, and resumes: the offset then comes from the server.
"""
import sys

from tusclient import client

url, certificate, key, path, manifest, chunk = sys.argv[1:7]
tus = client.TusClient(url, client_cert=(certificate, key))
metadata = {"manifest": manifest}

first = tus.uploader(path, chunk_size=int(chunk), metadata=metadata, upload_checksum=True)
first.upload(stop_at=first.get_file_size() // 2)
print("address", first.url)
print("stopped", first.offset)

second = tus.uploader(path, chunk_size=int(chunk), url=first.url)
print("resumed", second.offset)
second.upload()
print("finished", second.offset)
