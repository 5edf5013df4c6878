"""Make docs/terminal.svg: what ``cscheck check`` prints on one of the examples, in colour, drawn by rich."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parent.parent
WIDTH = 96


def main() -> None:
    """Run the command as its user would, and draw what it prints."""
    command = ["check", "examples/transcripts/complaint-bad.txt", "--width", str(WIDTH)]
    environment = {**os.environ, "FORCE_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "cscheck", *command], cwd=ROOT, env=environment, capture_output=True, check=False
    )
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True, legacy_windows=False)
    console.print(Text("$ cscheck " + " ".join(command[:2]), style="bold"))
    for line in done.stdout.decode("utf-8").splitlines():
        text = Text.from_ansi(line)
        # Some viewers drop blanks at the start of a run, so the indent is a run of its own.
        indent = len(text.plain) - len(text.plain.lstrip())
        console.print(Text(" " * indent) + text[indent:], soft_wrap=True)
    drawn = console.export_svg(title="cscheck", unique_id="cscheck")
    # No font is fetched from elsewhere: whoever looks at it has one of their own.
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r'textLength="([\d.]+)"([^>]*)>([^<]*)<', _as_wide_as_its_cells, drawn)
    drawn = drawn.replace("Fira Code, monospace", "Noto Sans Mono CJK SC, Sarasa Mono SC, Menlo, Consolas, monospace")
    (ROOT / "docs" / "terminal.svg").write_text(drawn, encoding="utf-8")


def _as_wide_as_its_cells(found: re.Match[str]) -> str:
    """Give a run of text the width of its cells: rich counts characters, and ours take two cells."""
    text = html.unescape(found[3])
    width = float(found[1]) / max(1, len(text)) * cell_len(text)
    return f'lengthAdjust="spacingAndGlyphs" textLength="{width:.1f}"{found[2]}>{found[3]}<'


if __name__ == "__main__":
    main()
