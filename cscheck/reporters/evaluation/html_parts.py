"""Pieces of the page: escaped text, marked text, tables, style, and the filter's script."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from cscheck.conversation import Span
from cscheck.display import cells

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)
STYLE = """
:root{color-scheme:light dark;--line:#d0d7de;--quiet:#57606a;--false:#fff1b8;--missed:#ffd7d5;--ink:#1f2328;--page:#fff}
@media(prefers-color-scheme:dark){
:root{--line:#3d444d;--quiet:#9198a1;--false:#5a4a00;--missed:#6e2a2a;--ink:#e6edf3;--page:#0d1117}}
body{font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;
color:var(--ink);background:var(--page)}
table{border-collapse:collapse;margin:.5rem 0 1.5rem}
.wide{overflow-x:auto}
th,td{padding:.2rem .7rem;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}
th:first-child,td:first-child{text-align:left}
th{color:var(--quiet);font-weight:normal}
tr.total td{font-weight:bold}
article{border:1px solid var(--line);border-radius:6px;padding:.5rem .8rem;margin:.6rem 0}
article p{margin:.15rem 0;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate}
.quiet{color:var(--quiet);font-size:.9em}
mark{color:inherit;background:var(--false)}
.missed mark{background:var(--missed)}
label{margin-right:1rem}
"""
SCRIPT = """
for (const part of document.querySelectorAll("section[data-filter]")) {
  const pick = part.querySelectorAll("select");
  const show = () => {
    let shown = 0;
    for (const one of part.querySelectorAll("article")) {
      one.hidden = ![...pick].every(box => !box.value || one.dataset[box.name] === box.value);
      shown += one.hidden ? 0 : 1;
    }
    part.querySelector("output").value = shown;
  };
  for (const box of pick) box.addEventListener("change", show);
}
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: Sequence[str]
    is_total: bool = False


def safe(text: str) -> str:
    """Give text for the page: escaped, and with nothing invisible in it."""
    return html.escape("".join(cell.text for cell in cells(text)))


def marked(text: str, spans: Iterable[Span]) -> str:
    """Give a text with the words of the spans marked."""
    wanted = list(spans)
    pieces = []
    runs = groupby(cells(text), key=lambda cell: any(span.start <= cell.place < span.end for span in wanted))
    for is_marked, run in runs:
        words = html.escape("".join(cell.text for cell in run))
        pieces.append(f"<mark>{words}</mark>" if is_marked else words)
    return "".join(pieces)


def table(caption: str, header: Sequence[str], rows: Iterable[Row]) -> str:
    """Give a table under its heading."""
    head = "".join(f"<th>{safe(cell)}</th>" for cell in header)
    lines = [f"<h2>{safe(caption)}</h2>", '<div class="wide"><table>']
    if any(header):
        lines.append(f"<tr>{head}</tr>")
    for row in rows:
        body = "".join(f"<td>{safe(cell)}</td>" for cell in row.cells)
        lines.append(f'<tr class="total">{body}</tr>' if row.is_total else f"<tr>{body}</tr>")
    lines.append("</table></div>")
    return "\n".join(lines) + "\n"


def filters(boxes: Sequence[tuple[str, str, Sequence[tuple[str, str]]]], total: int, every: str) -> str:
    """Give select boxes (a name, a label, values with their titles) over the articles of a section."""
    parts = []
    for name, label, values in boxes:
        choices = "".join(f'<option value="{safe(value)}">{safe(title)}</option>' for value, title in values)
        parts.append(
            f'<label>{safe(label)} <select name="{safe(name)}"><option value="">{safe(every)}</option>{choices}'
            "</select></label>"
        )
    return "<p>" + "".join(parts) + f"<output>{total}</output></p>\n"
