"""Find where a text says by when, or within what time, something will be done or known.

A length of time or a point to come is such a limit if the words around it say so: 24小时内给您回复, 预计三天, 明天上午送到.
It is none in what is past, in opening hours, in what the customer may or shall do (7天内可退, 请今日内回复), in the steps
of an instruction (长按10秒), in a condition (超过三天没人取) or in a denial (今天送不到).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cscheck.text import measures, moments
from cscheck.text.quantity import DAY, Quantity

_REACH = 24


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A limit at ``text[start:end]``: ``seconds`` is the longest it can take, None if it is a point in time."""

    start: int
    end: int
    seconds: float | None


def time_limits(text: str) -> list[TimeLimit]:
    """Return the limits that normalised ``text`` states, in order."""
    readable = _masks().sub(lambda mask: "1".rjust(len(mask[0]), "0"), text)
    found = (*moments.find(readable), *measures.find(readable))
    limits: list[TimeLimit] = []
    for quantity in sorted(found, key=lambda q: (q.start, -q.end)):
        if limits and quantity.start < limits[-1].end:
            continue
        if quantity.kind in ("duration", "deadline", "date", "clock") and (span := _limit(readable, quantity)):
            masked = readable[quantity.start : quantity.end] != text[quantity.start : quantity.end]
            lasting = quantity.kind == "duration" and not masked
            limits.append(TimeLimit(*span, quantity.high if lasting else None))
    return limits


def _limit(text: str, quantity: Quantity) -> tuple[int, int] | None:
    """Return the span with its 预计… and …内, or None if the words around make it something else."""
    before = _ends().split(text[max(0, quantity.start - _REACH) : quantity.start])[-1]
    after = _ends().split(text[quantity.end : quantity.end + _REACH])[0]
    lead = _lead().search(before)
    tail = _tail().match(after)
    start = quantity.start - (len(lead[0]) if lead else 0)
    end = quantity.end + (tail.end() if tail else 0)
    head = before[: lead.start()] if lead else before
    rest = after[tail.end() :] if tail else after
    if _excused_before().search(head) or _excused_after().match(rest) or _excused_beside().search(f"{head}|{rest}"):
        return None
    accepts = _accepts_duration if quantity.kind == "duration" else _accepts_point
    accepted = accepts(quantity, head, rest, lead[0] if lead else "", tail[0] if tail else "")
    return (start, end) if accepted else None


def _accepts_duration(quantity: Quantity, head: str, rest: str, lead: str, tail: str) -> bool:
    if _past_duration_before().search(head) or _past_duration_after().match(tail + rest):
        return False
    within = "内" in tail
    if within:
        return not (_policy().match(rest) or _before_policy().search(head))
    if _step().search(head) or _period_of().search(head + "|") or _a_thing().match(rest):
        return False
    if quantity.unit == "workday" or lead:
        return quantity.high < 300 * DAY
    return bool(_settles().match(rest)) and (quantity.high >= 60 or "后" in tail)


def _accepts_point(quantity: Quantity, head: str, rest: str, lead: str, tail: str) -> bool:
    if quantity.kind == "date" and _is_past(quantity):
        return False
    if _past().search(f"{head}|{rest}") and not _changed().search(head):
        return False
    bounded = quantity.text.endswith(("前", "内")) or bool(tail and "前" in tail)
    if bounded or lead:
        return not _policy().match(rest)
    return bool(_acts().search(rest) or _changed().search(head) or _settles().match(rest))


def _is_past(quantity: Quantity) -> bool:
    return quantity.low < 0 or quantity.text.startswith(("上", "昨", "前", "大前"))


def _compile(source: str) -> re.Pattern[str]:
    return re.compile(source, re.ASCII)


@cache
def _masks() -> re.Pattern[str]:
    """Numbers hidden by whoever took the personal data out: [数字x]小时, xx个工作日."""
    return _compile(r"\[(?:数字|number)[a-z]?\]|(?<![a-z0-9])(?:x{1,2}|\*{1,2})(?=个?(?:工作日|小时|分钟|天|周))")


@cache
def _ends() -> re.Pattern[str]:
    return _compile(r"(?<!\d),|,(?!\d)|[。;!?？！；…\n]")


