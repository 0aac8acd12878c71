"""Writes docs/reference.md from the code: every command and every setting. Run it when either changes."""

from __future__ import annotations

import argparse
import dataclasses
import os
from pathlib import Path

from limitedtimes.cli.parser import build
from limitedtimes.config import PREFIX, Config
from limitedtimes.engines.service import Service

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference.md"

HEAD = """# Reference

Written from the code by `python tests/docs/reference.py`; a test fails when it is out of date.

Exit codes of every command: 0 done, 1 failed, 2 wrong usage. Progress and complaints go to standard error, results to
standard output.

## Commands
"""

SETTINGS = """
## Settings

Set in `limitedtimes.toml` (in the working directory, or where `--config` or `LIMITEDTIMES_CONFIG` says) under the name
in the first column, or in the environment under the second. The environment wins. Paths in the file start at its
folder. In the environment, lists are written with commas, `models` as `de=/models/de,fr=/models/fr`, and others as
TOML: `LIMITEDTIMES_ROUTES='de = ["deepl", "embedded"]'`.

| setting | environment | default | what it does |
| --- | --- | --- | --- |
"""

FOLDERS = {"data": "~/.local/share/limitedtimes", "model_cache": "~/.cache/limitedtimes/models"}

SERVICES = """
### Services

Each is a table `[engines.NAME]`, and NAME is yours to choose. [Operate](operate.md#translation-services) has examples.

| setting | default | what it does |
| --- | --- | --- |
"""


def commands(parser: argparse.ArgumentParser) -> list[str]:
    """The help of every command, in the order of the parser."""
    found = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                found += commands(inner)
    if not found:
        found.append(f"\n### {parser.prog}\n\n```\n{parser.format_help().rstrip()}\n```\n")
    return found


def settings() -> list[str]:
    """One row of the table for each field of Config."""
    rows = []
    for known in dataclasses.fields(Config):
        default = known.default
        if default is dataclasses.MISSING:
            default = FOLDERS.get(known.name, "none")
        shown = f"`{str(default).lower() if isinstance(default, bool) else default}`" if default != "" else "empty"
        rows.append(f"| `{known.name}` | `{PREFIX}{known.name.upper()}` | {shown} | {known.metadata['doc']} |\n")
    return rows


def services() -> list[str]:
    """One row of the table for each field of Service that is a setting."""
    rows = []
    for known in dataclasses.fields(Service):
        if "doc" in known.metadata:
            needed = known.default is dataclasses.MISSING and known.default_factory is dataclasses.MISSING
            shown = "needed" if needed else f"`{known.default}`" if isinstance(known.default, int | float) else "none"
            rows.append(f"| `{known.name}` | {shown} | {known.metadata['doc']} |\n")
    return rows


def reference() -> str:
    """The whole page. The width of the help is fixed, whatever the terminal's is."""
    os.environ["COLUMNS"] = "110"
    return HEAD + "".join([*commands(build()), SETTINGS, *settings(), SERVICES, *services()])


if __name__ == "__main__":
    REFERENCE.write_text(reference(), encoding="utf-8")
