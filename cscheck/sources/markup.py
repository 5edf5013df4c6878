"""Text out of HTML bodies, with the line breaks a reader would see."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BREAKS = {"br", "p", "div", "li", "tr", "blockquote", "h1", "h2", "h3", "h4", "ul", "ol", "table"}
_SILENT = {"script", "style", "head", "title"}
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]+);")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self.parts.append("\n")
        self.silent += tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS and tag != "br":
            self.parts.append("\n")
        self.silent = max(0, self.silent - (tag in _SILENT))

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(re.sub(r"[ \t\r\n]+", " ", data))


def plain(body: str) -> str:
    """Give the text of an HTML body; a body without tags and entities comes back as it is."""
    if not _TAG.search(body):
        return body
    reader = _Reader()
    reader.feed(body)
    reader.close()
    text = "".join(reader.parts).replace("\xa0", " ")
    return re.sub(r" *\n[ \n]*", "\n", text).strip()
