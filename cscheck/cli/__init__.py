"""The command line."""

import sys

from cscheck import __version__


def main() -> None:
    """Run the command line; which version this is, is told before anything else is imported."""
    if sys.argv[1:] == ["--version"]:
        print(f"cscheck {__version__}")
        return
    from cscheck.cli.commands import program

    program.main(prog_name="cscheck")
