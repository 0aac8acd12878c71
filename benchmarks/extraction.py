"""Extraction quality and speed on a folder of real pages, side by side with bare trafilatura.

    python benchmarks/extraction.py [--pages DIR] [--details] [--json FILE] [--no-speed]

The folder holds ``index.tsv`` (page, url, publisher, country, language, crawled), ``PAGE.html.gz`` and ``PAGE.json``
(the expected article). Bare trafilatura is ``bare_extraction(html, url=…, with_metadata=True)`` with its defaults.
No source hints are used: every publisher is a stranger.

The measures, each a mean or a share over the pages (or things) that have something to expect:

- **body F1**: F1 of the bags of tokens of the expected subheads and paragraphs against our headings, paragraphs, items
  and quotations (bare trafilatura: its text). A token is a run of letters and digits, lower-case; in Chinese, Japanese
  and Korean script each character is one.
- **standfirst**: at least 80 % of the expected standfirst's tokens are in our standfirst, in no more than twice its
  length (bare trafilatura: in its description).
- **title**: equal after case, spacing and punctuation are put aside.
- **date**: equal to the minute.
- **authors**: the set of names is equal (case, spacing and punctuation aside).
- **subheads**: share of expected subheads that are one of our headings (bare trafilatura: its <head> elements).
- **captions**, **credits**: share of expected captions (credits) of which one of our pictures has at least 80 % of the
  tokens in its caption and credit (publishers print both in one line, or apart). None for bare trafilatura.
- **clutter**: lines of the body, in no expected text of the page, that match a list of share, read-also, newsletter,
  paywall, comment and app phrases. A count; less is better.
- **stray**: lines of the body of which less than half of the tokens are expected anywhere on the page. A count.
- **speed**: pages per second on one core; each page is read by both in turn, the fastest of three rounds counts. Bare
  trafilatura reads the body only here (``with_metadata=False``), which is its quickest full reading; ours is the whole
  article with fields, pictures, language and sentences.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import logging
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from trafilatura import bare_extraction

from limitedtimes.errors import ExtractError
from limitedtimes.extract import extract
from limitedtimes.model import Article, BlockKind, Page

TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
)
CLUTTER = re.compile(
    r"newsletter|lesen sie (?:auch|mehr|hier)|mehr zum thema|auch interessant|zum artikel:|weiterlesen|whats-?app|"
    r"auf facebook|per e-mail|artikel teilen|jetzt (?:abonnieren|testen|lesen|melden)|kostenlos testen|abonn|premium|"
    r"kommentar(?:e|funktion)|diskutieren sie|ihre meinung|feedback|fehler gefunden|push-nachricht|app herunter|"
    r"news-app|"
    r"lees ook|meer over|deel (?:dit|op)|à lire|lire aussi|partager|s'abonner|je m'abonne|lee también|más información|"
    r"compartir|suscr[ií]b|leggi anche|condividi|abbonati|leia (?:também|mais)|compartilh|čtěte (?:také|více)|sdílet|"
    r"czytaj (?:też|także|więcej)|zobacz (?:też|także)|udostępnij|читайте (?:также|ещё)|подпис(?:ывай|ат)|поделиться|"
    r"devamını oku|ilginizi çekebilir|abone ol|paylaş|baca juga|xem thêm|chia sẻ|les også|læs også|del artikkel|"
    r"skaitykite|関連記事|シェア|会員|登録|ログイン|구독|공유|댓글|यह भी पढ़ें|ये भी पढ़ें|read (?:also|more)|share this|"
    r"subscribe|sign up|cookies?\b|empfohlener (?:redaktioneller|externer) inhalt|spenden|unterstützen sie",
    re.IGNORECASE,
)


@dataclass
class Reading:
    """One extractor's reading of one page."""

    lines: list[str] = field(default_factory=list)
    title: str = ""
    standfirst: str = ""
    authors: list[str] = field(default_factory=list)
    published: datetime | None = None
    headings: list[str] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)  # caption, credit
    error: str = ""


@dataclass
class Expected:
    page: str
    url: str
    html: bytes
    data: dict[str, Any]
    crawled: datetime

    @property
    def subheads(self) -> list[str]:
        return [head for section in self.data["sections"] for head in section["headline"] or []]

    @property
    def paragraphs(self) -> list[str]:
        return [text for section in self.data["sections"] for text in section["paragraphs"]]

    @property
    def everything(self) -> str:
        """All expected text: what is in here is no clutter."""
        pictures = [
            text for image in self.data["images"] for text in (image["caption"], *(image["credit"] or [])) if text
        ]
        return " ".join(
            [*self.subheads, *self.paragraphs, *(self.data["summary"] or []), self.data["title"] or "", *pictures]
        )


