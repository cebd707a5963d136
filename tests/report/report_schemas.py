"""JSON schemas of the formats, as strict as what is written: unknown keys are errors.

Each says what the format's own documentation demands of the part that we use.
"""

from __future__ import annotations

from typing import Any

import jsonschema

Schema = dict[str, Any]


def validate(document: object, schema: Schema) -> None:
    """Fails when a document is not as its schema says."""
    jsonschema.Draft202012Validator(schema).validate(document)


def record(required: dict[str, Schema], **optional: Schema) -> Schema:
    """An object with these keys and no others."""
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


def array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def one_of(*values: object) -> Schema:
    return {"enum": list(values)}


# JSON has no lone surrogates: strict parsers refuse them.
TEXT: Schema = {"type": "string", "pattern": "^[^\ud800-\udfff]*$"}
WORDS: Schema = {**TEXT, "minLength": 1}
HASH: Schema = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
FROM_1: Schema = {"type": "integer", "minimum": 1}
FROM_0: Schema = {"type": "integer", "minimum": 0}
BOOLEAN: Schema = {"type": "boolean"}


def or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


# docs/output.md
POSITION = record({"line": FROM_1, "column": FROM_1})
EDIT = record({"path": WORDS, "start": FROM_0, "end": FROM_0, "replacement": TEXT})
STEP = record({"message": TEXT, "path": or_null(WORDS), "start": or_null(POSITION), "end": or_null(POSITION)})
FINDING = record(
    {
        "code": {"type": "string", "pattern": "^FAL[0-9]{3}$"},
        "name": WORDS,
        "severity": one_of("error", "warning", "info"),
        "confidence": one_of("high", "medium", "low"),
        "message": TEXT,
        "path": WORDS,
        "start": POSITION,
        "end": POSITION,
        "related": array(STEP),
        "fix": or_null(record({"message": TEXT, "safe": BOOLEAN, "edits": array(EDIT)})),
        "fingerprint": HASH,
    }
)
JSON = record({"version": one_of(1), "findings": array(FINDING)})
STATISTICS = record(
    {
        "version": one_of(1),
        "statistics": array(record({"code": WORDS, "name": WORDS, "count": FROM_1, "fixable": FROM_0})),
    }
)

# https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format, and for what GitLab ignores
# https://github.com/codeclimate/platform/blob/master/spec/analyzers/SPEC.md
PLACE = record({"path": {**WORDS, "pattern": "^[^/]"}, "lines": record({"begin": FROM_1, "end": FROM_1})})
GITLAB = array(
    record(
        {
            "type": one_of("issue"),
            "check_name": WORDS,
            "description": WORDS,
            "severity": one_of("info", "minor", "major", "critical", "blocker"),
            "fingerprint": HASH,
            "location": PLACE,
        },
        content=record({"body": WORDS}),
        other_locations=array(PLACE),
    )
)

# https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto
RANGE = record({"start": POSITION, "end": POSITION})
LOCATION = record({"path": WORDS, "range": RANGE})
RDJSON = record(
    {
        "source": record({"name": WORDS}),
        "diagnostics": array(
            record(
                {
                    "message": WORDS,
                    "location": LOCATION,
                    "severity": one_of("ERROR", "WARNING", "INFO"),
                    "code": record({"value": WORDS}),
                },
                related_locations=array(record({"message": TEXT, "location": LOCATION})),
                suggestions=array(record({"range": RANGE, "text": TEXT})),
            )
        ),
    }
)

# https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
URI: Schema = {"type": "string", "pattern": r"^([A-Za-z0-9\-._~/]|%[0-9A-F]{2})+$"}
FILE_URI: Schema = {"type": "string", "pattern": r"^file:///([A-Za-z0-9\-._~/]|%[0-9A-F]{2})*$"}
LEVEL = one_of("error", "warning", "note")
MESSAGE = record({"text": TEXT})
ARTIFACT: Schema = {"anyOf": [record({"uri": URI, "uriBaseId": one_of("%SRCROOT%")}), record({"uri": FILE_URI})]}
REGION = record({"startLine": FROM_1, "startColumn": FROM_1, "endLine": FROM_1, "endColumn": FROM_1})
PHYSICAL = record({"artifactLocation": ARTIFACT}, region=REGION)
SITE = record({"physicalLocation": PHYSICAL, "message": MESSAGE})
RULE = record(
    {"id": WORDS, "name": WORDS},
    shortDescription=record({"text": {**WORDS, "maxLength": 1024}}),
    fullDescription=record({"text": {**WORDS, "maxLength": 1024}}),
    help=record({"text": WORDS, "markdown": WORDS}),
    defaultConfiguration=record({"level": LEVEL}),
    properties=record(
        {
            "tags": {**array(WORDS), "uniqueItems": True},
            "precision": one_of("high", "medium", "low"),
            "problem.severity": one_of("error", "warning", "recommendation"),
        }
    ),
)
REPLACEMENT = record({"deletedRegion": REGION, "insertedContent": record({"text": TEXT})})
CHANGE = record({"artifactLocation": ARTIFACT, "replacements": {**array(REPLACEMENT), "minItems": 1}})
RESULT = record(
    {
        "ruleId": WORDS,
        "ruleIndex": FROM_0,
        "level": LEVEL,
        "message": MESSAGE,
        "locations": {**array(record({"physicalLocation": PHYSICAL})), "minItems": 1, "maxItems": 1},
        "partialFingerprints": record({"fastapiLint/v1": HASH}),
        "properties": record({"confidence": one_of("high", "medium", "low")}),
    },
    relatedLocations=array(record({"id": FROM_1, "physicalLocation": PHYSICAL, "message": MESSAGE})),
    codeFlows=array(record({"threadFlows": array(record({"locations": array(record({"location": SITE}))}))})),
    suppressions={**array(record({"kind": one_of("inSource", "external")})), "minItems": 1},
    fixes=array(record({"description": MESSAGE, "artifactChanges": {**array(CHANGE), "minItems": 1}})),
)
RUN = record(
    {
        "tool": record({"driver": record({"name": WORDS, "version": WORDS, "rules": array(RULE)})}),
        "invocations": array(record({"executionSuccessful": BOOLEAN})),
        "originalUriBaseIds": record({"%SRCROOT%": record({"uri": {**FILE_URI, "pattern": r"^file:///(.*/)?$"}})}),
        "columnKind": one_of("unicodeCodePoints"),
        "results": array(RESULT),
    }
)
SARIF = record({"$schema": WORDS, "version": one_of("2.1.0"), "runs": array(RUN)})
