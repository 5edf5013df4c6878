"""Plain text in the many ways people write conversations down."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cscheck.conversation import Conversation
from cscheck.errors import SourceError
from cscheck.sources import ReadOptions
from cscheck.sources.text import parse_text
from tests.sources.conftest import said


def parse(text: str, **options: object) -> list[Conversation]:
    return parse_text(textwrap.dedent(text).strip("\n"), "x", "x.txt", ReadOptions(**options))


def turns(text: str, **options: object) -> list[tuple[str, str]]:
    (found,) = parse(text, **options)
    return said(found)


TWO = [("customer", "在吗"), ("agent", "在的")]


@pytest.mark.parametrize(
    ("customer", "agent"),
    [
        ("客户：", "客服："),
        ("客户:", "客服:"),
        ("客户 : ", "客服 ："),
        ("  买家：", "  店小二："),
        ("顾客：", "坐席："),
        ("【客户】", "【客服】"),
        ("[客户]", "[客服]"),
        ("【客户】：", "【客服】："),
        ("<客户>", "<客服>"),
        ("王女士(客户)：", "客服小王："),
        ("张先生：", "客服001:"),
        ("客户（张三）：", "客服（8021）："),
        ("Customer: ", "Agent: "),
        ("user:", "agent_3:"),
        ("Q：", "A："),
        ("Q: ", "客服: "),
        ("- 客户：", "- 客服："),
        ("1. 客户：", "2. 客服："),
        ("**客户**：", "**客服：** "),
        ("> 客户：", "> 客服："),
        ("[10:02:31] 客户：", "[10:02:35] 客服："),
        ("10:02 客户：", "10:03 客服："),
        ("（10:02）客户：", "（10:03）客服："),
        ("2026-03-01 09:00:05 客户：", "2026-03-01 09:00:09 客服："),
        ("客户 10:02：", "客服 10:03："),
        ("客户(10:02:31)：", "客服(10:02:35)："),
        ("客户[2026-03-01 10:02:31]: ", "客服[2026-03-01 10:02:35]: "),
        ("客户\t", "客服\t"),
        ("客户:\n", "客服:\n"),
        ("客户 2026-03-01 09:00:05\n", "客服 2026-03-01 09:00:09\n"),
        ("客户2026-03-01 09:00:05\n", "客服2026-03-01 09:00:09\n"),
        ("客户(2026-03-01 09:00)\n", "客服(2026-03-01 09:00)\n"),
        ("2026-03-01 09:00:05 客户\n", "2026-03-01 09:00:09 客服\n"),
        ("2026-03-01 09:00:05 客户(123456)\n", "2026-03-01 09:00:09 客服<kf@example.com>\n"),
        ("客户 -> 客服 2026-03-01 09:00:05\n", "客服 -> 客户 2026-03-01 09:00:09\n"),
        ("2026-03-01 09:00:05 客户 → 客服\n", "2026-03-01 09:00:09 客服 → 客户\n"),
        ("客户\n2026-03-01 09:00:05\n", "客服\n2026-03-01 09:00:09\n"),
        ("客户 10:02\n", "客服 10:03\n"),
        ("2026年3月1日 上午10:02\n客户:\n", "昨天 10:02\n客服:\n"),
        ("昨天 10:02\n客户：", "10:05\n客服："),
        ("某某旗舰店买家:阿明 2026-03-01 09:00:05\n", "某某旗舰店:小美 2026-03-01 09:00:09\n"),
    ],
)
def test_who_speaks_is_read_in_many_spellings(customer, agent):
    if "店买家" in customer:
        customer = "买家阿明 2026-03-01 09:00:05\n"
    assert turns(f"{customer}在吗\n{agent}在的") == TWO


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_end_in_any_way(newline):
    (found,) = parse_text(newline.join(["客户：在吗", "客服：在的", "您请说"]), "x", "x.txt")
    assert said(found) == [("customer", "在吗"), ("agent", "在的\n您请说")]
    assert [turn.line for turn in found.turns] == [1, 2]


@pytest.mark.parametrize(
    "line",
    [
        "温馨提示：周末不发货",
        "地址：幸福路8号",
        "收货地址: 幸福路8号",
        "10:30",
        "10:30 之前：都可以",
        "http://example.com/a",
        "网址：http://example.com",
        "客服电话：12345",
        "会员等级：金卡",
        "尊敬的客户：您好",
        "你们客服说：可以",
        "客户反馈：很多",
        "请联系客服：在页面右下角",
        "第一步：打开页面",
        "注：以页面为准",
        "  缩进：保留",
        "价格是：三百",
        "1. 打开：设置",
        "[图片]",
        "“好的：”",
        "A：退款",
        "预约时间 2026-03-01 09:00",
    ],
)
def test_a_colon_in_a_message_makes_no_speaker(line):
    assert turns(f"客户：在吗\n客服：请看\n{line}\n客户：好") == [
        ("customer", "在吗"),
        ("agent", f"请看\n{line}"),
        ("customer", "好"),
    ]


def test_lines_inside_a_message_are_kept_with_their_blank_ones():
    assert turns("客服：一\n\n  二  \n\n客户：好\n\n") == [("agent", "一\n\n  二"), ("customer", "好")]


def test_names_of_nobody_known_stay_unknown():
    assert turns("小王：在吗\n张三：在的\n地址：某处") == [("unknown", "在吗"), ("unknown", "在的\n地址：某处")]


def test_mapped_names_are_known():
    roles = {"小王": "customer", "张三": "agent"}
    assert turns("小王：在吗\n张三：在的", roles=roles) == TWO


def test_words_of_an_unknown_speaker_do_not_go_to_the_customer():
    assert turns("客户：在吗\n小王：在的") == [("customer", "在吗"), ("unknown", "在的")]


def test_a_list_in_the_only_message_makes_no_speaker():
    text = "客服：请看\n套餐内含：三样\n主食：米饭\n饮料：热茶"
    assert turns(text) == [("agent", text.removeprefix("客服："))]


def test_somebody_who_answers_the_agent_is_a_speaker():
    assert turns("客服：您好\n小王：在吗") == [("agent", "您好"), ("unknown", "在吗")]


def test_a_third_person_who_recurs_is_a_speaker():
    text = "客户：在吗\n客服：稍等\n李主任：我看下\n客户：好\n李主任：查到了\n李主任：可以退"
    assert [role for role, _ in turns(text)] == ["customer", "agent", "unknown", "customer", "unknown", "unknown"]


def test_letters_mean_nobody_without_their_counterpart():
    assert turns("A：在吗\nB：在的") == [("unknown", "在吗"), ("unknown", "在的")]


def test_a_pasted_chat_with_dates_takes_only_headers_for_speakers():
    found = turns(
        """
        小美 2026-03-01 09:00:05
        您好
        客服：这里是正文
        阿明：这里也是
        阿明 2026-03-01 09:00:09
        好
        """,
        roles={"小美": "agent", "阿明": "customer"},
    )
    assert found == [("agent", "您好\n客服：这里是正文\n阿明：这里也是"), ("customer", "好")]


@pytest.mark.parametrize("mark", ["已读", "未读", "发送中", "[已读]", "对方已读"])
def test_status_marks_are_dropped(mark):
    assert turns(f"客户：在吗\n客服：在的\n{mark}\n客户：好") == [*TWO, ("customer", "好")]


def test_a_message_taken_back_is_a_notice_and_the_speaker_goes_on():
    assert turns("客户：在吗\n客服：在的\n“小美”撤回了一条消息\n请说") == [
        *TWO,
        ("system", "“小美”撤回了一条消息"),
        ("agent", "请说"),
    ]


def test_a_label_with_nothing_after_it_says_nothing():
    assert turns("客户：在吗\n客服：\n\n客服：在的") == TWO


def test_times_are_read_wherever_they_stand():
    (found,) = parse("[10:02:31] 客户：在吗\n客服 10:02:40：在的\n客户：好")
    assert [turn.time for turn in found.turns] == [36151, 36160, None]
    assert [turn.stamp for turn in found.turns] == ["10:02:31", "10:02:40", None]


def test_times_behind_the_words_are_taken_off_when_most_turns_have_one():
    (found,) = parse("客户：在吗 [10:02:31]\n客服：在的 (10:02:40)")
    assert said(found) == TWO
    assert [turn.time for turn in found.turns] == [36151, 36160]


def test_a_time_behind_one_message_of_many_is_said():
    assert turns("客户：在吗\n客服：在的\n客户：约在(10:30)")[-1] == ("customer", "约在(10:30)")


def test_a_range_gives_both_ends():
    (found,) = parse("[00:01-00:05] 客户：在吗\n[00:06-00:09] 客服：在的")
    assert [(turn.time, turn.end_time) for turn in found.turns] == [(1, 5), (6, 9)]


def test_a_call_counts_minutes_and_seconds_and_a_chat_hours_and_minutes():
    assert [turn.time for turn in parse("[00:15] 客户：在吗\n[01:20] 客服：在的")[0].turns] == [15, 80]
    assert [turn.time for turn in parse("[10:02] 客户：在吗\n[10:04] 客服：在的")[0].turns] == [36120, 36240]
    assert [turn.time for turn in parse("渠道：电话\n00:15 客户：在吗\n01:20 客服：在的")[0].turns] == [15, 80]


def test_midnight_is_passed():
    assert [turn.time for turn in parse("23:59 客户：在吗\n00:01 客服：在的")[0].turns] == [86340, 86460]


def test_fields_above_the_first_turn_are_taken():
    (found,) = parse(
        """
        退款案例
        会话ID: c-77
        渠道：电话
        场景：投诉
        完整：否
        客服工号：8021
        班组：二组
        订单号：A1
        客户：在吗
        客服：在的
        渠道：这里是正文
        """
    )
    assert (found.id, found.channel, found.scene, found.complete) == ("c-77", "phone", "complaint", False)
    assert (found.agent.id, found.agent.team) == ("8021", "二组")
    assert found.meta["订单号"] == "A1"
    assert found.turns[-1].text.endswith("渠道：这里是正文")


def test_english_fields_are_taken():
    (found,) = parse("channel: phone\nscene: care\ncomplete: false\nagent: hi\ncustomer: hello")
    assert (found.channel, found.scene, found.complete) == ("phone", "care", False)


@pytest.mark.parametrize("line", ["---", "-----", "===", "＝＝＝", "# 退款", "## 会话 3", "会话ID: 9", "【会话 12】"])
def test_a_separator_starts_another_conversation(line):
    found = parse(f"客户：在吗\n{line}\n客服：在的\n{line}\n客户：好")
    assert [said(item) for item in found] == [[TWO[0]], [TWO[1]], [("customer", "好")]]
    assert [item.line for item in found] == [1, 3, 5]


def test_ids_come_from_the_text_or_count_up():
    assert [item.id for item in parse("客户：一\n---\n客户：二\n---\n客户：三")] == ["x", "x#2", "x#3"]
    assert [item.id for item in parse("## 会话 1\n客户：一\n## 会话 2\n客户：二")] == ["会话 1", "会话 2"]
    (found,) = parse("# 退款\n客户：一")
    assert (found.id, found.meta["title"]) == ("x", "退款")


def test_fields_of_a_front_matter_go_to_what_follows():
    (found,) = parse("---\n渠道：电话\n---\n客户：一")
    assert found.channel == "phone"


@pytest.mark.parametrize("text", ["", "今天天气不错", "您好：欢迎光临", "标题：退款", "10:02", "---\n---"])
def test_a_text_without_a_speaker_is_an_error(text):
    with pytest.raises(SourceError) as caught:
        parse_text(text, "x", "x.txt", first_line=7)
    assert "draft" in caught.value.message
    assert caught.value.place.line == 7


def test_a_part_without_a_speaker_does_not_hide_the_others(reading):
    first, second, third = reading("a.txt", "客户：在吗\n---\n没有称呼的话\n---\n客服：在的\n")
    assert (first.id, third.id) == ("a", "a#2")
    assert isinstance(second, SourceError)
    assert second.place.line == 3


def test_lines_count_from_the_place_of_the_text():
    (found,) = parse_text("\n客户：在吗\n客服：在的", "x", "rule.yaml", first_line=40)
    assert [turn.line for turn in found.turns] == [41, 42]
    assert found.path == "rule.yaml"


WORDS = (
    "客服 客户 小王 您好 撤回了一条消息 已读 渠道：电话 10:02 2026-03-01 09:00:05 99:99 --- -> A Q",
    "： : [ ] # ( ) 【 】 ** < >",
)
PIECES = st.sampled_from([*" ".join(WORDS).split(), *"\n\r "])


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join)))
def test_no_text_raises_anything_but_our_error(text):
    try:
        found = parse_text(text, "x", "x.txt")
    except SourceError as error:
        assert error.place is not None
    else:
        assert all(turn.text.strip() for item in found for turn in item.turns)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["客服", "客户"]),
            st.text(alphabet="好的您请退款吗，。：: 1a", min_size=1).filter(str.strip),
        ),
        min_size=1,
    )
)
def test_what_is_said_on_one_line_comes_back(lines):
    text = "\n".join(f"{label}：{words}" for label, words in lines)
    (found,) = parse_text(text, "x", "x.txt")
    assert [turn.text for turn in found.turns] == [words.strip() for _, words in lines]


def test_a_line_of_many_spaces_takes_no_time():
    parse_text("客服：" + " " * 200_000 + "好\n" + "好 " * 100_000 + "\n客户：" + "(" * 50_000, "x", "x.txt")
