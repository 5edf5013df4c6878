"""Run the command line with ``python -m cscheck``."""

from cscheck.cli import main

if __name__ == "__main__":
    main()
