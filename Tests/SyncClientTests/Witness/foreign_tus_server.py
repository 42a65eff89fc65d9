"""A tus server that we did not write (drf-tus), over TLS, for the upload tests.

usage: foreign_tus_server.py FOLDER CERTIFICATE KEY
Prints the port on one line once it listens; ends when its standard input does.
"""

import os
import ssl
import sys
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.conf import settings

folder, certificate, key = sys.argv[1:]
settings.configure(
    ALLOWED_HOSTS=["*"],
    BASE_DIR=folder,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(folder, "tus.sqlite")}},
    DATA_UPLOAD_MAX_MEMORY_SIZE=16 << 20,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "rest_framework",
        "rest_framework_tus",
    ],
    MEDIA_ROOT=folder,
    # The first adds Content-Length, without which an answer ends with the connection.
    MIDDLEWARE=["django.middleware.common.CommonMiddleware", "rest_framework_tus.middleware.TusMiddleware"],
    REST_FRAMEWORK_TUS={"UPLOAD_DIR": os.path.join(folder, "uploads")},
    ROOT_URLCONF="__main__",
    SECRET_KEY="only for a test",
    USE_TZ=True,
)
django.setup()

from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import include, path  # noqa: E402
from rest_framework_tus.routers import TusAPIRouter  # noqa: E402
from rest_framework_tus.views import UploadViewSet  # noqa: E402

router = TusAPIRouter(trailing_slash=False)
router.register("packets", UploadViewSet, basename="upload")
names = ((router.urls, "rest_framework_tus"), "api")
urlpatterns = [
    path("v1/", include(([path("", include(names[0], namespace="api"))], "rest_framework_tus"))),
]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


django_application = get_wsgi_application()


def application(environ, start_response):
    # drf-tus compares checksums in hexadecimal where tus 1.0.0 has base64, so that it refuses every
    # correct one. What it witnesses is the core protocol and creation.
    environ.pop("HTTP_UPLOAD_CHECKSUM", None)
    return django_application(environ, start_response)


call_command("migrate", verbosity=0)
server = make_server("127.0.0.1", 0, application, handler_class=Quiet)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.minimum_version = ssl.TLSVersion.TLSv1_3
context.load_cert_chain(certificate, key)
server.socket = context.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.read()
