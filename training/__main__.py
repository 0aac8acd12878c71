"""Everything in order: prepare, train, convert, measure, describe.

`python -m training --work FOLDER --date 2026-01-31` (or `make model`)

Each station is a program of its own and can be run alone; what is prepared is not made again, and training goes on
where it was, until its minutes are over.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

MODEL = Path("src/limitedtimes/models/many-en")


def station(name: str, *arguments: str | Path) -> None:
    """Run one station in a process of its own, so that each starts with all of the memory."""
    subprocess.run([sys.executable, "-m", f"training.{name}", *map(str, arguments)], check=True)


def main() -> None:
    """Make the model in `--model` from the corpora."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder for data and checkpoints, outside the project")
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--minutes", type=float, default=95.0)
    parser.add_argument("--start", type=Path, help="folder of a finished model whose weights to begin with")
    parser.add_argument("--date", required=True, help="the day of the training, for the card")
    args = parser.parse_args()
    scores, unsure = args.work / "scores.json", args.work / "unsure.json"
    if not (args.work / "prepared.json").exists():
        station("prepare", "--work", args.work)
    start = ("--start", args.start) if args.start else ()
    station("train", "--work", args.work, "--minutes", str(args.minutes), *start)
    station("convert", "--work", args.work, "--out", args.model, *start)
    described = ("--work", args.work, "--model", args.model, "--date", args.date)
    station("card", *described)  # the engine reads it, so it must be there to be measured
    station("unsure", "--model", args.model, "--out", unsure)
    described += ("--unsure", unsure)
    station("card", *described)  # the checks go by it
    station("evaluate", "--model", args.model, "--scores", scores)
    station("card", *described, "--scores", scores, "--curve", Path(__file__).parent / "curve.svg")


if __name__ == "__main__":
    main()
