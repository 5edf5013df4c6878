"""Who a label means: 客服, 坐席小王, 张女士(客户), agent-12; unknown where it does not say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from cscheck.conversation import ROLES, Role

# Looked for in this order: 智能客服 is a bot, 客户经理 serves, 客服张先生 serves too.
_WORDS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("bot", re.compile("机器人|智能客服|智能助[手理]|智能坐席|自动回复|虚拟(?:客服|助手)|ai客服|语音导航")),
    ("system", re.compile("^系统(?:消息|提示|通知|公告)?$")),
    (
        "agent",
        re.compile(
            "客服|坐席|座席|顾问|专员|接线员|话务员|小二|卖家|商家|店铺|店主|店长|掌柜|导购|客户(?:经理|服务|代表|主管)"
            "|(?:大堂|理财|服务|业务|客服)经理|服务人员|工作人员|值班员|人工|旗舰店|专卖店|专营店|官方店|售后|售前|技术支持"
        ),
    ),
    (
        "customer",
        re.compile(
            "客户|买家|用户|顾客|会员|家长|患者|来电[人者]|访客|消费者|乘客|旅客|业主|投诉人|先生|女士|小姐|太太"
        ),
    ),
)
_ENGLISH: dict[str, Role] = {
    **dict.fromkeys(("agent", "seller", "staff", "operator", "representative", "rep", "csr", "cs", "kf"), "agent"),
    **dict.fromkeys(("service", "support", "advisor", "admin", "a"), "agent"),
    **dict.fromkeys(("customer", "user", "client", "buyer", "visitor", "guest", "caller", "consumer", "q"), "customer"),
    **dict.fromkeys(("contact", "lead", "enduser"), "customer"),
    **dict.fromkeys(("bot", "robot", "chatbot", "assistant", "ai", "ivr"), "bot"),
    **dict.fromkeys(("system", "sys"), "system"),
}
# 客服电话 and 会员等级 name a thing, and 客服说 reports a speaker: none of them speaks.
_FIELD = re.compile(
    "(?:电话|热线|号码?|地址|姓名|名称?|名字|等级|级别|编号|工号|账[号户]|微信|邮箱|备注|留言|承诺|时间|日期|版本|id|密码|信息|资料|类型"
    "|性别|手机|意见|需求|诉求|反馈|评价|满意度|须知|权益|要求|问题|协议|积分|余额|来源|单位|金额|价格|费用|链接|网址|官网|网站|提示|提醒"
    "|注意|公告|通知|说明|详情|内容|标题|主题|步骤|原因|结果|方案|方法|流程|地点|数量|型号|规格|颜色|尺码|状态|进度|渠道|场景|完整|总结"
    "|^(?:channel|scene|complete|title|date|time|team|agent[_ ]?(?:id|name|team))"
    "|活动|优惠|权限|振铃|响铃|次数|挂机方|挂断方|挂机人|结束方|例如|比如|答案|说|讲|问|表示|回答|答复|回复|告诉我|告知|规定|政策|条款|附件|签名|抄送|收件人|发件人|班组|日志)$"
)
_ADDRESS = re.compile(
    "^(?:尊敬|亲爱|敬爱|各位|联系|请|咨询|找|拨打|添加|关于|转|致|告诉|通知|感谢|欢迎|我|你|您|他|她|这|那|跟|和|让|把|被)"
)
_MOST = 4096
_WRAPPERS = str.maketrans("", "", "【】[]<>《》「」*#:：")


def role_of(label: str, roles: Mapping[str, Role] | None = None) -> Role:
    """Give the role a label stands for; the user's own mapping goes before the built-in words."""
    mapped = _mapped(label, roles) if roles else None
    return mapped or _built_in(label)


class KnownRoles(dict[str, Role]):
    """The roles of labels that have come up, by the user's mapping and the built-in words; KeyError for nobody's."""

    def __init__(self, mapping: Mapping[str, Role]) -> None:
        super().__init__()
        self._mapping = mapping

    def __missing__(self, label: str) -> Role:
        role = role_of(label, self._mapping) if isinstance(label, str) else "unknown"
        if role == "unknown" and label != "unknown":
            raise KeyError(label)
        # A label may be a name: there is no end of these.
        if len(self) < _MOST:
            self[label] = role
        return role


def is_field(label: str) -> bool:
    """Tell whether a label names a thing (客服电话) or addresses someone (尊敬的客户), and so is no speaker."""
    key = _key(label)
    if key in ("系统消息", "系统提示", "系统通知", "系统公告", "自动回复"):
        return False
    return bool(_FIELD.search(re.sub(r"\(.*\)$", "", key)) or _ADDRESS.search(key))


def _mapped(label: str, roles: Mapping[str, Role]) -> Role | None:
    folded = {_key(name): role for name, role in roles.items()}
    key = _key(label)
    return next((folded[part] for part in (key, *re.split(r"[()]", key)) if part and part in folded), None)


@lru_cache(maxsize=_MOST)
def _built_in(label: str) -> Role:
    key = _key(label)
    if key in ROLES:
        return next(role for role in ROLES if role == key)
    for role, words in _WORDS:
        if words.search(key):
            return role
    found = {_ENGLISH[word] for word in re.findall("[a-z]+", key.replace("end-user", "enduser")) if word in _ENGLISH}
    # A and Q are labels only by themselves: in “Plan A” the letter says nothing.
    if len(key) > 1 and found and not set(re.findall("[a-z]{2,}", key)) & _ENGLISH.keys():
        return "unknown"
    return found.pop() if len(found) == 1 else "unknown"


def _key(label: str) -> str:
    return unicodedata.normalize("NFKC", label).casefold().translate(_WRAPPERS).strip()
