"""Exports of platforms and recognisers, each in its own shape."""

from __future__ import annotations

import json

import pytest

from cscheck.errors import SourceError
from cscheck.sources import FORMATS
from tests.sources.conftest import said


def dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def lines(*values: object) -> str:
    return "\n".join(dump(value) for value in values)


SCA = {
    "tickets": [
        {
            "tid": "t1",
            "dialogue": [
                {"role": "客服", "identity": "8021", "words": "您好", "begin": 0, "end": 1200},
                {"role": "客户", "identity": "u1", "words": "在吗", "begin": 1500, "end": 2000},
            ],
        },
        {"tid": "t2", "optional": 0, "dialogue": [{"role": "坐席", "words": "在的", "begin": 0, "end": 9}]},
    ]
}


def test_alibaba_tickets(reading):
    first, second = reading("a.json", dump(SCA))
    assert (first.id, first.channel, first.agent.id) == ("t1", "phone", "8021")
    assert said(first) == [("agent", "您好"), ("customer", "在吗")]
    assert [(turn.time, turn.end_time) for turn in first.turns] == [(0.0, 1.2), (1.5, 2.0)]
    assert (second.id, second.channel) == ("t2", "chat")


def wecom(msgid, sender, to, text, time, **more):
    entry = {"msgid": msgid, "action": "send", "from": sender, "tolist": [to], "roomid": "", "msgtime": time}
    return entry | {"msgtype": "text", "text": {"content": text}} | more


def test_wecom_pairs_rooms_and_recalls(reading):
    content = lines(
        wecom("1", "wmAAA", "staff1", "在吗", 1646912248000),
        wecom("3", "staff1", "wmAAA", "写错了", 1646912250000),
        wecom("2", "staff1", "wmAAA", "在的", 1646912249000),
        wecom("4", "staff1", "wmAAA", "", 1646912251000, msgtype="revoke", action="recall", revoke={"pre_msgid": "3"}),
        wecom("5", "staff1", "wmAAA", "", 1646912252000, msgtype="image"),
        wecom("6", "woBBB", "x", "大家好", 1646912252000, roomid="room9"),
        wecom("7", "wbBOT", "x", "自动回复", 1646912253000, roomid="room9"),
        wecom("8", "staff1", "woBBB", "", 1646912254000, msgtype="revoke", action="recall", roomid="room9"),
        {"msgid": "9", "action": "switch", "from": "staff1", "msgtype": "", "msgtime": 1646912254000},
    )
    pair, room = reading("a.jsonl", content)
    assert (pair.id, pair.channel) == ("staff1+wmAAA", "chat")
    assert said(pair) == [("customer", "在吗"), ("agent", "在的"), ("system", "[图片]")]
    assert pair.turns[0].time == 1646912248.0
    assert room.id == "room9"
    assert [role for role, _ in said(room)] == ["customer", "bot", "system"]


def test_wecom_ids_can_be_mapped(only):
    found = only("a.jsonl", lines(wecom("1", "wmAAA", "s", "在吗", 1)), roles={"wmAAA": "agent"})
    assert found.turns[0].role == "agent"


def qiyu(content, from_user, session=1, time=1447014454010, kind="text"):
    return {"id": 1, "content": content, "type": kind, "time": time, "fromUser": from_user, "sessionId": session}


def test_qiyu_sessions_and_cards(reading):
    card = dump({"cmd": "bot", "template": {"label": "请选择问题", "list": [{"text": "退款"}]}})
    content = dump(
        [qiyu("在吗", 1), qiyu("<p>在的</p>", 0), qiyu(card, 0), qiyu("x", 1, 2), qiyu("x.png", 0, 2, kind="image")]
    )
    first, second = reading("a.json", content)
    assert (first.id, second.id) == ("1", "2")
    assert said(first) == [("customer", "在吗"), ("agent", "在的"), ("bot", "请选择问题\n退款")]
    assert said(second) == [("customer", "x"), ("system", "[image]")]


