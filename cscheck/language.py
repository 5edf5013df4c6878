"""The language of the interface: Chinese, or English where asked for; and the words that several surfaces share."""

from __future__ import annotations

from contextvars import ContextVar
from typing import NamedTuple

LANGUAGES = ("zh", "en")
_current: ContextVar[str] = ContextVar("language", default="zh")


class Text(NamedTuple):
    """One text in both languages; as a string it is in the language in use."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if _current.get() == "en" else self.zh


def use(language: str) -> None:
    """Speak this language from now on."""
    _current.set(language)


def current() -> str:
    """Give the language in use: zh or en."""
    return _current.get()


def say(zh: str, en: str) -> str:
    """Give the text of the language in use."""
    return en if _current.get() == "en" else zh


def count(number: int, zh: str, en: str, plural: str = "") -> str:
    """Give a number with what it counts: “3 段对话”, “3 conversations”."""
    if _current.get() != "en":
        return f"{number} {zh}"
    return f"{number} {en}" if number == 1 else f"{number} {plural or en + 's'}"


def term(table: dict[str, Text], slug: str) -> str:
    """Give the words for a slug; a slug that has none (a user's own category) stands for itself."""
    return str(table[slug]) if slug in table else slug


CATEGORIES = {
    "forbidden-negative": Text("禁用否定", "forbidden negative"),
    "commanding": Text("命令式", "commanding"),
    "courtesy": Text("缺少礼貌用语", "no courtesy word"),
    "rhetorical": Text("反问式", "rhetorical question"),
    "perfunctory": Text("敷衍式", "brush-off"),
    "shirking": Text("推诿", "passing the buck"),
    "arguing": Text("争执指责", "arguing or blaming"),
    "overpromise": Text("过度承诺", "overpromise"),
    "exaggeration": Text("夸大宣传", "exaggeration"),
    "vague": Text("模糊猜测", "vague or guessing"),
    "punctuation": Text("标点语气", "punctuation and tone"),
    "abrupt-opening": Text("生硬开场", "abrupt opening"),
    "address": Text("称呼不当", "form of address"),
    "jargon": Text("专业术语", "jargon"),
    "privacy": Text("信息安全", "privacy"),
    "off-platform": Text("引流私下交易", "off-platform contact"),
    "pressure": Text("过度推销", "pressure selling"),
    "opening-greeting": Text("开场问候", "opening greeting"),
    "opening-identity": Text("自报身份", "self-introduction"),
    "opening-offer": Text("主动询问需求", "offer of help"),
    "restatement": Text("复述确认", "restatement"),
    "restatement-facts": Text("复述有误", "wrong facts put back"),
    "empathy": Text("安抚共情", "empathy"),
    "apology": Text("致歉", "apology"),
    "deadline": Text("处理时限", "time limit"),
    "hold-notice": Text("等待提示", "hold notice"),
    "response-time": Text("响应超时", "response time"),
    "key-info-confirmation": Text("关键信息确认", "key facts read back"),
    "risk-notice": Text("风险提示", "risk notice"),
    "solution": Text("明确方案", "clear solution"),
    "further-help": Text("询问其他需求", "further help"),
    "closing-thanks": Text("结束致谢", "closing thanks"),
    "closing-farewell": Text("结束祝福或道别", "closing wish or goodbye"),
    "satisfaction": Text("满意度确认", "satisfaction check"),
    "identity-check": Text("身份核实", "identity check"),
    "closed-question": Text("封闭式提问", "closed question"),
    "recap": Text("结果小结", "recap"),
    "verbosity": Text("表达冗长", "wordiness"),
    "interruption": Text("打断客户", "interruption"),
    "hanging-up": Text("挂机礼仪", "hanging up"),
    "email-acknowledgement": Text("邮件确认", "e-mail acknowledgement"),
    "urgent-handling": Text("紧急处理", "urgent handling"),
    "deadline-length": Text("时限过长", "time limit too long"),
    "dissatisfaction": Text("不满意的处理", "handling of dissatisfaction"),
    "unanswered-check": Text("查询未答复", "check never answered"),
    "personal-data": Text("个人信息", "personal data"),
}
SEVERITIES = {"error": Text("错误", "error"), "warning": Text("警告", "warning"), "info": Text("提示", "info")}
VERDICTS = {
    "violated": Text("违反", "violated"),
    "satisfied": Text("达标", "satisfied"),
    "pending": Text("待定", "pending"),
    "not-applicable": Text("不适用", "not applicable"),
}
ROLES = {
    "agent": Text("客服", "Agent"),
    "customer": Text("客户", "Customer"),
    "bot": Text("机器人", "Bot"),
    "system": Text("系统", "System"),
    "unknown": Text("未知", "Unknown"),
}
CHANNELS = {"chat": Text("在线", "chat"), "phone": Text("电话", "phone"), "email": Text("邮件", "email")}
SCENES = {
    "consult": Text("咨询", "consult"),
    "complaint": Text("投诉", "complaint"),
    "aftersales": Text("售后", "after-sales"),
    "urgent": Text("紧急", "urgent"),
    "care": Text("关怀", "care"),
}
# Until when something is owed.
DUE = {
    "first-turn": Text("客服第一句里", "in the agent's first turn"),
    "first-2-turns": Text("客服前两句内", "within the agent's first two turns"),
    "same-turn": Text("在同一句里", "in the same turn"),
    "next-turn": Text("最迟在客服下一句", "by the agent's next turn"),
    "nearby": Text("前后几句里，最迟在客服下一句", "in the turns around it, by the agent's next turn"),
    "before-act": Text("在给出答复之前", "before answering"),
    "last-2-turns": Text("结束前的最后两句里", "in the agent's last two turns"),
    "last-3-turns": Text("结束前的最后三句里", "in the agent's last three turns"),
    "later": Text("在后面的话里", "in a later turn"),
    "end": Text("对话结束之前", "before the conversation ends"),
    "anywhere": Text("整段对话里任何时候", "anywhere in the conversation"),
}
# Why a rule does not apply.
REASONS = {
    "unknown-role": Text("分不清谁是客服", "roles are unknown"),
    "no-agent": Text("没有客服的话", "no agent turn"),
    "no-times": Text("没有时间戳", "no timestamps"),
    "no-end-times": Text("没有每句话的结束时间", "no end times of turns"),
    "no-record": Text("记录里没有这一项", "not on record"),
    "no-limit": Text("该渠道没有规定时限", "no limit for this channel"),
    "not-called-for": Text("没有出现需要它的情形", "not called for"),
    "scene": Text("不属于该规则的场景", "another scene"),
    "channel": Text("不属于该规则的渠道", "another channel"),
    "cut-off": Text("对话不完整", "conversation is cut off"),
    "pending": Text("还可能补上", "may still be said"),
}
# What the engine recognises without patterns.
BUILTINS = {
    "time-limit": Text("明确的时限", "a time limit"),
    "id-number": Text("校验位正确的身份证号", "an identity number with a right check digit"),
    "bank-card": Text("校验位正确的卡号", "a card number with a right check digit"),
    "email-address": Text("电子邮箱", "an e-mail address"),
    "home-address": Text("详细到门牌的地址", "a street address down to the flat"),
}
BASIS_KINDS = {
    "house": Text("企业规范", "house standard"),
    "platform": Text("平台规则", "platform rule"),
    "guidance": Text("行业指引", "guidance"),
    "statute": Text("法律法规", "statute"),
}