@cache
def _lead() -> re.Pattern[str]:
    words = (
        "预计|预估|估计|估摸着?|大概|大约|差不多|最迟|最晚|最快|最慢|最多|至多|顶多|一般|通常|正常|不超过|不出|再有|再过|还要|还需要?"
        "|还得|需要|约需|需|约|也就|将|会|于|在|到|是|要|等|的话|情况下|都|就是|就|应该|可能"
    )
    strong = "预计|预估|估计|估摸|大概|大约|差不多|最迟|最晚|最快|最慢|最多|至多|顶多|一般|通常|正常|不超过|不出|再有|再过|还要|还需|还得|约需"
    return _compile(rf"(?:{strong})(?:{words}){{0,4}} ?$")


@cache
def _tail() -> re.Pattern[str]:
    return _compile(
        "(?:的?(?:时间|样子))?(?:左右|上下)?的?(?:之内|以内|内(?!存|容|部|衣)|之后|以后|后(?!台|天|续|面)|之前|以前|前(?=[^天台]|$))?"
    )


@cache
def _excused_before() -> re.Pattern[str]:
    """What comes before and makes the time the customer's own, a condition, a habit or a contract."""
    return _compile(
        "(?:请|麻烦|烦请|劳烦|辛苦|务必|记得|建议|提醒)(?!.*(?:耐心|等|保持|留意|注意|放心|谅解)).{0,12}$"
        "|您(?:可以|可|就|要|得|需要?|需|必须|能|们|先|提前|自己)?(?:再|等)?(?:在|于)?$"
        "|如果|要是|若|假如|逾期|超过?了?$|超出|没?满了?$|不足$|未满|不到$|第$|每(?:天|周|日|月|年|晚|逢)?.{0,3}$|营业|工作时间|服务时间|上班|客服时间"
        "|合同|合约|租期|质保|保修|保质|联保|有效|延保|账期|无法|没法|不能|不一定|不保证|近$|最近$|过去$|连续$|距|才$|刚|起$|自从|从.{0,8}$|截止到?$"
    )


@cache
def _excused_after() -> re.Pattern[str]:
    return _compile(
        "(?:就|也|都|还|又|可能|一般|估计|恐怕|肯定)?(?:是)?(?:不一定|没法|无法|不能|不会|不行|来不及|没有|没空|不在|不上班|不发|不送)"
        "|想|(?:有|还有)(?:空|时间|空档)|方便|您(?:想|要|在|有|看|还|方便|带)|(?:不)?(?:上班|休息|营业|打烊|值班|开门|轮休|放假)|(?:的|是)?您的|的课|怎么|什么|哪"
        "|(?:无理由|免费|有效|质保|保修|保质|包换|包退|联保|三包|为期|年度|零息)"
    )


@cache
def _excused_beside() -> re.Pattern[str]:
    return _compile(
        r"\|.{0,12}(?:不了|不到(?!\d)|不成)|\|.{0,14}(?:吗|么|没)$|保留|有效期|无理由|免息|\|.{0,6}(?:别|不要|不可|禁止|避免|勿)|空档|有空|延到|休息|在线$|\|.{0,10}(?:用完|食用|饮用)"
    )


@cache
def _past_duration_before() -> re.Pattern[str]:
    return _compile(
        "已经?(?:有|过)?$|(?:等|盼|拖|用|修|住|超|过|催|干|练|做|拍|买|花|跑|隔|卡|晚|迟|早|提前|保留?|延|赠|送|加)了?(?:您|我|我们|整整|快|都)?$|这$|那$|头$|前$|上$|了(?:有|快)?$"
    )


@cache
def _past_duration_after() -> re.Pattern[str]:
    return _compile("之?以?前(?!.{0,6}(?:给|会|送|完成))|了|以来|没|多了|里|期|试用|套餐|费|租|的(?!时间|样子|话|$|哈|哦|呢|呀)")


