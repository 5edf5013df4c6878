"""What is read by a short way is what the long way gives, errors too."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cscheck.conversation import Conversation
from cscheck.errors import Place, SourceError
from cscheck.sources import ReadOptions, jsonio, native, parts, read_files, times
from cscheck.sources.roles import KnownRoles, role_of
from cscheck.sources.source import Source, lines_of

PLACE = Place("a.jsonl", 7)
LABELS = st.sampled_from(["agent", "customer", "客服", "顾客小李", "老板", "unknown", "system", "AI", "", "小王"])
STAMPS = st.sampled_from(["2026-03-01T09:00:05", "2026-03-01 09:00:05", "23:59", "00:01", "[12:30]", "明天", "", "12"])
ODD = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.just([]) | st.just({})
TURN = st.fixed_dictionaries(
    {},
    optional={
        "role": LABELS | ODD,
        "text": st.text(max_size=5) | ODD,
        "time": STAMPS | ODD,
        "end_time": STAMPS | ODD,
        "speaker": st.text(max_size=3) | ODD,
        "extra": ODD,
    },
)
PLAIN = st.fixed_dictionaries({"role": LABELS, "text": st.text(max_size=5)})
MAPPINGS = st.sampled_from([{}, {"老板": "agent"}, {"小王": "unknown", "agent": "customer"}])


def outcome(build: Callable[[], object]) -> object:
    """Give what comes out, or what the error says."""
    try:
        return build()
    except SourceError as error:
        return str(error)


@given(st.lists(PLAIN | TURN | ODD, max_size=6), MAPPINGS)
def test_turns_by_the_short_way(values: list[Any], mapping: dict[str, Any]) -> None:
    def strictly() -> object:
        roles = KnownRoles(mapping)
        return times.across_midnight([native._turn(value, at, PLACE, roles) for at, value in enumerate(values)])

    # Compared as text, as not a number is not itself.
    found = outcome(lambda: native._turns(values, PLACE, KnownRoles(mapping)))
    assert repr(found) == repr(outcome(strictly))


@given(st.lists(LABELS | st.text(max_size=4), max_size=8), MAPPINGS)
def test_roles_once_known_stay_the_same(labels: list[str], mapping: dict[str, Any]) -> None:
    known = KnownRoles(mapping)
    for label in labels * 2:
        role = role_of(label, mapping)
        if role == "unknown" and label != "unknown":
            with pytest.raises(KeyError):
                known[label]
        else:
            assert known[label] == role


def test_there_is_no_end_of_labels_but_of_those_kept() -> None:
    known = KnownRoles({})
    assert {known[f"客服{number}"] for number in range(5000)} == {"agent"}
    assert len(known) < 5000


DIGITS = st.text("0123456789-: TW+Z٣三", min_size=19, max_size=19)


@given(st.datetimes().map(lambda at: at.isoformat(timespec="seconds")) | st.from_regex(
    r"[0-9]{4}-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-6][0-9]:[0-6][0-9]", fullmatch=True
) | DIGITS)  # fmt: skip
@example("2026-W01-1T09:00:05")
@example("2026-03-01T24:00:00")
@example("0000-03-01T09:00:05")
@example("2026-03-01T09:00:60")
def test_stamps_by_the_short_way(stamp: str) -> None:
    short = times.parse_time(stamp)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(times, "_iso", lambda _: None)
        assert times.parse_time(stamp) == short


@given(st.text("0123456789-:点分[]() AM下午昨天", max_size=12))
def test_no_time_of_day_has_a_hyphen(stamp: str) -> None:
    assert times.is_clock(stamp) is bool(times._STAMPS[1].fullmatch(stamp.strip().strip("[]()【】（）")))


def opened(data: bytes, encoding: str | None = None) -> Source:
    return Source.open("a.jsonl", io.BytesIO(data), encoding)


RAW = st.lists(
    st.sampled_from([b"{}", b'{"turns": 1}', b"\xff\xfe", b"\r", b"", "您好".encode(), b"x" * 40]), min_size=1
)


@given(RAW, st.integers(1, 60), st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]), st.booleans())
def test_blocks_of_lines_hold_all_lines(raw: list[bytes], size: int, encoding: str, ends: bool) -> None:
    data = b"{}\n" + b"\n".join(raw) + (b"\n" if ends else b"")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cscheck.sources.source.HEAD_BYTES", 32)
        whole = list(map(str, opened(data, encoding).lines()))
        found = [
            str(line)
            for first, block in opened(data, encoding).blocks(size)
            for line in lines_of(block, encoding, "a.jsonl", first)
        ]
    assert found == whole


RECORD = st.fixed_dictionaries(
    {"turns": st.lists(PLAIN | TURN, max_size=3)},
    optional={"id": st.sampled_from(["a", "", 3]) | ODD, "channel": st.sampled_from(["chat", "电话"]) | ODD},
)
LINES = st.lists(RECORD.map(json.dumps) | st.sampled_from(["{", "", "[]", "null", '[{"turns": []}]', '{"a": NaN}']))


@given(LINES, st.integers(1, 400))
def test_parts_give_what_the_whole_gives(tmp_path_factory: pytest.TempPathFactory, lines: list[str], size: int) -> None:
    path = tmp_path_factory.getbasetemp() / "parts.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    options = ReadOptions(channel="phone")
    found: list[object] = []
    numbers = 0

    def before(count: int, asks: bool) -> int:
        nonlocal numbers
        numbers += count
        return numbers - count

    for part in parts.cut([path], options, size, size):
        numbers = 0 if getattr(part, "is_start", True) else numbers
        for _, events in parts.readers(part, options, before):
            found += events
    assert list(map(repr, found)) == list(map(repr, read_files([path], options)))


def test_conversations_survive_being_plain_tuples() -> None:
    text = '{"id": "a", "channel": "phone", "complete": false, "agent": {"id": "8"}, "meta": {"a": [1]}, "turns": '
    text += '[{"role": "agent", "text": "在", "time": "2026-03-01T09:00:05", "end_time": 3, "speaker": "小王"}]}'
    value = json.loads(text)
    talk = native.conversation(value, "a.json", 3, ReadOptions())
    assert parts._unpacked(parts._packed(talk)) == talk
    assert isinstance(talk, Conversation)


@given(st.recursive(st.text(max_size=3) | st.just("\ud83d"), lambda inner: st.lists(inner, max_size=2), max_leaves=4))
def test_escaped_surrogates_are_still_found(value: object) -> None:
    (record,) = jsonio.records(opened(json.dumps({"turns": value}).encode()))
    assert not isinstance(record, SourceError)
    assert "\ud83d" not in json.dumps(record.value, ensure_ascii=False)


def test_a_line_that_nests_too_deeply_is_an_error_of_its_own(tmp_path: Any) -> None:
    deep = '{"id": "\\udc00", "turns": [], "meta": ' + "[" * 960 + "]" * 960 + "}\n"
    good = '{"id": "b", "turns": [{"role": "agent", "text": "好"}]}\n'
    path = tmp_path / "a.jsonl"
    path.write_text(deep + good, encoding="utf-8")
    _, first, second = read_files([path], ReadOptions())
    assert isinstance(first, SourceError)
    assert first.place
    assert first.place.line == 1
    assert isinstance(second, Conversation)
