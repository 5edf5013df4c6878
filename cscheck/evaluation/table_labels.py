"""Labels in CSV, TSV and Excel: an utterance (or a whole conversation) a row, or one row for each of its violations.

A cell of violations holds ``category:words`` parts, separated by ``;`` or line breaks; categories and headers may be in
Chinese. A text of several lines that open with 客户：or 客服：is a whole conversation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cscheck.errors import Place, SourceError
from cscheck.evaluation.categories import Group, Vocabulary
from cscheck.evaluation.cells import is_empty, parts, turns, words
from cscheck.evaluation.item import Item, Mark
from cscheck.evaluation.marks import Reader
from cscheck.language import say
from cscheck.sources import delimited, excel, native
from cscheck.sources.fields import complete_of
from cscheck.sources.options import ReadOptions
from cscheck.sources.source import Source

_HEADERS = {
    "id": "id 编号 序号 对话编号 会话编号 会话id",
    "text": "text 话术 原话 客服的话 客服话术 客服回复 回复 内容 文本 对话 对话内容 utterance content",
    "context": "context 上文 前文 上下文 客户的话 背景",
    "role": "role 角色 说话人",
    "channel": "channel 渠道",
    "scene": "scene 场景",
    "complete": "complete 完整 是否完整",
    "violations": "violations violation labels 违规 问题 标注 违规标注 违规项 不该说",
    "category": "category 类别 违规类别 问题类别 违规类型",
    "span": "span 片段 违规片段 违规内容 问题片段 违规原文",
    "acts": "acts 行为",
    "missing": "missing 缺少 缺失 漏说 该说没说",
    "optional": "optional 可选 两可 有争议 可有可无",
    "note": "note 备注 说明 理由",
}
_BY_HEADER = {header: name for name, headers in _HEADERS.items() for header in headers.split()}
_LABELS = ("violations", "category", "acts", "missing")
Cells = Mapping[str, str]


@dataclass(slots=True)
class _Group:
    """The rows of one item; the first one has its text."""

    line: int
    rows: list[Cells] = field(default_factory=list)
    clash: int | None = None


def read(source: Source, vocabulary: Vocabulary, options: ReadOptions) -> Iterator[Item | SourceError]:
    """Give each item, or what is wrong with it."""
    if source.encoding is not None:
        yield from _table(delimited.rows(source), source, vocabulary, options)
        return
    problems: list[SourceError] = []
    count = 0
    for name, rows in excel.sheets(source):
        try:
            for item in _table(enumerate(rows, 1), source, vocabulary, options):
                count += 1
                yield item
        except SourceError as error:
            message = say(f"工作表“{name}”：{error.message}", f"sheet '{name}': {error.message}")
            problems.append(SourceError(message, error.place, allowed=error.allowed))
    # Notes often stand on a sheet of their own; they are no problem as long as one sheet holds labels.
    if not count:
        yield from problems or [
            SourceError(say("工作簿里没有标注。", "no labels in the workbook."), Place(source.path))
        ]


def looks_like_labels(source: Source) -> bool:
    """Tell whether the first line of a text names our columns."""
    first = next((line for line in source.sample.splitlines() if line.strip()), "")
    found = {_BY_HEADER.get(_key(cell)) for cell in re.split(r"[,;\t|，]", first)}
    return "text" in found and bool(found & set(_LABELS))


def _table(
    rows: Iterable[tuple[int, Sequence[str]]], source: Source, vocabulary: Vocabulary, options: ReadOptions
) -> Iterator[Item | SourceError]:
    found = iter(rows)
    line, header = next(((line, row) for line, row in found if any(cell.strip() for cell in row)), (1, ()))
    columns = _columns(header, Place(source.path, line))
    groups: dict[str, _Group] = {}
    try:
        _collect(found, columns, groups, source.stem)
    except SourceError as error:
        yield error
    for name, group in groups.items():
        reader = Reader(vocabulary, Place(source.path, group.clash or group.line))
        try:
            if group.clash is not None:
                raise reader.fail(
                    f"编号“{name}”在第 {group.line} 行已有，而话不同",
                    f"id '{name}' is on line {group.line} with another text",
                )
            yield _item(name, group, columns, reader, options)
        except SourceError as error:
            yield error


def _columns(header: Sequence[str], place: Place) -> dict[str, int]:
    columns: dict[str, int] = {}
    for number, cell in enumerate(header):
        name = _BY_HEADER.get(_key(cell))
        if name is not None:
            columns.setdefault(name, number)
    seen = "、".join(cell.strip() for cell in header if cell.strip()) or say("（空）", "(empty)")
    if "text" not in columns:
        raise SourceError(
            say(f"找不到写着话的列；表头有：{seen}。", f"no column holds the text; headers: {seen}."),
            place,
            allowed="text、话术、原话、内容",
        )
    if not any(name in columns for name in _LABELS):
        raise SourceError(
            say(f"找不到写着标注的列；表头有：{seen}。", f"no column holds labels; headers: {seen}."),
            place,
            allowed="violations、违规、category、类别、missing、缺少、acts、行为",
        )
    return columns


def _collect(
    rows: Iterator[tuple[int, Sequence[str]]], columns: Mapping[str, int], groups: dict[str, _Group], stem: str
) -> None:
    """Put the rows of one item together: those with its id, and those below it without id and text."""
    last = ""
    for line, row in rows:
        cells = {name: row[number].strip() if number < len(row) else "" for name, number in columns.items()}
        if not any(cells.values()):
            continue
        # A merged cell is filled in its first row only.
        name = cells.get("id") or (last if last and not cells["text"] else f"{stem}:{line}")
        group = groups.setdefault(name, _Group(line))
        if group.rows and cells["text"] and cells["text"] != group.rows[0]["text"]:
            group.clash = group.clash or line
        group.rows.append(cells)
        last = name


def _item(name: str, group: _Group, columns: Mapping[str, int], reader: Reader, options: ReadOptions) -> Item:
    first = group.rows[0]
    if not first["text"]:
        raise reader.fail("这一行没有话", "this row has no text")
    talk = turns(first["text"], options)
    is_utterance = len(talk) < 2
    if is_utterance:
        said = talk[0] if talk else {"role": first.get("role") or "agent", "text": first["text"]}
        talk = [*turns(first.get("context", ""), options, otherwise="customer"), said]
    complete = False if is_utterance else complete_of(first.get("complete", "")) is not False
    about = {key: first.get(key) or None for key in ("channel", "scene")}
    conversation = native.conversation(
        {"id": name, **about, "complete": complete, "turns": talk}, reader.place.path, group.line, options
    )
    texts = [(turn.role, turn.text) for turn in conversation.turns]
    labels: dict[Group, tuple[Mark, ...]] = {}
    if not is_utterance and "missing" in columns:
        labels["missing"] = tuple(dict.fromkeys(Mark(slug) for slug in _slugs(group, "missing", reader)))
    elif any(not is_empty(row.get("missing", "")) for row in group.rows):
        raise reader.fail(
            "缺少一栏只用于整段对话：请在话这一栏逐行写出“客户：…”“客服：…”",
            "missing is for whole conversations: write the text as lines 客户：… and 客服：…",
        )
    if "violations" in columns or "category" in columns or "missing" in labels:
        labels["said"] = tuple(_marks(group, "violations", "said", texts, reader, is_utterance))
    if "acts" in columns:
        labels["acts"] = tuple(_marks(group, "acts", "acts", texts, reader, is_utterance))
    notes = dict.fromkeys(row.get("note", "") for row in group.rows)
    return Item(
        id=name,
        conversation=conversation,
        labels=labels,
        optional=frozenset(_slugs(group, "optional", reader)),
        note=say("；", "; ").join(note for note in notes if note),
        is_utterance=is_utterance,
        place=reader.place,
    )


def _marks(
    group: _Group, column: str, kind: Group, texts: Sequence[tuple[str, str]], reader: Reader, is_utterance: bool
) -> Iterator[Mark]:
    known = reader.vocabulary.act if kind == "acts" else reader.vocabulary.category
    for row in group.rows:
        for part in parts(row.get(column, ""), known):
            at = _turn(part.words, kind, texts, is_utterance)
            if part.tail and part.words not in texts[at or 0][1]:
                # What looked like the rest of the words is another label, misspelt.
                reader.slug(part.tail, kind)
            slug = reader.slug(part.name, kind)
            if at is None:
                raise reader.fail(
                    f"整段对话里的标注要写出对话里的原话：{part.name}:原话",
                    f"a label in a conversation needs words that are in it: {part.name}:words",
                )
            yield reader.mark(slug, part.words, at, texts[at][1])
        if kind == "said" and not is_empty(row.get("category", "")):
            at = _turn(row.get("span", ""), kind, texts, is_utterance)
            if at is None:
                raise reader.fail("片段不在客服的话里", "the words are not in what the agent said")
            yield reader.mark(reader.slug(row["category"], kind), row.get("span", ""), at, texts[at][1])


def _turn(said: str, kind: Group, texts: Sequence[tuple[str, str]], is_utterance: bool) -> int | None:
    """Give the turn that a label speaks of: of a conversation, the first that holds the words."""
    if is_utterance:
        return len(texts) - 1
    judged = (
        number for number, (role, text) in enumerate(texts) if said in text and (kind == "acts" or role == "agent")
    )
    return next(judged, None) if said else None


def _slugs(group: _Group, column: str, reader: Reader) -> Iterator[str]:
    for row in group.rows:
        for word in words(row.get(column, "")):
            yield reader.slug(word, "missing") if column == "missing" else reader.optional(word)


def _key(name: str) -> str:
    return re.sub(r"[\s_\-（）()*:：\ufeff]", "", unicodedata.normalize("NFKC", name)).casefold()
