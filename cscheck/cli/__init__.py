"""The command line."""

import gc
import sys

from cscheck import __version__


def main() -> None:
    """Run the command line; which version this is, is told before anything else is imported."""
    if sys.argv[1:] == ["--version"]:
        print(f"cscheck {__version__}")
        return
    # What is made at the start stays to the end: to look through it again and again, and once more before leaving,
    # takes longer than a draft.
    gc.disable()
    from cscheck.cli.commands import program

    try:
        program.main(prog_name="cscheck")
    finally:
        gc.freeze()
