"""The JSON shape as text: byte for byte what ``json.dumps`` gives of it, in a fraction of the time.

What is the same for all findings of a rule is written once; every other object is flat.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from json.encoder import encode_basestring as quoted
from typing import Any

from cscheck.finding import Finding
from cscheck.reporters.shape import without_surrogates

_MOST = 4096
_RULE = ("rule", "category", "severity", "verdict")
_OWN = ("conversation", "path", "turn", "start", "end", "text", "message")
_REST = ("suggestion", "basis", "fingerprint", "detector", "certainty")


class Layout:
    """How the objects of a list stand in the text: each a line, or indented, the list ``depth`` deep."""

    def __init__(self, depth: int | None = None) -> None:
        edge, inside, within = ("\n" + " " * (depth + more) if depth is not None else "" for more in range(3))
        comma = "," if depth is not None else ", "
        self._open, self._between, self._close = "{" + inside, comma + inside, edge + "}"
        self._list_open, self._list_between, self._list_close = "[" + within, comma + within, inside + "]"
        self._next = "," + edge if depth is not None else "\n"
        before = {name: f'{self._between}"{name}": ' for name in (*_OWN, *_REST)}
        self._before = before
        self._own = tuple(before[name] for name in _OWN)
        self._patterns = f'{before["detector"]}"pattern"{before["certainty"]}null{self._close}'
        self._learned = f'{before["detector"]}"learned"{before["certainty"]}%s{self._close}'
        self._heads: dict[tuple[str, ...], str] = {}
        self._tails: dict[tuple[tuple[str, ...], tuple[str, ...]], str] = {}

    def flat(self, values: Iterable[Mapping[str, Any]]) -> str:
        """Write objects that hold no others."""
        between, texts = self._between, []
        for value in values:
            fields = between.join([f'"{name}": {_plain(item)}' for name, item in value.items()])
            texts.append(f"{self._open}{fields}{self._close}")
        return without_surrogates(self.joined(texts))

    def findings(self, findings: Iterable[Finding]) -> str:
        """Write findings."""
        heads, tails, patterns = self._heads, self._tails, self._patterns
        conversation, path, turn, start, end, text, message = self._own
        texts = []
        for found in findings:
            rule = (found.rule, found.category, found.severity._value_, found.verdict._value_)
            advice = (found.suggestions, found.basis)
            certainty = found.certainty
            pieces = (
                heads.get(rule) or self._head(rule),
                conversation,
                quoted(found.conversation),
                path,
                quoted(found.path),
                turn,
                _number(found.turn),
                start,
                _number(found.start),
                end,
                _number(found.end),
                text,
                quoted(found.text),
                message,
                quoted(found.message),
                tails.get(advice) or self._tail(advice),
                quoted(found.fingerprint),
                patterns if certainty is None else self._learned % _plain(round(certainty, 3)),
            )
            texts.append("".join(pieces))
        return without_surrogates(self.joined(texts))

    def joined(self, texts: Iterable[str]) -> str:
        """Put objects that follow each other together."""
        return self._next.join(texts)

    def _head(self, rule: tuple[str, ...]) -> str:
        fields = self._between.join(f'"{name}": {quoted(item)}' for name, item in zip(_RULE, rule, strict=True))
        return _kept(self._heads, rule, self._open + fields)

    def _tail(self, advice: tuple[tuple[str, ...], tuple[str, ...]]) -> str:
        suggestions, basis = advice
        items = self._list_between.join(map(quoted, basis))
        listed = f"{self._list_open}{items}{self._list_close}" if basis else "[]"
        first = quoted(suggestions[0] if suggestions else "")
        before = self._before
        text = f"{before['suggestion']}{first}{before['basis']}{listed}{before['fingerprint']}"
        return _kept(self._tails, advice, text)


BLOCK = Layout(2)
LINE = Layout()


def _number(value: int | None) -> str:
    return "null" if value is None else str(value)


def _plain(value: object) -> str:
    write = _WRITERS.get(type(value))
    return write(value) if write is not None else json.dumps(value, ensure_ascii=False)


def _float(value: float) -> str:
    return float.__repr__(value) if math.isfinite(value) else json.dumps(value)


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: quoted,
    int: int.__repr__,
    float: _float,
    bool: lambda value: "true" if value else "false",
    type(None): lambda _: "null",
}


def _kept(store: dict[Any, str], key: object, text: str) -> str:
    # Words that a rule took from the conversation may be in its suggestions: there is no end of these.
    if len(store) < _MOST:
        store[key] = text
    return text