def chatwoot(content, kind, **more):
    return {"id": 1, "content": content, "message_type": kind, "private": False, "created_at": 1700000000} | more


def test_chatwoot_messages(only):
    content = dump(
        {
            "id": 42,
            "messages": [
                chatwoot("在吗", 0),
                chatwoot("内部备注", 1, private=True),
                chatwoot("在的", 1, created_at=1700000005, sender={"name": "小王", "type": "user"}),
                chatwoot("已分配", 2),
                chatwoot("请评价", 3, created_at=1700000009),
                chatwoot("自动", "outgoing", sender_type="AgentBot", created_at=1700000010),
                chatwoot(None, 1),
            ],
        }
    )
    found = only("a.json", content)
    assert (found.id, found.channel) == ("42", "chat")
    assert said(found) == [("customer", "在吗"), ("agent", "在的"), ("bot", "请评价"), ("bot", "自动")]


def comment(author, body, at, **more):
    return {"id": 1, "type": "Comment", "author_id": author, "created_at": at, "public": True, **body, **more}


def test_zendesk_comments(only):
    content = {
        "ticket": {"id": 7, "requester_id": 1},
        "users": [{"id": 2, "role": "agent", "name": "小王"}],
        "comments": [
            comment(2, {"html_body": "<p>您好&nbsp;李先生</p><p>A &lt; B<br>收到</p>"}, "2026-03-01T09:05:00Z"),
            comment(1, {"plain_body": "在吗"}, "2026-03-01T09:00:00Z", via={"channel": "email"}),
            comment(2, {"body": "内部"}, "2026-03-01T09:06:00Z", public=False),
            comment(3, {"body": "抄送"}, "2026-03-01T09:07:00Z"),
        ],
    }
    found = only("a.json", dump(content))
    assert (found.id, found.channel) == ("7", "email")
    assert said(found) == [("customer", "在吗"), ("agent", "您好 李先生\nA < B\n收到"), ("unknown", "抄送")]
    assert found.turns[1].time - found.turns[0].time == 300


def test_intercom_conversations(only):
    def entry(body, kind, at, part="comment"):
        return {"body": body, "author": {"type": kind, "id": "9"}, "created_at": at, "part_type": part}

    content = {
        "type": "conversation",
        "id": "c1",
        "created_at": 1700000000,
        "source": {"type": "conversation", "body": "<p>在吗</p>", "author": {"type": "lead", "id": "1"}},
        "conversation_parts": {
            "conversation_parts": [
                entry("<p>您好！</p>", "bot", 1700000001),
                entry("<div>在的</div><div>您说</div>", "admin", 1700000002),
                entry("备注", "admin", 1700000003, "note"),
                entry(None, "admin", 1700000004, "close"),
            ]
        },
    }
    found = only("a.json", dump(content))
    assert found.id == "c1"
    assert said(found) == [("customer", "在吗"), ("bot", "您好！"), ("agent", "在的\n您说")]


FUNASR = [
    {
        "key": "rec1",
        "text": "您好在吗",
        "sentence_info": [
            {"start": 430, "end": 3810, "spk": 0, "sentence": "您好"},
            {"start": 4000, "end": 5000, "spk": 1, "text": "在吗"},
        ],
    }
]


def test_funasr_voices_are_no_roles(only):
    found = only("a.json", dump(FUNASR))
    assert (found.id, found.channel) == ("rec1", "phone")
    assert said(found) == [("unknown", "您好"), ("unknown", "在吗")]
    assert (found.turns[0].time, found.turns[0].end_time, found.turns[0].speaker) == (0.43, 3.81, "spk0")


@pytest.mark.parametrize("names", [("0", "1"), ("spk0", "spk1")])
def test_funasr_voices_can_be_mapped(only, names):
    found = only("a.json", dump(FUNASR), roles=dict(zip(names, ("agent", "customer"), strict=True)))
    assert said(found) == [("agent", "您好"), ("customer", "在吗")]


