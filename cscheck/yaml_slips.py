"""Say what is wrong with a YAML file as its writer would: the parser's own words speak of tokens."""

from __future__ import annotations

import re

_FULL_WIDTH_COLON = re.compile(r"^\s*(?:-\s+)?[A-Za-z][\w-]*：")
_NO_SPACE = re.compile(r"^\s*(?:-\s+)?[A-Za-z][\w-]*:[^\s/:]")
_SAID = (
    ("cannot start any token", "这里的符号不能开头", "含有 { [ # : % @ ` 等符号的句式要用半角引号括起来"),
    ("mapping values are not allowed", "这里多了一个冒号，或者缩进与上一行不齐", "含有冒号的文字要用半角引号括起来"),
    ("did not find expected '-'", "列表的各项没有对齐", "每一项以“- ”开头，左边对齐"),
    ("could not find expected ':'", "缺少半角冒号，或者上面有引号没有闭合", "字段写成“名字: 内容”"),
    ("did not find expected key", "缩进不齐，或者上面有引号、括号没有闭合", "同一层的字段左边对齐"),
    ("did not find expected ',' or ']'", "方括号没有闭合，或各项之间缺少半角逗号", "[甲, 乙]"),
    ("did not find expected ',' or '}'", "花括号没有闭合，或各项之间缺少半角逗号", "{名字: 内容, 名字: 内容}"),
    ("unexpected end of stream", "文件到头了，引号或括号还没有闭合", ""),
    ("unknown escape character", "双引号里的反斜杠要写两个，或者改用单引号", ""),
    ("undefined alias", "以 * 开头的文字要用半角引号括起来", ""),
)


def yaml_slip(text: str, problem: str, line: int | None) -> tuple[str, str, int | None]:
    """Give the message, what is allowed, and a better line where the parser stumbled only later."""
    lines = text.splitlines()
    for number in range(max(1, (line or 1) - 3), min(len(lines), line or 1) + 1):
        written = lines[number - 1]
        if "\t" in written[: len(written) - len(written.lstrip())]:
            return "用了制表符", "缩进请用空格", number
        if _FULL_WIDTH_COLON.match(written):
            return "字段名后面的冒号是全角的", "用半角冒号，后面空一格", number
        if _NO_SPACE.match(written):
            return "字段名的冒号后面缺少空格", "用半角冒号，后面空一格", number
    for sign, message, hint in _SAID:
        if sign in problem:
            return message, hint, None
    return problem, "含有 { [ # : 等符号的句式要用引号括起来", None
