"""``python -m limitedtimes``."""

import sys

from limitedtimes.cli import main

if __name__ == "__main__":
    sys.exit(main())