@cache
def _policy() -> re.Pattern[str]:
    """What the customer may do or must not miss within the time."""
    own = "申请|取消|联系(?:我们|客服|我)|提交|寄回|激活|使用|领取|续费|下单|付款|支付|付清|缴|交费|补齐|反馈给|告知我|回复(?!您|给您)(?=$|我|即|本|“)"
    may = "可以?|都|均|支持|享受?|包|无理由|免费|如|若|未|没|不满意|有任?何?问题|出现|发现|您|还能|还可以"
    return _compile(
        rf"(?:就|也|都|均|还)?(?:{may})?(?:{own})"
        rf"|(?:{may}).{{0,10}}(?:退(?!款到|到)|换|维?修|取消|改|撤|协商|差价|价保|使用|免|有效|找我)(?!.{{0,4}}(?:给您|到账))|(?:退货|换货|退换)(?!款)|有效|(?:均|都)?(?:可|可以)$"
        r"|别|不要|不可|勿|避免|用完|保质"
    )


@cache
def _before_policy() -> re.Pattern[str]:
    return _compile("(?:签收|购买|激活|拆封|开封|开通|下单)(?:之日|日|商品|后|起|之后|当日){0,3}(?:的|起)?$|(?:请|需|须|务必|您)(?:于|在)?$|(?:^|[^今])后(?:的)?$(?<!件后的)(?<!料后的)(?<!款到后)")


@cache
def _step() -> re.Pattern[str]:
    verbs = "按|长按|按住|按压|等|等待|稍等|等上|等个|泡|浸泡|关机|断电|静置|充电?|晾|敷|烤|蒸|煮|晒|歇|坐|缓|停|搁|放|冷却|预热|握住|闪烁|容我|给我|占您|耽误您|用您|占用您"
    return _compile(rf"(?:{verbs})(?:着|个|上|够|满|至少|大概|大约|约)?$")


@cache
def _period_of() -> re.Pattern[str]:
    return _compile(r"(?:一段|签|租|买|充|订|存|交|多保|多送|期限|为期|时长|学制|分期|套餐|整机|电机)了?\|")


@cache
def _a_thing() -> re.Pattern[str]:
    return _compile("的(?!时间|样子|话|$|哈|哦|呢|呀|吧)")


@cache
def _settles() -> re.Pattern[str]:
    """What follows a bare time that settles something: 三天到账, 七点就来."""
    return _compile("[ ]?(?:就|会|才|可以|能|即可|都)?(?:会|可以|能|可)?(?:给您|为您|帮您)?(?:到账|到货|到(?!店|期)|送达|送到|完成|处理完|出结果|回复|答复|回电|上门|发货|发出|退回|修好|恢复|解决|给您|为您|生效|好(?:$|[的了哈]))|(?:就|会)(?:来|有|能|好|可以)")


@cache
def _acts() -> re.Pattern[str]:
    """What the company does or what then is so, after a point in time."""
    return _compile(
        "给您|为您|帮您|送|派|发(?!票)|寄|到账|到货|入账|到您|到(?:$|[的哈哦呢了楼手达家])|回(?:复|您|电|访|拨|信)|打(?:给|电话)|联系您|上门|来(?!提|拿|取|得及|电|说)|取件|安排|处理|解决|恢复|完成|修|安?装"
        "|补(?:发|寄|上)|退|开(?:好|出|具|通)|出(?:结果|具|库|厂|货|片)|答复|反馈|通知|告知|更新|刷新|生效|审核|交付|能交|搞定|弄好|办[好妥完]|好(?:$|[的哈])|有(?:结果|着落|消息|师傅|人)"
        "|递|跟进|查(?:清|明)|上线|敲打|修复|结束|(?:可以?|能)(?:用|看|收到)|就(?:来|到|有|能|好)|到位|准信|说法|联系哈?$|下载"
    )


@cache
def _past() -> re.Pattern[str]:
    return _compile(r"已经?|刚|\|.{0,10}了(?:$|[的呢哈哦])(?<!好了)|\|[^会就]{0,4}(?:更新的|提交的|开具的|下单|签收的|买的|来的)|昨|上次|上回|当时|之前|生日")


@cache
def _changed() -> re.Pattern[str]:
    """A new time that was just agreed: 已经给您改到周六下午."""
    return _compile("(?:改到?|约|安排|定|调整?|延期?|排|推|提前)(?:在|到|成|至|好了?|为)$")