def tokens(text: str) -> Counter[str]:
    return Counter(TOKEN.findall(unicodedata.normalize("NFC", text).lower()))


def bare(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text).lower()))


def recall(expected: str, ours: str) -> float:
    want = tokens(expected)
    return (want & tokens(ours)).total() / max(1, want.total())


def f1(expected: str, ours: str) -> float:
    want, have = tokens(expected), tokens(ours)
    common = (want & have).total()
    return 2 * common / (want.total() + have.total()) if common else 0.0


def pages(folder: Path) -> Iterator[Expected]:
    with (folder / "index.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            html = gzip.decompress((folder / f"{row['page']}.html.gz").read_bytes())
            data = json.loads((folder / f"{row['page']}.json").read_text(encoding="utf-8"))
            crawled = datetime.fromisoformat(data["crawled"]).replace(tzinfo=UTC)
            yield Expected(row["page"], row["url"], html, data, crawled)


def ours(page: Expected) -> Reading:
    try:
        article = extract(Page(page.url, page.url, 200, {}, page.html, page.crawled))
    except ExtractError as error:
        return Reading(error=f"{error.reason}: {error}")
    return as_reading(article)


def as_reading(article: Article) -> Reading:
    text = [block for block in article.blocks if block.kind is not BlockKind.PICTURE]
    return Reading(
        lines=[block.text for block in text],
        title=article.headline,
        standfirst=article.standfirst,
        authors=list(article.authors),
        published=article.published.at if article.published else None,
        headings=[block.text for block in text if block.kind is BlockKind.HEADING],
        pictures=[(block.picture.caption, block.picture.credit) for block in article.blocks if block.picture],
    )


def trafilatura(page: Expected) -> Reading:
    read: Any = bare_extraction(page.html, url=page.url, with_metadata=True)
    if read is None:
        return Reading(error="nothing")
    return Reading(
        lines=[line for line in (read.text or "").split("\n") if line.strip()],
        title=read.title or "",
        standfirst=read.description or "",
        authors=[name for name in re.split(r";\s*", read.author or "") if name],
        published=datetime.fromisoformat(read.date).replace(tzinfo=UTC) if read.date else None,
        headings=["".join(head.itertext()) for head in read.body.iter("head")],
    )


class Score:
    """Sums of the measures over the pages, and a note for each that was missed."""

    def __init__(self) -> None:
        self.values: dict[str, list[float]] = {}
        self.notes: list[str] = []

    def add(self, name: str, value: float, note: str = "") -> None:
        self.values.setdefault(name, []).append(value)
        if note and value < 1:
            self.notes.append(f"{name:10} {value:.3f}  {note}")

    def mean(self, name: str) -> float:
        values = self.values.get(name, [])
        return sum(values) / len(values) if values else float("nan")

    def total(self, name: str) -> int:
        return round(sum(self.values.get(name, [])))

    def judge(self, page: Expected, read: Reading) -> None:
        body = "\n".join([*page.subheads, *page.paragraphs])
        self.add("body F1", f1(body, "\n".join(read.lines)), f"{page.page} {read.error}")
        self._fields(page, read)
        headings = {bare(head) for head in read.headings}
        for head in page.subheads:
            self.add("subheads", float(bare(head) in headings), f"{page.page}: {head}")
        self._pictures(page, read)
        self._lines(page, read)

    def _fields(self, page: Expected, read: Reading) -> None:
        data = page.data
        if data["summary"]:
            want = " ".join(data["summary"])
            size = tokens(read.standfirst).total() <= 2 * tokens(want).total() + 5
            kept = recall(want, read.standfirst) >= 0.8 and size
            self.add("standfirst", float(kept), f"{page.page}\n      want {want}\n      have {read.standfirst}")
        if data["title"]:
            same = bare(data["title"]) == bare(read.title)
            self.add("title", float(same), f"{page.page}\n      want {data['title']}\n      have {read.title}")
        if data["published"]:
            want_at = datetime.fromisoformat(data["published"]).astimezone(UTC)
            near = read.published is not None and abs((want_at - read.published).total_seconds()) < 60
            self.add("date", float(near), f"{page.page} want {want_at} have {read.published}")
        if data["authors"]:
            same = {bare(name) for name in data["authors"]} == {bare(name) for name in read.authors}
            self.add("authors", float(same), f"{page.page} want {data['authors']} have {read.authors}")

    def _pictures(self, page: Expected, read: Reading) -> None:
        for image in page.data["images"]:
            if caption := image["caption"]:
                found = any(recall(caption, f"{have} {own}") >= 0.8 for have, own in read.pictures)
                self.add("captions", float(found), f"{page.page}: {caption}")
            if credit := " ".join(image["credit"] or []):
                found = any(recall(credit, f"{own} {have}") >= 0.8 for have, own in read.pictures)
                self.add("credits", float(found), f"{page.page}: {credit}")

    def _lines(self, page: Expected, read: Reading) -> None:
        known, all_tokens = bare(page.everything), tokens(page.everything)
        for line in read.lines:
            if bare(line) in known:
                continue
            self.add("clutter", float(bool(CLUTTER.search(line))))
            mine = tokens(line)
            stray = (mine & all_tokens).total() < mine.total() / 2
            self.add("stray", float(stray))
            if CLUTTER.search(line) or stray:
                self.notes.append(f"clutter    {page.page}: {line[:140]}")


def body_only(page: Expected) -> Any:
    """Bare trafilatura at its quickest: the body, no fields."""
    return bare_extraction(page.html, url=page.url, with_metadata=False)


def timed(run: Callable[[Expected], Any], page: Expected) -> float:
    """Seconds of processor time: other programs on the machine do not count."""
    started = time.process_time()
    run(page)
    return time.process_time() - started


def measure(folder: Path, *, rounds: int) -> tuple[dict[str, Score], dict[str, float]]:
    """Scores and seconds per extractor. Every page is read by both in turn, ``rounds`` times; the fastest counts."""
    readers = {"ours": ours, "trafilatura": trafilatura}
    runners = {"ours": ours, "trafilatura": body_only}
    scores = {name: Score() for name in readers}
    seconds = dict.fromkeys(readers, 0.0)
    for page in pages(folder):
        for name, read in readers.items():
            scores[name].judge(page, read(page))
        best: dict[str, float] = {}
        for _ in range(rounds):
            for name, run in runners.items():
                best[name] = min(timed(run, page), best.get(name, 1e9))
        for name, took in best.items():
            seconds[name] += took
    return scores, seconds


MEASURES = ("body F1", "standfirst", "title", "date", "authors", "subheads", "captions", "credits")
COUNTS = ("clutter", "stray")


def table(scores: dict[str, Score], seconds: dict[str, float]) -> Iterator[str]:
    yield f"{'':14}{'of':>6}" + "".join(f"{name:>14}" for name in scores)
    for name in MEASURES:
        size = len(scores["ours"].values.get(name, []))
        yield f"{name:14}{size:>6}" + "".join(f"{score.mean(name):>14.3f}" for score in scores.values())
    for name in COUNTS:
        yield f"{name + ' lines':14}{'':>6}" + "".join(f"{score.total(name):>14}" for score in scores.values())
    count = len(scores["ours"].values["body F1"])
    yield f"{'pages/s':14}{count:>6}" + "".join(f"{count / took:>14.1f}" for took in seconds.values())
    yield f"speed against bare trafilatura: {seconds['trafilatura'] / seconds['ours']:.2f}x"


def figures(scores: dict[str, Score], seconds: dict[str, float]) -> dict[str, dict[str, float]]:
    return {
        name: {
            **{measure: score.mean(measure) for measure in MEASURES},
            **{count: score.total(count) for count in COUNTS},
            "seconds": seconds[name],
        }
        for name, score in scores.items()
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    beside = Path(__file__).resolve().parent.parent.parent / "shared" / "pages"
    parser.add_argument("--pages", type=Path, default=beside, help="folder of pages with index.tsv")
    parser.add_argument("--details", action="store_true", help="list what we missed")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--no-speed", action="store_true", help="one round only: the speed is then rough")
    options = parser.parse_args()
    if not (options.pages / "index.tsv").is_file():
        print(f"{options.pages}: there is no index.tsv here; name the folder of pages with --pages", file=sys.stderr)
        return 2
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    scores, seconds = measure(options.pages, rounds=1 if options.no_speed else 3)
    if options.details:
        print("\n".join(sorted(scores["ours"].notes)))
    print("\n".join(table(scores, seconds)))
    if options.json:
        options.json.write_text(json.dumps(figures(scores, seconds), indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
