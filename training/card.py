"""Write what the model says of itself: `model.toml` for the engine, `CARD.md` for people, and the curve.

`python -m training.card --work FOLDER --model FOLDER --scores scores.json --date 2026-01-31`
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from string import Template
from typing import Any

import torch

from training.convert import load
from training.curve import draw, held_out_losses

NAME, VERSION = "limitedtimes-de-en-1", "1"
TEMPLATE = Path(__file__).parent / "card.md"
EXAMPLES = 20

LICENCES = {
    "tatoeba": ("everyday sentences by volunteers (tatoeba.org)", "CC-BY 2.0 FR"),
    "tatoeba_testsets": ("the same, from the Tatoeba Challenge", "CC-BY 2.0 FR"),
    "debian_webwml": ("Debian's web site and news", "MIT / GPL-2+ / Open Publication License, by page"),
    "debian_handbook": ("The Debian Administrator's Handbook", "GPL-2+ / CC-BY-SA 3.0"),
    "ms_businesscentral_docs": ("Microsoft Dynamics documentation", "CC-BY 4.0"),
    "mlqe_pe": ("Wikipedia sentences, post-edited", "CC0"),
    "xquad": ("Wikipedia paragraphs and questions", "CC-BY-SA 4.0"),
    "apache_httpd_manual": ("Apache HTTP Server manual", "Apache-2.0"),
    "gnome_docs": ("GNOME user documentation", "CC-BY-SA 3.0"),
    "mozilla_www": ("Mozilla's web site", "MPL-2.0"),
    "letsencrypt": ("Let's Encrypt's web site", "MPL-2.0"),
    "opensource_guide": ("Open Source Guides", "CC-BY 4.0"),
}
LICENCE = "Apache-2.0; made from texts under the licences in CARD.md"


def toml(facts: dict[str, Any], scores: dict[str, Any]) -> str:
    """`model.toml`: what the engine needs, then the scores."""
    lines = [
        "# Written by training/card.py. The engine reads this; CARD.md tells people more.",
        f'name = "{NAME}"',
        f'version = "{VERSION}"',
        'languages = ["de"]',
        'target = "en"',
        f"max_tokens = {facts['max_tokens']}  # SentencePiece pieces of the source, without the end mark",
        f"max_output_tokens = {facts['max_output_tokens']}",
        f"beam = {facts['beam']}",
        f"parameters = {facts['parameters']}",
        'quality = "draft quality"',
        f'licence = "{LICENCE}"',
        f"trained_at = {facts['date']}",
        'tokenizer = "sentencepiece.model for both languages; its own rules spell quotation marks, spaces and dashes, '
        'so text goes in as it is; the English has straight quotation marks"',
        "",
        "[scores]",
    ]
    lines += [f"{name} = {{ bleu = {one['bleu']}, chrf = {one['chrf']} }}" for name, one in scores.items()]
    lines += ["", "[signatures]"]
    for name, one in scores.items():
        lines.append(f'{name} = {{ bleu = "{one["bleu_signature"]}", chrf = "{one["chrf_signature"]}" }}')
    return "\n".join(lines) + "\n"


def corpora_table(prepared: dict[str, Any]) -> str:
    """The corpora with what was kept of them and their licences."""
    rows = ["| corpus | what | pairs kept | licence |", "| --- | --- | --- | --- |"]
    for corpus, pairs in sorted(prepared["by_corpus"].items(), key=lambda item: -item[1]):
        what, licence = LICENCES[corpus]
        rows.append(f"| {corpus} | {what} | {pairs:,} | {licence} |")
    return "\n".join(rows)


def scores_table(scores: dict[str, Any]) -> str:
    """What was measured, one row for each set."""
    rows = [
        "| set | sentences | BLEU | chrF | figures kept | quotations kept | length ratio | words/s |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, one in scores.items():
        figures = f"{one['figures_kept']:.1%} of {one['sentences_with_figures']}"
        rows.append(
            f"| {name} | {one['sentences']} | {one['bleu']} | {one['chrf']} | {figures} | "
            f"{one['quotations_kept']:.1%} | {one['length_ratio']:.2f} | {one['words_per_second']:,} |"
        )
    return "\n".join(rows)


def examples(scores: dict[str, Any]) -> str:
    """Every fiftieth sentence of FLORES, whatever came of it."""
    every = scores["flores101_devtest"]["examples"]
    chosen = every[:: len(every) // EXAMPLES][:EXAMPLES]
    return "\n".join(
        f"{number}. {source}  \n   **model:** {output}  \n   *reference:* {reference}"
        for number, (source, reference, output) in enumerate(chosen, start=1)
    )


def facts_of(work: Path, date: str, scores: dict[str, Any]) -> dict[str, Any]:
    """What the run itself knows."""
    checkpoint = torch.load(work / "last.pt", map_location="cpu", weights_only=True)
    network, progress = load(work / "last.pt"), checkpoint["progress"]
    prepared = json.loads((work / "prepared.json").read_text(encoding="utf-8"))
    return {
        "name": NAME,
        "date": date,
        "max_tokens": 140,
        "max_output_tokens": 220,
        "beam": next(iter(scores.values()))["beam"],
        "parameters": network.weights(),
        "shape": ", ".join(f"{key} {value}" for key, value in checkpoint["shape"].items()),
        "recipe": ", ".join(f"{key} {value}" for key, value in checkpoint["recipe"].items()),
        "minutes": round(progress["seconds"] / 60),
        "steps": f"{progress['step']:,}",
        "tokens": f"{progress['tokens'] / 1e6:.1f}",
        "passes": round(progress["tokens"] / prepared["tokens_in_pass"][0], 1),
        "pairs": f"{prepared['pairs']:,}",
        "corpora": corpora_table(prepared),
        "scores": scores_table(scores),
        "signatures": "; ".join(sorted({one["bleu_signature"] for one in scores.values()})),
        "chrf_signatures": "; ".join(sorted({one["chrf_signature"] for one in scores.values()})),
        "flores_bleu": scores["flores101_devtest"]["bleu"],
        "examples": examples(scores),
    }


def main() -> None:
    """Write the three files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--scores", type=Path, required=True)
    parser.add_argument("--date", required=True, help="the day of the training")
    parser.add_argument("--curve", type=Path, help="where to draw the learning curve (SVG)")
    args = parser.parse_args()
    scores = json.loads(args.scores.read_text(encoding="utf-8"))
    facts = facts_of(args.work, args.date, scores)
    (args.model / "model.toml").write_text(toml(facts, scores), encoding="utf-8")
    text = Template(TEMPLATE.read_text(encoding="utf-8")).substitute(facts)
    (args.model / "CARD.md").write_text(text, encoding="utf-8")
    if args.curve:
        args.curve.write_text(draw(held_out_losses(args.work / "log.jsonl")), encoding="utf-8")


if __name__ == "__main__":
    main()
