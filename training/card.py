"""Write what the model says of itself: `model.toml` for the engine, `CARD.md` for people, and the curve.

`python -m training.card --work FOLDER --model FOLDER --date 2026-01-31 [--scores scores.json]`
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from string import Template
from typing import Any

import torch

from training.curve import draw, held_out_losses
from training.facts import KINDS
from training.network import load
from training.slotted import NAMED, NOUNS

# Where it reached its aim, and the line may use it: BLEU on FLORES of 20 for German and French, of 15 for others.
SERVED = ("de", "es", "fr", "it", "nl", "pt", "ru")
NAME, VERSION = "limitedtimes-many-en-5", "5"
TEMPLATE = Path(__file__).parent / "card.md"
EXAMPLES = 20
BEAM, LONGEST, LONGEST_OUTPUT = 6, 140, 220

LICENCES = {
    "tatoeba": ("everyday sentences by volunteers (tatoeba.org)", "CC-BY 2.0 FR"),
    "tatoeba_testsets": ("the same, from the Tatoeba Challenge", "CC-BY 2.0 FR"),
    "debian_webwml": ("Debian's web site and news", "MIT / GPL-2+ / Open Publication License, by page"),
    "debian_handbook": ("The Debian Administrator's Handbook", "GPL-2+ / CC-BY-SA 3.0"),
    "ms_businesscentral_docs": ("Microsoft Dynamics documentation", "CC-BY 4.0"),
    "mlqe_pe": ("Wikipedia sentences, post-edited", "CC0"),
    "xquad": ("Wikipedia paragraphs and questions", "CC-BY-SA 4.0"),
    "canada_laws": ("Canadian federal statutes", "Open Government Licence – Canada"),
    "python_docs": ("Python documentation", "CC0 (translations)"),
    "apache_httpd_manual": ("Apache HTTP Server manual", "Apache-2.0"),
    "gnome_docs": ("GNOME user documentation", "CC-BY-SA 3.0"),
    "mozilla_www": ("Mozilla's web site", "MPL-2.0"),
    "letsencrypt": ("Let's Encrypt's web site", "MPL-2.0"),
    "opensource_guide": ("Open Source Guides", "CC-BY 4.0"),
    "tico19": ("public-health texts, by professionals", "CC0"),
    "tor_webwml": ("the Tor Project's site", "CC-BY 3.0 US"),
}
UNSURE = "mean log-probability of a piece under which it mostly says something else"
LICENCE = "Apache-2.0; made from texts under the licences in CARD.md"

# BLEU into English on the FLORES test set, as published by others.
OTHERS = {
    "de": {"Argos": 36.2, "OPUS-MT": 40.6, "Firefox": 41.9, "NLLB-600M": 31.2, "Google": 42.8},
    "fr": {"Argos": 39.5, "OPUS-MT": 41.7, "Firefox": 42.9, "NLLB-600M": 41.9, "Google": 46.7},
    "es": {"Argos": 25.1, "OPUS-MT": 27.6, "Firefox": 26.9, "NLLB-600M": 28.9, "Google": 30.3, "Apertium": 11.9},
    "ru": {"Argos": 26.4, "OPUS-MT": 29.4, "Firefox": 30.3, "NLLB-600M": 32.8, "Google": 37.3},
}
Scores = dict[str, dict[str, dict[str, Any]]]
"""Language → measuring set → what was measured."""


def toml(languages: list[str], weights: int, date: str, scores: Scores, unsure: float | None) -> str:
    """`model.toml`: what the engine needs, then the scores."""
    lines = [
        "# Written by training/card.py. The engine reads this; CARD.md tells people more.",
        f'name = "{NAME}"',
        f'version = "{VERSION}"',
        f"languages = {json.dumps(languages)}",
        'target = "en"',
        f"max_tokens = {LONGEST}  # SentencePiece pieces of the source, with the language's, without the end mark",
        f"max_output_tokens = {LONGEST_OUTPUT}",
        f"beam = {BEAM}",
        'prefix = "<{language}>"',
        "slots = true  # figures are hidden from the network and put back as they were",
        "numbers = true  # and number words",
        f"names = {json.dumps([code for code in languages if code in (*NAMED, *NOUNS)])}  # and, in these, names",
        f"capitals = {json.dumps([code for code in languages if code in NOUNS])}  # where every noun has a capital",
        "draft = true  # it makes words up: a headline with one is not shown",
        *([f"unsure = {unsure}  # {UNSURE}"] if unsure is not None else []),
        f"parameters = {weights}",
        'quality = "draft quality"',
        f'licence = "{LICENCE}"',
        f"trained_at = {date}",
    ]
    for language in languages:
        sets = scores.get(language, {})
        lines += ["", f"[scores.{language}]"]
        lines += [f"{name} = {{ bleu = {one['bleu']}, chrf = {one['chrf']} }}" for name, one in sets.items()]
    return "\n".join(lines) + "\n"


def corpora_table(prepared: dict[str, Any]) -> str:
    """The corpora, with what was kept of them in each language and their licences."""
    by_language: dict[str, dict[str, int]] = prepared["pairs"]
    totals = sum((Counter(counts) for counts in by_language.values()), Counter())
    rows = [f"| corpus | what | licence | {' | '.join(by_language)} |", "| --- " * (3 + len(by_language)) + "|"]
    for corpus, _ in totals.most_common():
        counts = " | ".join(f"{counts.get(corpus, 0):,}" for counts in by_language.values())
        rows.append(f"| {corpus} | {' | '.join(LICENCES[corpus])} | {counts} |")
    own = " | ".join(f"{prepared['own'][language]:,}" for language in by_language)
    rows.append(f"| our own | sentences in the manner of news, guides and encyclopaedias | Apache-2.0 | {own} |")
    return "\n".join(rows)


def scores_table(scores: Scores) -> str:
    """BLEU and chrF of each language and set, beside what others published."""
    head = ["language", "set", "sentences", "BLEU", "chrF", "BLEU as shown", "BLEU of others on FLORES"]
    rows = ["| " + " | ".join(head) + " |", "| --- " * len(head) + "|"]
    for language, sets in scores.items():
        for name, one in sets.items():
            others = OTHERS.get(language, {}) if name.startswith("flores") else {}
            beside = ", ".join(f"{who} {bleu}" for who, bleu in others.items()) or "–"
            points = f"{one['bleu']} | {one['chrf']} | {one['bleu_checked']}"
            rows.append(f"| {language} | {name} | {one['sentences']} | {points} | {beside} |")
    return "\n".join(rows)


def _facts_row(counted: dict[str, Any]) -> str:
    kept = [f"{counted[kind][0]:.1%} of {counted[kind][1]}" for kind in KINDS]
    return " | ".join([*kept, f"{counted['short']:.1%}", f"{counted['repeats']:.1%}", f"{counted['length_ratio']:.2f}"])


def facts_table(scores: Scores) -> str:
    """What is kept of the facts: by the engine alone, and in what the checks let through."""
    kinds = [f"{kind} kept" for kind in KINDS]
    head = ["language", "set", "", *kinds, "under .6", "loops", "length", "in original", "doubtful"]
    rows = ["| " + " | ".join(head) + " |", "| --- " * len(head) + "|"]
    for language, sets in scores.items():
        for name, one in sets.items():
            rows.append(f"| {language} | {name} | engine alone | {_facts_row(one['raw'])} | – | – |")
            refused = f"{one['refused'] / one['sentences']:.1%} | {one['doubtful'] / one['sentences']:.1%}"
            rows.append(f"| | | as shown | {_facts_row(one['checked'])} | {refused} |")
    return "\n".join(rows)


def examples(scores: Scores) -> str:
    """Twenty sentences of FLORES for each language, at equal distances, whatever came of them."""
    parts = []
    for language, sets in scores.items():
        every = sets["flores101_devtest"]["examples"]
        parts.append(f"### {language}\n")
        parts += [
            f"{number}. {source}  \n   **model:** {output}  \n   *reference:* {reference}"
            for number, (source, reference, output) in enumerate(every[:: len(every) // EXAMPLES][:EXAMPLES], start=1)
        ]
        parts.append("")
    return "\n".join(parts)


def card(checkpoint: dict[str, Any], weights: int, prepared: dict[str, Any], scores: Scores) -> str:
    """`CARD.md`, from `card.md` and what the stations left behind."""
    progress, sets = checkpoint["progress"], [one for sets in scores.values() for one in sets.values()]
    values = {
        "name": NAME,
        "parameters": f"{weights:,}",
        "max_tokens": LONGEST,
        "beam": BEAM,
        "pairs": f"{sum(sum(counts.values()) for counts in prepared['pairs'].values()):,}",
        "own": f"{sum(prepared['own'].values()):,}",
        "corpora": corpora_table(prepared),
        "shape": ", ".join(f"{key} {value}" for key, value in checkpoint["shape"].items()),
        "recipe": ", ".join(f"{key} {value}" for key, value in checkpoint["recipe"].items()),
        "minutes": round(progress["seconds"] / 60),
        "steps": f"{progress['step']:,}",
        "tokens": f"{progress['tokens'] / 1e6:.1f}",
        "scores": scores_table(scores),
        "facts": facts_table(scores),
        "signatures": "; ".join(sorted({one["bleu_signature"] for one in sets})),
        "chrf_signatures": "; ".join(sorted({one["chrf_signature"] for one in sets})),
        "examples": examples(scores),
    }
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(values)


def main() -> None:
    """Write the files; without scores only what the engine needs to be measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--scores", type=Path)
    parser.add_argument("--unsure", type=Path, help="what training.unsure wrote")
    parser.add_argument("--date", required=True, help="the day of the training")
    parser.add_argument("--curve", type=Path, help="where to draw the learning curve (SVG)")
    args = parser.parse_args()
    checkpoint = torch.load(args.work / "last.pt", map_location="cpu", weights_only=True)
    weights = load(args.work / "last.pt").weights()
    prepared = json.loads((args.work / "prepared.json").read_text(encoding="utf-8"))
    scores: Scores = json.loads(args.scores.read_text(encoding="utf-8")) if args.scores else {}
    unsure = json.loads(args.unsure.read_text(encoding="utf-8")) if args.unsure else None
    described = toml(list(SERVED), weights, args.date, scores, unsure)
    (args.model / "model.toml").write_text(described, encoding="utf-8")
    if scores:
        (args.model / "CARD.md").write_text(card(checkpoint, weights, prepared, scores), encoding="utf-8")
    if args.curve:
        args.curve.write_text(draw(held_out_losses(args.work / "log.jsonl")), encoding="utf-8")


if __name__ == "__main__":
    main()
