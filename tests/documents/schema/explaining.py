"""A small kind whose every part can be got wrong, and the explanation of what is."""

from __future__ import annotations

from typing import Any

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema.acceptance import compile_schema
from launchpolicy.documents.schema.explanation import explain
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.vocabulary.finding import Finding

SchemaData = dict[str, Any]

STEP: SchemaData = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {
        "name": {"type": "string"},
        "takes": {
            "title": "Duration",
            "x-title-zh": "时长",
            "description": "How long the step takes",
            "x-description-zh": "该步骤所需的时间",
            "type": "string",
            "pattern": "^([0-9]+[hms])+$",
            "examples": ["30m"],
        },
        "action": {"enum": ["restore-backup", "revert-code"]},
    },
}
REQUEST: SchemaData = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "additionalProperties": False,
    "required": ["spec"],
    "properties": {
        "kind": {"const": "LaunchRequest"},
        "spec": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "acceptance": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"approved": {"type": "boolean"}, "dataLoss": {"type": "string"}},
                },
                "version": {"type": "string", "examples": ["3.2.0"]},
                "users": {"type": "integer", "minimum": 1, "maximum": 10},
                "risk": {"type": "string", "enum": ["standard", "major", "emergency"]},
                "at": {"type": "string", "format": "date-time", "pattern": "^2026"},
                "window": {
                    "type": "object",
                    "required": ["start"],
                    "properties": {
                        "start": {"$ref": "#/$defs/instant", "description": "When it begins."}
                    },
                },
                "summary": {"$ref": "#/$defs/text"},
                "steps": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 3,
                    "x-unique-by": "name",
                    "items": {"$ref": "#/$defs/step"},
                },
                "departments": {
                    "title": "Departments",
                    "x-title-zh": "部门",
                    "description": "Ids of departments.",
                    "x-description-zh": "部门标识。",
                    "examples": [["finance", "customer-service"]],
                    "type": "array",
                    "uniqueItems": True,
                    "items": {"type": "string", "pattern": "^[a-z-]+$"},
                },
                "code": {"type": "string", "pattern": "^[A-Z]{2}$"},
                "owner": {"type": "string", "minLength": 2, "maxLength": 5},
                "suspension": {
                    "anyOf": [
                        {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["none"],
                            "properties": {"none": {"type": "string"}},
                        },
                        {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["businesses", "until"],
                            "properties": {
                                "businesses": {"type": "array"},
                                "until": {"type": "string"},
                            },
                        },
                    ]
                },
                "labels": {"type": "object", "propertyNames": {"pattern": "^[a-z]+$"}},
                "limits": {"propertyNames": {"enum": ["lowest", "highest"]}},
                "none": False,
            },
        },
        "status": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"backups": {"type": "array"}, "name": {"type": "string"}},
        },
    },
    "$defs": {
        "instant": {"type": "string", "format": "date-time", "description": "A point in time."},
        "step": STEP,
        "text": {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {
                    "type": "object",
                    "additionalProperties": False,
                    "minProperties": 1,
                    "properties": {"en": {"type": "string"}, "zh": {"type": "string"}},
                },
            ]
        },
    },
}


def explained(source: str, schema: SchemaData = REQUEST) -> tuple[Finding, ...]:
    document = read("request.yaml", source.encode())
    assert isinstance(document, Document), document
    assert compile_schema(schema)(document.data) is False
    return explain(Schema(schema), document)


def the(source: str, schema: SchemaData = REQUEST) -> Finding:
    (finding,) = explained(source, schema)
    return finding


def start(finding: Finding) -> tuple[int, int]:
    return finding.place.span.start.line, finding.place.span.start.column
