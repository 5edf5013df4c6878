"""What ships is the wheel: it holds the packs and works where the checkout is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_wheel_holds_the_packs_and_works(tmp_path: Path) -> None:
    """Unpacked away from the checkout, the wheel checks a transcript with its own packs."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    assert (site / "cscheck/rules/core/pack.yaml").is_file()
    assert (site / "cscheck/labels/said/t1.jsonl").is_file()
    assert (site / "cscheck/text/traditional.txt").is_file()
    (tmp_path / "chat.txt").write_text("客户：有货吗\n客服：这个我不知道\n", encoding="utf-8")
    code = (
        "import sys, cscheck; sys.argv[0] = 'cscheck'\n"
        f"assert cscheck.__file__.startswith({str(site)!r}), cscheck.__file__\n"
        "from cscheck.cli import main; main()"
    )
    environment = {**os.environ, "PYTHONPATH": str(site)}
    command = [sys.executable, "-c", code, "check", "--format", "json", "chat.txt"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert done.returncode == 1, done.stderr.decode()
    assert "forbidden-negative" in {finding["category"] for finding in json.loads(done.stdout)["findings"]}
