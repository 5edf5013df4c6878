"""What figures were measured on."""

from __future__ import annotations

import os
import platform
import sysconfig
from importlib import metadata
from pathlib import Path
from typing import Any

from cscheck import __version__


def machine() -> dict[str, Any]:
    """Give the machine, and the versions of what is measured."""
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        # An optimised build runs jieba, which is pure Python, faster by a fifth.
        "python_optimised": "--enable-optimizations" in str(sysconfig.get_config_var("CONFIG_ARGS")),
        "jieba": metadata.version("jieba"),
        "cscheck": __version__,
    }


def headline(found: dict[str, Any]) -> str:
    """Give the machine on one line."""
    build = "optimised" if found["python_optimised"] else "plain build"
    return (
        f"{found['cpu']}, {found['cores']} cores, {found['system']} · {found['python']} ({build}) · "
        f"jieba {found['jieba']} · cscheck {found['cscheck']}"
    )


def _cpu() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or "unknown processor"
