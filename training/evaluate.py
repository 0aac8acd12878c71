"""Measure a model as it is used: every set goes through `limitedtimes translate`, with and without its checks.

`python -m training.evaluate --model FOLDER --scores scores.json`

BLEU and chrF are of the engine alone; the facts are counted for both, and so is what the checks refuse to show in
English.
Measuring sets are never learned from, and choose nothing.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sacrebleu

from training import facts
from training.corpora import shared
from training.facts import Sentence
from training.languages import LANGUAGES

SETS = {"flores101_devtest": "flores101_devtest.tsv", "newstest2021": "newstest2021_A.tsv"}


def translated(sources: list[str], language: str, model: Path, *, raw: bool) -> tuple[list[str], str]:
    """The lines in English, by the command itself, and what it says of them at its end."""
    with TemporaryDirectory() as folder:
        served = shutil.copytree(
            model, Path(folder) / "model"
        )  # a copy that serves the language, whatever its card says
        card = (served / "model.toml").read_text(encoding="utf-8")
        languages = f'languages = ["{language}"]'
        (served / "model.toml").write_text(re.sub(r"^languages = .*", languages, card, flags=re.MULTILINE))
        config = Path(folder) / "limitedtimes.toml"
        config.write_text(f'[models]\n{language} = "{served}"\n', encoding="utf-8")
        command = [sys.executable, "-m", "limitedtimes", "--config", str(config), "translate", "--from", language]
        text = "".join(f"{line}\n" for line in sources)
        command += ["--raw"] if raw else []
        done = subprocess.run(command, input=text, capture_output=True, check=True, text=True, encoding="utf-8")
        return done.stdout.removesuffix("\n").split("\n"), done.stderr


def counted(sentences: list[Sentence]) -> dict[str, Any]:
    """What was kept of the facts, and what went wrong with the length."""
    found: dict[str, Any] = {kind: facts.kept(kind, sentences) for kind in facts.KINDS}
    return found | {
        "short": facts.short(sentences),
        "repeats": facts.repeats(sentences),
        "length_ratio": facts.length_ratio(sentences),
    }


def score(sources: list[str], references: list[str], language: str, model: Path) -> dict[str, Any]:
    """Translate one set twice, and compare."""
    raw, _ = translated(sources, language, model, raw=True)
    checked, said = translated(sources, language, model, raw=False)
    refused, doubtful = re.findall(r"(\d+) (?:of \d+ lines could not|are doubtful)", said)
    bleu, chrf = sacrebleu.BLEU(), sacrebleu.CHRF()
    return {
        "sentences": len(sources),
        "bleu": round(bleu.corpus_score(raw, [references]).score, 1),
        "bleu_signature": str(bleu.get_signature()),
        "chrf": round(chrf.corpus_score(raw, [references]).score, 1),
        "chrf_signature": str(chrf.get_signature()),
        "bleu_checked": round(sacrebleu.BLEU().corpus_score(checked, [references]).score, 1),
        "raw": counted(list(zip(sources, references, raw, strict=True))),
        "refused": int(refused),
        "doubtful": int(doubtful),
        "checked": counted([both for both in zip(sources, references, checked, strict=True) if both[0] != both[2]]),
        "examples": [list(both) for both in zip(sources, references, raw, strict=True)],
    }


def read_set(path: Path) -> tuple[list[str], list[str]]:
    """Sources and references of one measuring set."""
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return [line[0] for line in lines], [line[1] for line in lines]


def main() -> None:
    """Print the scores of each set, and keep them with the translations for `card.py`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--scores", type=Path, help="where to keep scores and translations, as JSON")
    args = parser.parse_args()
    kept: dict[str, dict[str, Any]] = {}
    for language in LANGUAGES:
        for name, file in SETS.items():
            path = shared() / "mt" / "dev" / f"{language}-en" / file
            if path.exists():
                scores = score(*read_set(path), language, args.model.resolve())
                kept.setdefault(language, {})[name] = scores
                print(language, name, {key: value for key, value in scores.items() if key != "examples"}, flush=True)
    if args.scores:
        args.scores.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
