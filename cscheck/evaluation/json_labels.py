"""Labels in JSON Lines: utterances, conversations and acts, one object a line.

{"id", "channel", "scene", "context": [{"role", "text"}], "text", "violations": [{"category", "span"}], "optional"}
{"id", "channel", "scene", "complete", "turns": [{"role", "text"}], "missing": [slug], "violations": [{"turn", …}]}
either with a "note", and with "acts": [{"act", "span", "turn"}] instead or besides
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cscheck.errors import Place, SourceError
from cscheck.evaluation.categories import Group, Vocabulary
from cscheck.evaluation.item import Item, Mark
from cscheck.evaluation.marks import Reader
from cscheck.sources import jsonio, native
from cscheck.sources.jsonio import json_type
from cscheck.sources.options import ReadOptions
from cscheck.sources.source import Source


def read(source: Source, vocabulary: Vocabulary, options: ReadOptions) -> Iterator[Item | SourceError]:
    """Give each item, or what is wrong with it."""
    for record in jsonio.records(source):
        if isinstance(record, SourceError):
            yield record
            continue
        try:
            yield _item(record.value, source, Reader(vocabulary, Place(source.path, record.line)), options)
        except SourceError as error:
            yield error


def _item(value: dict[str, Any], source: Source, reader: Reader, options: ReadOptions) -> Item:
    is_utterance = "turns" not in value
    talk = native.conversation(_talk(value, reader) if is_utterance else value, source.path, reader.place.line, options)
    given = {key for key in ("violations", "missing", "acts") if value.get(key) is not None}
    if not given:
        raise reader.fail(
            "没有标注：要有 violations（没有问题写 []）、missing 或 acts",
            "no labels: violations ([] where nothing is wrong), missing or acts",
        )
    if is_utterance and "missing" in given:
        raise reader.fail("missing 只用于整段对话（turns）", "missing is for whole conversations (turns)")
    texts = [turn.text for turn in talk.turns]
    labels: dict[Group, tuple[Mark, ...]] = {}
    # Of a conversation with `missing` everything is judged: no `violations` says that there are none.
    if given & {"violations", "missing"}:
        labels["said"] = tuple(_marks(value, "violations", "category", "said", texts, reader, is_utterance))
    if "missing" in given:
        labels["missing"] = tuple(Mark(slug) for slug in _slugs(value, "missing", reader))
    if "acts" in given:
        labels["acts"] = tuple(_marks(value, "acts", "act", "acts", texts, reader, is_utterance))
    return Item(
        id=talk.id or f"{source.stem}:{reader.place.line}",
        conversation=talk,
        labels=labels,
        optional=frozenset(_slugs(value, "optional", reader)),
        note=_text(value, "note", reader),
        is_utterance=is_utterance,
        place=reader.place,
    )


def _talk(value: dict[str, Any], reader: Reader) -> dict[str, Any]:
    """Make an utterance the end of an unfinished conversation."""
    if not isinstance(value.get("text"), str):
        seen = "、".join(str(key) for key in list(value)[:8])
        raise reader.fail(
            f"要有 text（一句话）或 turns（整段对话）；这里的字段是：{seen}",
            f"text (an utterance) or turns (a conversation) is needed; fields here: {seen}",
        )
    context = value.get("context") or []
    if not isinstance(context, list):
        raise reader.fail(
            f"context 应是数组，不是{json_type(context)}", f"context should be an array, not {type(context).__name__}"
        )
    said = {"role": value.get("role", "agent"), "text": value["text"]}
    fields = {key: value.get(key) for key in ("id", "channel", "scene")}
    return {**fields, "complete": False, "turns": [*context, said]}


def _marks(
    value: dict[str, Any], key: str, name: str, group: Group, texts: list[str], reader: Reader, is_utterance: bool
) -> Iterator[Mark]:
    for number, label in enumerate(_list(value, key, reader)):
        where = f"{key}[{number}]"
        if not isinstance(label, dict) or not isinstance(label.get(name), str):
            raise reader.fail(f"{where} 应是含有 {name} 的对象", f"{where} should be an object with {name}")
        words = label.get("span") or ""
        turn = len(texts) - 1 if is_utterance else label.get("turn")
        if not isinstance(words, str):
            raise reader.fail(f"{where} 的 span 应是原话里的字", f"span of {where} should be words of the text")
        if not isinstance(turn, int) or isinstance(turn, bool) or not 0 <= turn < len(texts):
            raise reader.fail(
                f"{where} 的 turn 应是 0 到 {len(texts) - 1} 的整数", f"turn of {where} should be 0 to {len(texts) - 1}"
            )
        yield reader.mark(reader.slug(label[name], group), words, turn, texts[turn])


def _slugs(value: dict[str, Any], key: str, reader: Reader) -> Iterator[str]:
    for word in _list(value, key, reader):
        if not isinstance(word, str):
            raise reader.fail(f"{key} 里应是类别的名字", f"{key} should hold names of categories")
        yield reader.slug(word, "missing") if key == "missing" else reader.optional(word)


def _list(value: dict[str, Any], key: str, reader: Reader) -> list[Any]:
    found = value.get(key)
    if found is None:
        return []
    if not isinstance(found, list):
        raise reader.fail(
            f"{key} 应是数组，不是{json_type(found)}", f"{key} should be an array, not {type(found).__name__}"
        )
    return found


def _text(value: dict[str, Any], key: str, reader: Reader) -> str:
    found = value.get(key)
    if found is not None and not isinstance(found, str):
        raise reader.fail(f"{key} 应是文字", f"{key} should be text")
    return found or ""
