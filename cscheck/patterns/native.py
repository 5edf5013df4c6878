"""The compiled part (``native/``), where it was built; ``CSCHECK_PURE=1`` leaves it out."""

from __future__ import annotations

import functools
import importlib
import os
from typing import Any


@functools.cache
def _module() -> Any | None:  # noqa: ANN401 (a C module)
    try:
        return importlib.import_module("cscheck.patterns._kernel")
    except ImportError:
        return None


def kernel() -> Any | None:  # noqa: ANN401 (a C module)
    """Give the compiled module, None where there is none or it is not wanted."""
    return None if os.environ.get("CSCHECK_PURE") else _module()
