"""The project's own JSON, strictly."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cscheck.conversation import CHANNELS, ROLES, SCENES, Agent, Conversation, Turn
from cscheck.errors import SourceError
from cscheck.sources.native import to_json
from tests.sources.conftest import said

TURNS = [{"role": "customer", "text": "在吗"}, {"role": "agent", "text": "在的"}]
GOOD = {"id": "a", "turns": TURNS}


def line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", line(GOOD)),
        ("a.json", line(GOOD)),
        ("a.json", json.dumps(GOOD, indent=2)),
        ("a.json", json.dumps([GOOD], indent=2)),
        ("a.json", line({"conversations": [GOOD]})),
        ("a.txt", line(GOOD)),
        ("无后缀", line(GOOD)),
        ("a.json", "\ufeff\n" + line(GOOD)),
        ("a.jsonl", line([GOOD])),
    ],
)
def test_one_conversation_in_each_wrapping(only, name, content):
    found = only(name, content)
    assert found.id == "a"
    assert said(found) == [("customer", "在吗"), ("agent", "在的")]


def test_everything_the_contract_names_is_read(only):
    found = only(
        "a.json",
        line(
            {
                "id": 12,
                "channel": "phone",
                "scene": "complaint",
                "complete": False,
                "agent": {"id": "8021", "name": "小王", "team": "二组"},
                "turns": [
                    {"role": "agent", "text": "您好", "time": "2026-03-01T09:00:05"},
                    {"role": "客户", "text": "", "time": 1772355609},
                    {"role": "bot", "text": "转人工", "time": None, "extra": 1},
                ],
                "meta": {"单号": 7},
            }
        ),
    )
    assert (found.id, found.channel, found.scene, found.complete) == ("12", "phone", "complaint", False)
    assert found.agent == Agent("8021", "小王", "二组")
    assert [turn.time for turn in found.turns] == [1772355605, 1772355609, None]
    assert found.turns[0].stamp == "2026-03-01T09:00:05"
    assert [turn.role for turn in found.turns] == ["agent", "customer", "bot"]
    assert found.meta == {"单号": 7}
    assert found.line == 1


def test_absent_and_null_fields_are_none(only):
    found = only("单.json", line({"channel": None, "scene": None, "agent": None, "meta": None, "turns": TURNS}))
    assert (found.id, found.channel, found.scene, found.complete) == ("单", None, None, True)


def test_the_named_channel_stands_in_for_a_missing_one(reading):
    content = line(GOOD) + line(GOOD | {"channel": "email"})
    assert [item.channel for item in reading("a.jsonl", content, channel="phone")] == ["phone", "email"]


def test_ids_count_up_where_there_are_none(reading):
    assert [item.id for item in reading("话.jsonl", line({"turns": TURNS}) * 3)] == ["话", "话#2", "话#3"]


BAD = {
    "turns": [
        ({}, "turns"),
        ({"turns": {}}, "turns"),
        ({"turns": []}, "空"),
        ({"turns": ["您好"]}, "turns[0]"),
        ({"turns": [{"text": "好"}]}, "role"),
        ({"turns": [{"role": "老板", "text": "好"}]}, "老板"),
        ({"turns": [{"role": 1, "text": "好"}]}, "role"),
        ({"turns": [TURNS[0], {"role": "agent", "text": None}]}, "turns[1]"),
        ({"turns": [{"role": "agent"}]}, "text"),
        ({"turns": [{"role": "agent", "text": "好", "time": "明天"}]}, "time"),
        ({"turns": [{"role": "agent", "text": "好", "time": True}]}, "time"),
        (GOOD | {"channel": "鸽子"}, "鸽子"),
        (GOOD | {"scene": "其他"}, "其他"),
        (GOOD | {"channel": 3}, "channel"),
        (GOOD | {"complete": "no"}, "complete"),
        (GOOD | {"agent": "小王"}, "agent"),
        (GOOD | {"id": []}, "id"),
    ]
}["turns"]


@pytest.mark.parametrize(("value", "word"), BAD)
def test_a_wrong_conversation_is_an_error_of_its_line(reading, value, word):
    first, second, third = reading("a.jsonl", line(GOOD) + line(value) + line(GOOD))
    assert isinstance(first, Conversation)
    assert isinstance(third, Conversation)
    assert isinstance(second, SourceError)
    assert second.place.line == 2
    assert word in second.message


def test_an_unknown_role_names_the_known_ones(problem):
    error = problem("a.json", line({"turns": [{"role": "老板", "text": "好"}]}))
    assert all(role in error.allowed for role in ROLES)


def test_an_unknown_role_can_be_mapped(only):
    assert (
        only("a.json", line({"turns": [{"role": "老板", "text": "好"}]}), roles={"老板": "agent"}).turns[0].role
        == "agent"
    )


@pytest.mark.parametrize(
    ("broken", "column"),
    [
        ('{"id": "x", "turns": [}', 23),
        ('{"id": "x" "turns": []}', 12),
        ("{'id': 1}", 2),
        ('{"id": "x"} {}', 13),
        ('{"id": "没有完', 8),
        ("您好", 1),
    ],
)
def test_a_broken_line_is_an_error_with_its_column_and_the_others_are_read(reading, broken, column):
    items = reading("a.jsonl", line(GOOD) * 2 + broken + "\n" + line(GOOD) * 2)
    assert [isinstance(item, SourceError) for item in items] == [False, False, True, False, False]
    assert (items[2].place.line, items[2].place.column) == (3, column)


def test_a_broken_array_gives_what_stands_before_the_break(reading):
    items = reading("a.json", f"[\n{line(GOOD)},\n{line(GOOD)},\n{{'x'}}\n]")
    assert [isinstance(item, SourceError) for item in items] == [False, False, True]
    assert [item.line for item in items[:2]] == [2, 4]
    assert items[2].place.line == 6


@pytest.mark.parametrize(
    "content",
    [
        "[" * 200_000,
        '{"turns": ' + "[" * 200_000,
        '{"turns": [{"role": "agent", "text": "好", "time": ' + "9" * 6000 + "}]}",
        '{"turns": [{"role": "agent", "text": "好", "time": 1e999}]}',
        '{"turns": [{"role": "agent", "text": "好", "time": NaN}]}',
        '{"turns": [{"role": "agent", "text": "好\x00"}]}',
        '{"turns": 1}\n[[[[\n',
        "null",
        "3",
        "[1, 2]",
        '{"turns": [1]} x',
        '[{"turns": []}',
    ],
    ids=range(12),
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_hostile_json_is_an_error(reading, name, content):
    items = reading(name, content)
    assert items
    assert all(isinstance(item, SourceError) and item.place for item in items)


def test_deep_values_that_still_parse_do_no_harm(reading):
    deep = '{"id": "\\udc00", "turns": [{"role": "agent", "text": "好"}], "meta": {"a": ' + "[" * 900 + "]" * 900 + "}}"
    assert len(reading("a.jsonl", deep)) == 1


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
MAYBE = st.none() | WORDS.filter(bool)
CONVERSATIONS = st.builds(
    Conversation,
    id=WORDS.filter(bool),
    turns=st.lists(
        st.builds(
            Turn,
            role=st.sampled_from(ROLES),
            text=WORDS,
            time=st.none() | st.floats(0, 2e9).map(float),
            speaker=MAYBE,
        ),
        min_size=1,
        max_size=6,
    ).map(tuple),
    channel=st.none() | st.sampled_from(CHANNELS),
    scene=st.none() | st.sampled_from(SCENES),
    complete=st.booleans(),
    agent=st.builds(Agent, MAYBE, MAYBE, MAYBE),
    meta=st.dictionaries(WORDS, WORDS | st.integers() | st.booleans(), max_size=3),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(CONVERSATIONS)
def test_what_is_written_reads_back(only, conversation):
    found = only("a.jsonl", json.dumps(to_json(conversation)))
    assert to_json(found) | {"turns": None} == to_json(conversation) | {"turns": None}
    pairs = zip(found.turns, conversation.turns, strict=True)
    assert all((a.role, a.text, a.time, a.speaker) == (b.role, b.text, b.time, b.speaker) for a, b in pairs)
