"""Which encoding a file is in: found from its bytes, or an error; never a silent guess."""

from __future__ import annotations

import codecs
import re
import unicodedata

from cscheck.errors import Place, SourceError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_STRANGE = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CANDIDATES = ("gb18030", "big5", "utf-16-le", "utf-16-be")
# A reading must be this Chinese, and this much more so than the next best.
_PLAUSIBLE, _MARGIN, _CERTAIN = 0.62, 0.1, 0.9
# The characters that make up most of any Chinese text, and of service talk; then their traditional forms.
_FREQUENT = frozenset(
    "一是人了不在有大中国和为这上他个地年来我会以到时要出的生学说道民家子也成行下们于后就发自之对得主长可过天作分方用多你着部能"
    "市等业全里工公经本都而高政法面门动日进区事代那去心小同北定开产前其军还然起种所如现理机体表力好外与文当两实重新三么只山水关"
    "明化平建又制南内没此将员名手最头者月间无安看见各城十相但已些正口通想度加第合物性位常点海意场次使二向因立数样情入原问把路被"
    "并利教万知级量任江及应省资务元美特期世系比气总展电科金先声提品设或四首共马形题再五接条式它改风信受什组听布论强做取真却号件"
    "花类何空带单每即商步认车求收考叫近备非连调感转笑该让拉思根际单客服您请谢退换货款订购买卖快递付费价钱卡联核查询帮处理解决"
    "图片办稍候等麻烦欢迎满喂哦呢吗吧啊呀嗯亲抱歉歉意稍售后登录注册账户密码验证额度充值话联系微付补发差评申投诉反馈优惠券早晚见慢"
    "這個們來說時為國會對發後過還開間電話請問謝謝單員費錢網貨買賣訂購顧務嗎麼樣沒給讓幫處經點題從當應該與開關門號碼帳戶確認歡迎"
    "您好，。！？：；、“”‘’（）《》【】…—～·「」『』１２３４５６７８９０　￥"
)


def detect(head: bytes, path: str, *, whole: bool, given: str | None = None) -> str:
    """Give the codec of a file that starts with ``head``, or raise when it cannot be told."""
    if given:
        return _given(given, path)
    for bom, name in _BOMS:
        if head.startswith(bom) and _decode(head, name, whole=whole) is not None:
            return name
    text = _decode(head, "utf-8", whole=whole)
    if text is not None and not _binary(text):
        return "gb18030" if _is_gbk_after_all(head, text, whole=whole) else "utf-8"
    scores = sorted(((_score(head, name, whole=whole), name) for name in _CANDIDATES), reverse=True)
    (best, name), (second, _) = scores[0], scores[1]
    if best >= _PLAUSIBLE and best - second >= _MARGIN:
        return name
    raise SourceError(
        "无法判断文件的编码，或它不是文本文件；请用 --encoding 指定。",
        Place(path),
        allowed="utf-8、gb18030、big5、utf-16",
    )


def _is_gbk_after_all(head: bytes, text: str, *, whole: bool) -> bool:
    """Catch the few Chinese words, 谢谢 among them, whose bytes are two-byte letters of UTF-8 too."""
    foreign = not any(char > "\u07ff" for char in text) and any(char > "\x7f" for char in text)
    return foreign and _score(head, "gb18030", whole=whole) >= _CERTAIN


def decode_head(head: bytes, name: str) -> str:
    """Decode the first bytes for a look at them, whatever is broken in them."""
    decoder = codecs.getincrementaldecoder(name)(errors="replace")
    return decoder.decode(head).removeprefix("\ufeff")


def _given(name: str, path: str) -> str:
    try:
        str(b"", name)
        "".encode(name)
        codecs.getincrementaldecoder(name)
        return codecs.lookup(name).name
    except LookupError:
        raise SourceError(
            f"不认识编码“{name}”。", Place(path), allowed="utf-8、gb18030、gbk、big5、utf-16 等"
        ) from None


def _decode(head: bytes, name: str, *, whole: bool) -> str | None:
    try:
        return codecs.getincrementaldecoder(name)().decode(head, final=whole)
    except UnicodeDecodeError:
        return None


def _binary(text: str) -> bool:
    return len(_STRANGE.findall(text)) * 20 > len(text)


def _score(head: bytes, name: str, *, whole: bool) -> float:
    text = _decode(head, name, whole=whole)
    if not text or _binary(text):
        return 0.0
    weights = [_weight(char, name) for char in text if char > "\x7f"]
    if not weights:
        # Only ASCII is left: that is UTF-16, whose zero bytes no other reading explains.
        return 1.0 if name.startswith("utf-16") else 0.0
    return sum(weights) / len(weights)


def _weight(char: str, name: str) -> float:
    if char in _FREQUENT:
        return 1.0
    if unicodedata.category(char) in ("Co", "Cn", "Cc"):
        return -1.0
    traditional = _lead(char, "big5", 0xA4, 0xC6)
    if name == "big5":
        return 0.7 if traditional else 0.0
    if _lead(char, "gb2312", 0xB0, 0xD7):
        return 0.7
    return 0.5 if traditional or _lead(char, "gb2312", 0xD8, 0xF7) or char > "\uffff" else 0.0


def _lead(char: str, charset: str, low: int, high: int) -> bool:
    """Tell whether the charset holds the character, in the rows where it keeps the common ones."""
    try:
        raw = char.encode(charset)
    except UnicodeEncodeError:
        return False
    return len(raw) == 2 and low <= raw[0] <= high
