"""Known findings, kept in a file, so that a run shows only what is new.

    {"version": 1, "entries": [{"fingerprint": "…", "rule": "…", "path": "…", "conversation": "…", "text": "…",
     "count": 1}]}

A fingerprint holds when turns are put in or taken out; ``count`` is how often it may occur.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cscheck.errors import ConfigError, Place
from cscheck.finding import Finding

# A baseline lies about in repositories: no identity, card or phone number in it.
_LONG_NUMBER = re.compile(r"\d[\d -]{5,}[\dxX]")
VERSION = 1


class Baseline:
    """Known fingerprints; each hides so many findings of one run."""

    def __init__(self, known: Counter[str] | None = None) -> None:
        self._left = Counter(known)

    def new(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Give the findings that are not known, and count the known ones as met."""
        found: list[Finding] = []
        for finding in findings:
            if self._left[finding.fingerprint] > 0:
                self._left[finding.fingerprint] -= 1
            else:
                found.append(finding)
        return tuple(found)


def load(path: Path) -> Baseline:
    """Read a baseline file; raises ConfigError."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError("找不到基线文件；先用 --update-baseline 生成", Place(str(path))) from None
    except OSError as error:
        raise ConfigError(f"读不了基线文件：{error.strerror}", Place(str(path))) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise ConfigError("基线文件不是 UTF-8 的 JSON", Place(str(path))) from error
    except json.JSONDecodeError as error:
        raise ConfigError(
            f"基线文件的 JSON 写法有误：{error.msg}", Place(str(path), error.lineno, error.colno)
        ) from error
    if not isinstance(data, dict) or not isinstance(data.get("entries"), list):
        raise ConfigError("这不是基线文件：缺少 entries", Place(str(path)))
    if data.get("version") != VERSION:
        raise ConfigError(f"基线文件的版本是 {data.get('version')}，这里只认 {VERSION}", Place(str(path)))
    known: Counter[str] = Counter()
    for number, entry in enumerate(data["entries"], 1):
        fingerprint, count = _entry(entry)
        if fingerprint is None:
            raise ConfigError(f"entries 第 {number} 项不完整：要有 fingerprint 和 count", Place(str(path)))
        known[fingerprint] += count
    return Baseline(known)


def dump(findings: Iterable[Finding], path: Path) -> int:
    """Write a baseline file, and give how many findings it holds; raises ConfigError."""
    entries: dict[str, dict[str, Any]] = {}
    for finding in findings:
        entry = entries.setdefault(
            finding.fingerprint,
            {
                "fingerprint": finding.fingerprint,
                "rule": finding.rule,
                "path": finding.path,
                "conversation": finding.conversation,
                "text": _LONG_NUMBER.sub(lambda number: "*" * (len(number[0]) - 4) + number[0][-4:], finding.text),
                "count": 0,
            },
        )
        entry["count"] += 1
    ordered = sorted(entries.values(), key=lambda e: (e["path"], e["conversation"], e["rule"], e["fingerprint"]))
    # Lone surrogates have no place in UTF-8; ASCII escapes carry them.
    plain = all(entry["text"].isprintable() for entry in ordered)
    text = json.dumps({"version": VERSION, "entries": ordered}, ensure_ascii=not plain, indent=1)
    try:
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"写不了基线文件：{error.strerror}", Place(str(path))) from error
    return sum(entry["count"] for entry in ordered)


def _entry(entry: object) -> tuple[str | None, int]:
    if not isinstance(entry, dict):
        return None, 0
    fingerprint, count = entry.get("fingerprint"), entry.get("count", 1)
    if not isinstance(fingerprint, str) or isinstance(count, bool) or not isinstance(count, int):
        return None, 0
    return fingerprint, count
