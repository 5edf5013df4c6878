"""Objects out of JSON and JSONL, one after the other; a broken one is a problem of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NoReturn

from cscheck.errors import Place, SourceError
from cscheck.sources.source import Line, Source

SUFFIXES: tuple[str, ...] = (".json", ".jsonl", ".ndjson")
_LINE_SUFFIXES = (".jsonl", ".ndjson")
_KEY = re.compile(r'"([^"\\]{1,60})"\s*:')
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Record:
    """One object, and the line it starts on."""

    value: dict[str, Any]
    line: int


def keys(source: Source) -> frozenset[str]:
    """Give the keys seen in the first bytes, empty when they are no JSON; formats are told apart by these."""
    return _keys(source.sample) if looks_like_json(source) else frozenset()


@lru_cache(maxsize=1)
def _keys(sample: str) -> frozenset[str]:
    """Find the keys once for all the formats that ask."""
    return frozenset(_KEY.findall(sample))


def looks_like_json(source: Source) -> bool:
    """Tell whether the text opens as an object or an array of JSON does."""
    return bool(re.match(r'\s*(?:\{\s*["}]|\[\s*[\]{\[])', source.sample))


def records(source: Source) -> Iterator[Record | SourceError]:
    """Give the objects of a file: one a line, the items of an array, or the only one."""
    if is_one_a_line(source):
        yield from from_lines(source.lines(), source.path)
    else:
        yield from _from_whole(source)


def is_one_a_line(source: Source) -> bool:
    """Tell whether each line is an object by itself."""
    return source.name.endswith(_LINE_SUFFIXES) or _one_a_line(source.sample)


def _one_a_line(sample: str) -> bool:
    if sample.lstrip().startswith("["):
        return False
    lines = [line for line in sample.split("\n") if line.strip()]
    # The last line of the sample may be cut off; one whole object among the first ones is enough.
    return len(lines) > 1 and any(_is_object(line) for line in lines[:3])


def _is_object(line: str) -> bool:
    if not line.startswith("{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def from_lines(lines: Iterable[Line | SourceError], path: str) -> Iterator[Record | SourceError]:
    """Give the object of each line, or what is wrong with it."""
    for line in lines:
        if isinstance(line, SourceError):
            yield line
        elif line.text.strip():
            try:
                value, _ = _decode(line.text, _skip(line.text, 0), path, line.number, whole=True)
            except SourceError as error:
                yield error
                continue
            yield from _objects(value, path, line.number)


def _from_whole(source: Source) -> Iterator[Record | SourceError]:
    text = source.text()
    start = _skip(text, 0)
    if not text.startswith("[", start):
        value, _ = _decode(text, start, source.path, 1, whole=True)
        yield from _objects(value, source.path, _line(text, start))
        return
    line, counted = 1, 0
    position = _skip(text, start + 1)
    while not text.startswith("]", position):
        line, counted = line + text.count("\n", counted, position), position
        value, position = _decode(text, position, source.path, 1, whole=False)
        yield from _objects(value, source.path, line)
        position = _skip(text, position)
        if text.startswith(",", position):
            position = _skip(text, position + 1)
        elif not text.startswith("]", position):
            _raise("这里应是逗号或“]”", text, position, source.path, 1)
    if _skip(text, position + 1) < len(text):
        _raise("数组之后还有多余的内容", text, _skip(text, position + 1), source.path, 1)


def _objects(value: object, path: str, line: int) -> Iterator[Record | SourceError]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield Record(item, line)
        else:
            yield SourceError(f"这里应是一个 JSON 对象，不是 {json_type(item)}。", Place(path, line))


def json_type(value: object) -> str:
    """Name the type of a JSON value in the user's words."""
    names = {"dict": "对象", "list": "数组", "str": "字符串", "bool": "布尔值", "NoneType": "null"}
    return names.get(type(value).__name__, "数字")


def _decode(text: str, start: int, path: str, first_line: int, *, whole: bool) -> tuple[Any, int]:
    try:
        value, end = _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        _raise(_REASONS.get(error.msg, "JSON 的写法有误"), text, error.pos, path, first_line)
    except RecursionError:
        raise SourceError("JSON 嵌套太深。", Place(path, first_line + text.count("\n", 0, start))) from None
    except ValueError:
        # NaN, Infinity, or an integer of thousands of digits.
        raise SourceError("JSON 里有不合法的数字。", Place(path, first_line + text.count("\n", 0, start))) from None
    if whole and _skip(text, end) < len(text):
        _raise("JSON 之后还有多余的内容", text, _skip(text, end), path, first_line)
    if "\\u" in text and _ESCAPED_SURROGATE.search(text, start, end):
        try:
            value = _without_surrogates(value)
        except RecursionError:
            raise SourceError("JSON 嵌套太深。", Place(path, first_line + text.count("\n", 0, start))) from None
    return value, end


def _raise(reason: str, text: str, position: int, path: str, first_line: int) -> NoReturn:
    start = text.rfind("\n", 0, position) + 1
    place = Place(path, first_line + text.count("\n", 0, position), position - start + 1)
    line = text[start:].split("\n", 1)[0]
    raise SourceError(f"{reason}。", place, source_line=line if len(line) <= 120 else "")


def _without_surrogates(value: object) -> object:
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    return value


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position] in _SPACE:
        position += 1
    return position


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


_DECODER = json.JSONDecoder(parse_constant=_no_constant)
_REASONS = {
    "Expecting value": "这里应有一个 JSON 值",
    "Expecting ',' delimiter": "JSON 里少了逗号，或括号没有配对",
    "Expecting ':' delimiter": "JSON 的键后面少了冒号",
    "Expecting property name enclosed in double quotes": "JSON 的键要用英文双引号括起来",
    "Invalid control character at": "JSON 字符串里有没转义的控制字符",
    "Unterminated string starting at": "JSON 字符串没有结束",
    "Invalid \\escape": "JSON 字符串里的反斜杠转义有误",
    "Invalid \\uXXXX escape": "JSON 字符串里的 \\u 转义有误",
}
