"""The manual says what the code does: reference in step, tutorial runs, links lead somewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from reference import REFERENCE, reference

from limitedtimes.cli import main

ROOT = REFERENCE.parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_the_reference_is_what_the_code_says() -> None:
    assert REFERENCE.read_text(encoding="utf-8") == reference(), "run: python tests/docs/reference.py"


def test_the_tutorial_runs_and_prints_what_it_shows(tmp_path: Path) -> None:
    """Every block marked ``sh`` is run, in order, in one shell; a block marked ``output`` must be part of what came."""
    text = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    steps = re.findall(r"^```(sh|output)\n(.*?)^```", text, re.M | re.S)
    assert len(steps) >= 6
    environment = dict(os.environ, PATH=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    environment = {name: value for name, value in environment.items() if not name.startswith("LIMITEDTIMES_")}
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    printed = ""
    for kind, block in steps:
        if kind == "sh":
            done = subprocess.run(
                ["sh", "-euc", block], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300
            )
            assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
            printed = done.stdout + done.stderr
        else:
            for line in block.strip().splitlines():
                assert line.strip() in printed, f"{line!r} is not in what was printed:\n{printed}"


@pytest.mark.usefixtures("own_edition")
def test_the_python_of_the_article_format_reads_an_edition(capsys: pytest.CaptureFixture[str]) -> None:
    Path("limitedtimes.toml").write_text('contact = "https://paper.example"\n', encoding="utf-8")
    assert main(["gather", "--pages", str(ROOT / "docs" / "sample")]) == 0
    capsys.readouterr()
    text = (ROOT / "docs" / "article-format.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"^```python\n(.*?)^```", text, re.M | re.S)
    exec(compile(program, "article-format.md", "exec"), {})
    assert "0 pseudo/1 Stadt eröffnet neue Brücke über den Fluss → S̈tadt" in capsys.readouterr().out


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (document.parent / target).exists(), f"{document.name}: {target} is not there"
