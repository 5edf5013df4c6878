"""JSON Schema of the rule files, made of the very fields that the loader reads, so that editors complete and check."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cscheck import matchers
from cscheck.clause import BASIS_KINDS
from cscheck.conversation import CHANNELS, ROLES, SCENES
from cscheck.detector import PLACES, WHERES
from cscheck.load.clauses import CLAUSE_FIELDS
from cscheck.load.detectors import CONDITION_FIELDS, ENTRY_FIELDS
from cscheck.load.files import ACT_FIELDS, RULE_FIELDS, SEVERITIES
from cscheck.load.packs import PACK_FIELDS
from cscheck.load.schema_texts import TEXTS
from cscheck.matchers import facts, form, owed, timing
from cscheck.text.recognisers import RECOGNISERS

_Schema = dict[str, Any]
KINDS = ("rule", "act", "guard", "pack", "clauses")
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_REQUIRED = {
    "rule": ("id", "title", "category", "severity", "basis", "why", "message", "examples"),
    "act": ("id", "title", "examples", "by"),
    "guard": ("id", "title", "where"),
    "pack": ("id", "version"),
    "clauses": ("document", "clauses"),
}


def schema(kind: str) -> _Schema:
    """Give the schema of one kind of file: rule, act, guard or pack."""
    top: _Schema = {"$schema": _DRAFT, "title": f"cscheck {kind}", "description": TEXTS[f"{kind}:"]}
    fields = {
        "rule": tuple(dict.fromkeys((*RULE_FIELDS, *(name for own in matchers.KINDS.values() for name in own.FIELDS)))),
        "act": ACT_FIELDS,
        "guard": ("id", *(name for name in CONDITION_FIELDS if name != "name")),
        "pack": PACK_FIELDS,
        "clauses": CLAUSE_FIELDS,
    }[kind]
    top |= _object(fields, _REQUIRED[kind], kind)
    if kind == "rule":
        top["allOf"] = [_of_kind(name, own.FIELDS) for name, own in matchers.KINDS.items()]
    if kind in ("rule", "act", "guard"):
        top["$defs"] = {
            "condition": _object(CONDITION_FIELDS, ("where",), "guard"),
            "entry": _object(ENTRY_FIELDS, (), "entry") | {"oneOf": [{"required": ["match"]}, {"required": ["regex"]}]},
        }
    return top


def _object(fields: Iterable[str], required: Iterable[str], kind: str) -> _Schema:
    properties = {name: _field(kind, name) for name in fields}
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _field(kind: str, name: str) -> _Schema:
    shape = _SHAPES.get(f"{kind}.{name}", _SHAPES.get(name, {}))
    text = TEXTS.get(f"{kind}.{name}", TEXTS.get(name))
    return {"description": text, **shape} if text else dict(shape)


def _of_kind(name: str, own: Iterable[str]) -> _Schema:
    """Say which fields a rule of this kind may have; a rule without ``kind`` is a must-not."""
    is_kind: _Schema = {"properties": {"kind": {"const": name}}}
    if name != "must-not":
        is_kind["required"] = ["kind"]
    return {"if": is_kind, "then": {"propertyNames": {"enum": [*RULE_FIELDS, *own]}}}


def _one_of(options: Iterable[str]) -> _Schema:
    return {"type": "string", "enum": list(options)}


def _some_of(options: Iterable[str]) -> _Schema:
    one = _one_of(options)
    return {"oneOf": [one, {"type": "array", "items": one}]}


_TEXT: _Schema = {"type": "string", "minLength": 1}
_TEXTS: _Schema = {"oneOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_LIST: _Schema = {"type": "array", "items": _TEXT}
_FLAG: _Schema = {"type": "boolean"}
_CONDITIONS: _Schema = {"type": "array", "items": {"oneOf": [_TEXT, {"$ref": "#/$defs/condition"}]}}
_EXAMPLES: _Schema = {
    "type": "object",
    "properties": {
        name: {"description": TEXTS[f"examples.{name}"], "type": "array", "items": _TEXT, "minItems": 1}
        for name in ("bad", "good")
    },
    "required": ["bad", "good"],
    "additionalProperties": False,
}
_BASIS: _Schema = {
    "type": "array",
    "items": {
        "oneOf": [
            _TEXT,
            {
                "type": "object",
                "properties": {"clause": _TEXT, "kind": _one_of(BASIS_KINDS), "version": _TEXT},
                "required": ["clause", "kind"],
                "additionalProperties": False,
            },
        ]
    },
}
_TRIGGER: _Schema = {
    "type": "object",
    "properties": {
        "acts": _TEXTS,
        "by": _one_of(ROLES),
        "scenes": _some_of(SCENES),
        "unless": _TEXTS,
    },
    "additionalProperties": False,
}
_LIMITS: _Schema = {
    "type": "object",
    "properties": {name: {"type": "number", "minimum": 0} for name in (*CHANNELS, "any")},
    "additionalProperties": False,
}
_MOST: _Schema = {
    "type": "object",
    "properties": {name: {"type": "number", "minimum": 0} for name in (*SCENES, "any")},
    "additionalProperties": False,
}
_CLAUSE: _Schema = {
    "type": "object",
    "properties": {"asks": _TEXT, "asks-en": _TEXT},
    "required": ["asks"],
    "additionalProperties": False,
}
_SHAPES: dict[str, _Schema] = {
    "id": _TEXT,
    "kind": _one_of(matchers.KINDS),
    "title": _TEXT,
    "title-en": _TEXT,
    "category": _TEXT,
    "severity": _one_of(SEVERITIES),
    "severity-why": _TEXT,
    "basis": _BASIS,
    "why": _TEXT,
    "message": _TEXT,
    "message-en": _TEXT,
    "suggest": _TEXTS,
    "tune": _TEXT,
    "channels": _some_of(CHANNELS),
    "scenes": _some_of(SCENES),
    "weight": {"type": "number", "minimum": 0, "maximum": 100},
    "fatal": _FLAG,
    "enabled": _FLAG,
    "examples": _EXAMPLES,
    "by": _some_of(ROLES),
    "place": _one_of(PLACES),
    "patterns": {"type": "array", "items": {"oneOf": [_TEXT, {"$ref": "#/$defs/entry"}]}},
    "guards": _CONDITIONS,
    "needs": _CONDITIONS,
    "grounded": _FLAG,
    "builtin": _some_of(RECOGNISERS),
    "learned": _TEXT,
    "doubted-by": _TEXT,
    "acts": _TEXTS,
    "once": {"const": "turn"},
    "owes": _TEXTS,
    "when": {"oneOf": [_one_of(("opening", "ending")), _TRIGGER]},
    "due": _one_of(owed.DUE),
    "before": _TEXTS,
    "unless": _TEXTS,
    "each": _FLAG,
    "form": _one_of(form.FORMS),
    "marks": _TEXT,
    "least": {"type": "integer", "minimum": 1},
    "words": _TEXTS,
    "field": _TEXT,
    "not": _TEXTS,
    "most": {"oneOf": [{"type": "number", "minimum": 0}, _MOST]},
    "clauses.kind": _one_of(BASIS_KINDS),
    "document": _TEXT,
    "document-en": _TEXT,
    "source": _TEXT,
    "clauses": {"type": "object", "additionalProperties": _CLAUSE},
    "measure": _one_of(timing.MEASURES),
    "limit": _LIMITS,
    "notice": _TEXTS,
    "after": _TRIGGER,
    "kinds": _some_of(facts.KINDS),
    "guard.patterns": _LIST,
    "name": _TEXT,
    "where": _one_of(WHERES),
    "match": _TEXT,
    "regex": _TEXT,
    "boundary": _one_of(("aligned", "loose")),
    "version": {"type": ["string", "number"]},
    "extends": _LIST,
    "enable": _LIST,
    "disable": _LIST,
    "pack.severity": {"type": "object", "additionalProperties": _one_of(SEVERITIES)},
    "pack.words": _TEXTS,
    "exempt": _TEXTS,
    "pack.scenes": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"scene": _one_of(SCENES), "acts": _TEXTS, "basis": _BASIS},
            "required": ["scene", "acts"],
            "additionalProperties": False,
        },
    },
}
