"""Channel, scene and completeness as people write them."""

from __future__ import annotations

from cscheck.conversation import CHANNELS, SCENES, Channel, Scene

_CHANNELS: dict[str, Channel] = {
    **dict.fromkeys(("在线", "在线客服", "聊天", "文字", "即时通讯", "微信", "企业微信", "im", "web", "app"), "chat"),
    **dict.fromkeys(("电话", "热线", "语音", "呼入", "呼出", "外呼", "来电", "call", "voice", "tel"), "phone"),
    **dict.fromkeys(("邮件", "邮箱", "电子邮件", "mail", "e-mail"), "email"),
    **{channel: channel for channel in CHANNELS},
}
_SCENES: dict[str, Scene] = {
    **dict.fromkeys(("咨询", "售前", "售前咨询", "查询"), "consult"),
    **dict.fromkeys(("投诉", "客诉"), "complaint"),
    **dict.fromkeys(("售后", "售后服务", "after-sales"), "aftersales"),
    **dict.fromkeys(("紧急", "应急", "突发"), "urgent"),
    **dict.fromkeys(("关怀", "回访", "客户关怀"), "care"),
    **{scene: scene for scene in SCENES},
}
_NO = {"否", "不完整", "未完", "未结束", "false", "no", "0", "n"}
_YES = {"是", "完整", "已结束", "true", "yes", "1", "y"}


def channel_of(value: str) -> Channel | None:
    """Give the channel a word stands for, or None."""
    return _CHANNELS.get(value.strip().casefold())


def scene_of(value: str) -> Scene | None:
    """Give the scene a word stands for, or None."""
    return _SCENES.get(value.strip().casefold())


def complete_of(value: str) -> bool | None:
    """Tell whether a word means that the conversation is whole, or None when it does not say."""
    key = value.strip().casefold()
    return False if key in _NO else True if key in _YES else None


_RECORD = {
    "rings": ("振铃", "响铃", "振铃次数", "响铃次数", "rings"),
    "ended_by": ("挂机方", "挂断方", "挂机人", "结束方", "ended_by", "endedby", "hangup"),
}
RECORD_HEADERS: dict[str, str] = {name: " ".join(keys) for name, keys in _RECORD.items()}


def record_entry(key: str, value: str) -> tuple[str, str] | None:
    """Give what a call record says of the whole call, by the name it has in ``meta``: rings, ended_by."""
    name = next((name for name, keys in _RECORD.items() if key.casefold() in keys), None)
    return (name, value.removesuffix("声").removesuffix("次").strip()) if name else None
