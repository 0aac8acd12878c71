"""``python -m limitedtimes``, and the ``limitedtimes`` command."""

import os
import sys


def start() -> int:
    """Run the command line; Ctrl-C while it is still being loaded is one line too."""
    try:
        from limitedtimes.child import end_all
        from limitedtimes.cli import main
        from limitedtimes.runners.desk import is_at_work

        try:
            code = main()
            if is_at_work():
                # An engine that still computes crashes the interpreter that is taken down around it.
                sys.stdout.flush()
                os._exit(code)
        finally:
            end_all()
        return code
    except KeyboardInterrupt:
        print("limitedtimes: interrupted", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(start())
