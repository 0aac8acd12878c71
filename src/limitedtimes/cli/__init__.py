"""The command line and composition root: the only place that names a concrete engine, store or runner.

Exit codes: 0 done, 1 failed, 2 wrong usage. A user's mistake is one line on standard error, never a traceback.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from limitedtimes.cli.parser import parse
from limitedtimes.errors import ConfigError, LimitedTimesError

DONE, FAILED, WRONG_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code."""
    options = parse(arguments)
    try:
        code = int(options.command(options))
        sys.stdout.flush()  # here, so that a reader who is gone is noticed below and not at exit
        return code
    except ConfigError as error:
        return _complain(error, WRONG_USAGE)
    except LimitedTimesError as error:
        return _complain(error, FAILED)
    except KeyboardInterrupt:
        return _complain("interrupted", FAILED)
    except BrokenPipeError:
        # The reader of our output (`| head`) has seen enough. Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def _complain(error: object, code: int) -> int:
    print(f"limitedtimes: {error}", file=sys.stderr)
    return code
