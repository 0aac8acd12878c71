"""``python -m limitedtimes``, and the ``limitedtimes`` command."""

import sys


def start() -> int:
    """Run the command line; Ctrl-C while it is still being loaded is one line too."""
    try:
        from limitedtimes.cli import main

        return main()
    except KeyboardInterrupt:
        print("limitedtimes: interrupted", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(start())
