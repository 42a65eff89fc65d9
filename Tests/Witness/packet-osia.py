#!/usr/bin/env python3
"""Checks enrolment documents against the schemas of OSIA's own enrollment.yaml.

usage: packet-osia.py ENROLLMENT.YAML DOCUMENT.JSON...
       packet-osia.py --can

Needs PyYAML and jsonschema. A document is what a client sends, so the members that the interface
marks readOnly are neither required nor allowed in it. Formats (date-time, uri) are checked, and the
buffers must be base64 of what the media type says.
"""

import base64
import datetime
import json
import sys

try:
    import jsonschema
    import yaml
except ImportError as problem:
    print(f"cannot: {problem}")
    sys.exit(75)

FORMATS = jsonschema.FormatChecker(formats=())


@FORMATS.checks("date-time", raises=ValueError)
def is_date_time(text):
    # RFC 3339 in UTC with milliseconds, as this product writes it.
    datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ")
    return True


def for_requests(node, schemas):
    """The schema as a request sees it: references resolved, readOnly members taken away."""
    if isinstance(node, list):
        return [for_requests(item, schemas) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return for_requests(schemas[node["$ref"].rsplit("/", 1)[1]], schemas)
    node = {name: value for name, value in node.items() if name not in ("example", "description")}
    properties = node.get("properties")
    if isinstance(properties, dict):
        hidden = {name for name, value in properties.items() if isinstance(value, dict) and value.get("readOnly")}
        node["properties"] = {name: value for name, value in properties.items() if name not in hidden}
        if "required" in node:
            node["required"] = [name for name in node["required"] if name not in hidden]
            if not node["required"]:
                del node["required"]
    return {name: for_requests(value, schemas) for name, value in node.items()}


MAGIC = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n", "image/x-wsq": b"\xff\xa0"}
RECORDS = {"ISO_19794_4": b"FIR\x00", "ISO_19794_7": b"SDI\x00"}


def check_buffers(document):
    for sample in document.get("biometricData", []):
        if "image" in sample:
            image = base64.b64decode(sample["image"], validate=True)
            if not image.startswith(MAGIC[sample["mimeType"]]):
                raise ValueError(f"an image is no {sample['mimeType']}")
        elif not sample.get("missing"):
            raise ValueError("a sample without image that says nothing is missing")
        if "template" in sample:
            record = base64.b64decode(sample["template"], validate=True)
            if not record.startswith(RECORDS[sample["templateFormat"]]):
                raise ValueError(f"a template is no {sample['templateFormat']}")
    for part in (part for data in document.get("documentData", []) for part in data["parts"]):
        base64.b64decode(part["data"], validate=True)


def without_repeats(pairs):
    names = [name for name, _ in pairs]
    if len(names) != len(set(names)):
        raise ValueError("a member twice in one object")
    return dict(pairs)


def main(arguments):
    if arguments == ["--can"]:
        return 0
    with open(arguments[0], encoding="utf-8") as file:
        schemas = yaml.safe_load(file)["components"]["schemas"]
    schema = for_requests(schemas["Enrollment"], schemas)
    validator = jsonschema.Draft202012Validator(schema, format_checker=FORMATS)
    # The validator must be able to say no: a document with a member too many.
    if validator.is_valid({"biometricData": [{"biometricType": "FINGER", "nobody": 1}]}):
        print("the schema refuses nothing")
        return 1
    failed = False
    for path in arguments[1:]:
        with open(path, encoding="utf-8") as file:
            document = json.load(file, object_pairs_hook=without_repeats)
        for problem in validator.iter_errors(document):
            failed = True
            # The value itself may be personal: the place and the rule are enough.
            print(f"{problem.json_path}: against {problem.validator}")
        check_buffers(document)
    print("refused" if failed else "valid")
    return 1 if failed else 0


sys.exit(main(sys.argv[1:]))
