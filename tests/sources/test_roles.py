"""Labels and the roles they stand for."""

from __future__ import annotations

import pytest

from cscheck.sources.roles import is_field, role_of

LABELS = {
    "agent": "客服 坐席 座席 顾问 专员 人工 接线员 话务员 店小二 卖家 商家 店铺 agent Agent AGENT A "
    "客服小王 客服001 小美客服 【客服】 [坐席] <客服> 客户经理 客户代表 售后 某某旗舰店 "
    "agent-12 agent_1 Seller 客服张先生 人工客服 投诉专员",
    "customer": "客户 买家 用户 顾客 会员 家长 患者 来电人 先生 女士 张先生 王女士(客户) 访客 "
    "customer user User1 Q 访客8821 李小姐",
    "bot": "机器人 智能客服 bot Bot 机器人小智 chatbot AI客服 智能助手",
    "system": "系统 system 系统消息 系统提示 【系统】",
    "unknown": "小王 张三 B 甲 spk0 1 0 unknown 12号 planA",
}


@pytest.mark.parametrize(
    ("role", "label"), [(role, label) for role, words in LABELS.items() for label in words.split()]
)
def test_a_label_means_a_role(role, label):
    assert role_of(label, {}) == role


@pytest.mark.parametrize(
    ("label", "roles", "role"),
    [
        ("小王", {"小王": "agent"}, "agent"),
        ("小王:", {"小王": "agent"}, "agent"),
        ("张三(客户)", {"张三": "agent"}, "agent"),
        ("客服", {"客服": "customer"}, "customer"),
        ("ＡＢ", {"ab": "bot"}, "bot"),
        ("1", {"1": "customer", "0": "agent"}, "customer"),
        ("小李", {"小王": "agent"}, "unknown"),
    ],
)
def test_the_users_own_mapping_goes_first(label, roles, role):
    assert role_of(label, roles) == role


@pytest.mark.parametrize(
    "label",
    ["客服电话", "会员等级", "尊敬的客户", "温馨提示", "地址", "客服说", "用户名", "您", "收货地址(新)", "联系客服"],
)
def test_a_thing_or_an_address_is_no_speaker(label):
    assert is_field(label)


@pytest.mark.parametrize("label", ["客服", "小王", "系统提示", "王女士", "张三"])
def test_a_person_is_no_thing(label):
    assert not is_field(label)