def test_funasr_without_sentences_says_which_setting_is_missing(problem):
    assert "spk_model" in problem("a.json", dump([{"key": "rec1", "text": "您好在吗"}])).message


def test_whisperx_segments(only):
    content = {
        "segments": [
            {"start": 0.5, "end": 2.3, "text": " 您好", "speaker": "SPEAKER_00"},
            {
                "start": 2.5,
                "end": 3,
                "text": "在吗",
                "words": [{"word": "在", "speaker": "SPEAKER_01"}, {"word": "吗"}],
            },
            {"start": 4, "end": 5, "text": "嗯", "words": [{"speaker": "A"}, {"speaker": "B"}]},
        ]
    }
    found = only("a.json", dump(content), roles={"SPEAKER_00": "agent", "1": "customer"})
    assert said(found) == [("agent", "您好"), ("customer", "在吗"), ("unknown", "嗯")]
    assert found.turns[0].time == 0.5


CHATLAB_HEAD = {"chatlab": {"version": "0.0.1"}, "meta": {"name": "售后群", "platform": "qq", "type": "group"}}


def test_chatlab_object_and_lines(only):
    member = {"platformId": "u2", "accountName": "客服小美"}
    messages = [
        {"sender": "u1", "accountName": "阿明", "timestamp": 1700000000, "type": 0, "content": "在吗"},
        {"sender": "u2", "timestamp": 1700000003, "type": 0, "content": "在的"},
        {"sender": "u2", "timestamp": 1700000004, "type": 1, "content": ""},
        {"sender": "system", "timestamp": 1700000005, "type": 80, "content": "某人进群"},
    ]
    whole = only("a.json", dump(CHATLAB_HEAD | {"members": [member], "messages": messages}), roles={"u1": "customer"})
    by_line = only(
        "a.jsonl",
        lines(
            {"_type": "header"} | CHATLAB_HEAD,
            {"_type": "member"} | member,
            *({"_type": "message"} | message for message in messages),
        ),
        roles={"u1": "customer"},
    )
    assert said(whole) == said(by_line)
    assert said(whole)[:2] == [("customer", "在吗"), ("agent", "在的")]
    assert [role for role, _ in said(whole)[2:]] == ["system", "system"]


@pytest.mark.parametrize(
    "name", ["alibaba-sca", "wecom", "qiyu", "chatwoot", "zendesk", "intercom", "funasr", "whisperx", "chatlab"]
)
@pytest.mark.parametrize(
    "value",
    [
        {},
        [{}],
        {"tickets": [1, {"dialogue": [1, {"words": 3}]}], "dialogue": 1},
        {"messages": [1, None, {"content": 3, "message_type": [], "fromUser": {}, "sender": 1, "type": []}]},
        {"comments": [1, {"author_id": {}, "via": 3}], "users": [1, {"role": []}], "ticket": 3},
        {
            "conversation_parts": {"conversation_parts": [1, {"author": 3, "body": 4}]},
            "source": 1,
            "conversations": [2],
        },
        {"sentence_info": [1, {"text": 3}], "segments": [None, {"words": 3, "text": "好"}]},
        {"msgid": 3, "from": [], "tolist": {}, "msgtype": {}, "revoke": 4, "text": 5, "mixed": 1, "msgtime": {}},
        {"msgid": "1", "from": "s", "msgtype": "mixed", "mixed": {"item": [1, {"type": "text", "content": "好"}]}},
        {"members": [1], "messages": [{"type": {}, "content": "好", "timestamp": "x"}], "meta": 3, "chatlab": 1},
    ],
    ids=range(10),
)
def test_a_wrong_shape_breaks_nothing(reading, name, value):
    """Whatever stands in the fields, the answer is conversations and problems."""
    for item in reading("a.json", dump(value), input_format=name):
        assert isinstance(item, SourceError) or item.turns


def test_every_format_has_its_fixed_names():
    assert all(name == FORMATS[name].NAME and FORMATS[name].SUFFIXES for name in FORMATS)
