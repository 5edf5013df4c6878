"""Build the compiled matcher into the package; where there is no compiler, cscheck works without it, only slower."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = ("native/kernel.c", "native/program.c", "native/learned.c")
HEADER = "native/kernel.h"
MODULE = "cscheck.patterns._kernel"


class KernelHook(BuildHookInterface):
    """Compile ``native/`` beside the code that uses it, for a wheel and for an editable install alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and make the wheel one for this platform."""
        if self.target_name != "wheel":
            return
        target = Path(self.root, *MODULE.split(".")).with_suffix(sysconfig.get_config_var("EXT_SUFFIX") or ".so")
        try:
            build(Path(self.root), target)
        except Exception as problem:  # whatever a compiler can do wrong, the package is complete without it
            print(f"cscheck: the compiled matcher was left out: {problem}", file=sys.stderr)
            target.unlink(missing_ok=True)
            return
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["artifacts"].append(target.relative_to(self.root).as_posix())


def build(root: Path, target: Path) -> None:
    """Compile the extension module to a file; raises what the compiler's driver raises."""
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext

    sources, header = [str(root / source) for source in SOURCES], str(root / HEADER)
    # A multiplication and an addition put into one would round otherwise than Python does.
    arguments = [] if sys.platform == "win32" else ["-ffp-contract=off"]
    extension = Extension(MODULE, sources, depends=[header], extra_compile_args=arguments)
    distribution = Distribution({"ext_modules": [extension]})
    command = build_ext(distribution)
    command.build_lib = command.build_temp = str(root / "build")
    command.ensure_finalized()
    command.run()
    built = Path(command.get_ext_fullpath(MODULE))
    # A running cscheck may have the old one mapped.
    target.unlink(missing_ok=True)
    target.write_bytes(built.read_bytes())
