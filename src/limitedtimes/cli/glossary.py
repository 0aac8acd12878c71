"""`glossary list|add|remove|check|import|export|apply`: the words that this paper has of its own."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import UTC
from pathlib import Path

from limitedtimes.accounts import Spending
from limitedtimes.cli import compose
from limitedtimes.cli.affected import Affected, affected, occurring, unapplied
from limitedtimes.cli.glossary_file import GlossaryFile, bytes_of, complaints, text_of
from limitedtimes.cli.wording import are, counted
from limitedtimes.engines.service import Service
from limitedtimes.errors import ConfigError
from limitedtimes.protocols import StepName
from limitedtimes.translate.glossary import Term, table, tbx
from limitedtimes.translate.glossary.review import review
from limitedtimes.translate.glossary.table import Row
from limitedtimes.translate.glossary.term import Identity


def show_all(options: argparse.Namespace) -> int:
    for term in _file(options).terms():
        if options.language in (None, term.language):
            print(_line(term))
    return 0


def _line(term: Term) -> str:
    where = [text for text in (term.source, term.section) if text]
    only = f"  (only {', '.join(where)})" if where else ""
    variants = f", {', '.join(term.variants)}" if term.variants else ""
    avoid = f"  not {', '.join(term.avoid)}" if term.avoid else ""
    return f"{term.language:3} {term.term}{variants} → {', '.join(term.english)}{avoid}{only}"


def add(options: argparse.Namespace) -> int:
    """One entry more. Raises ConfigError for one that is there."""
    config, term = compose.load_config(options.config), _term_of(options)
    file = GlossaryFile(config.glossary)
    if term.source and (why := compose.unknown_source(compose.catalogue(config), term.source)):
        raise ConfigError(f"glossary add: {why}")
    with file.changing():
        known = file.terms()
        if term.identity in {other.identity for other in known}:
            raise ConfigError(f"{file.path}: {term.term!r} is there already; edit its line, or remove it first")
        file.write([*known, term])
    print(f"{_line(term)}\nadded; `limitedtimes glossary apply --dry-run` says what it touches")
    return 0


def _term_of(options: argparse.Namespace) -> Term:
    several = {name: table.SEVERAL.join(getattr(options, name)) for name in ("english", "variants", "avoid")}
    single = {name: getattr(options, name) for name in ("language", "term", "source", "section", "note")}
    try:
        return table.term_of(several | single | {"case_sensitive": "yes" if options.case_sensitive else ""})
    except ValueError as error:
        raise ConfigError(f"glossary add: {error}") from None


def remove(options: argparse.Namespace) -> int:
    file, wanted = _file(options), (options.language.lower(), table.tidied(options.term))
    with file.changing():
        known = file.terms()
        gone = [term for term in known if (term.language, term.term) == wanted and _is_there(term, options)]
        if not gone:
            raise ConfigError(f"{file.path}: has no {options.term!r} in {options.language!r}; see `glossary list`")
        file.write([term for term in known if term not in gone])
    for term in gone:
        print(f"removed: {_line(term)}")
    return 0


def _is_there(term: Term, options: argparse.Namespace) -> bool:
    return options.source in (None, term.source) and options.section in (None, term.section)


def bring(options: argparse.Namespace) -> int:
    """The entries of a file to ours: all of them, or none if a line is wrong. What we have stays, unless told."""
    rows = _rows_of(options.file)
    if wrong := complaints(options.file, rows):
        for line in wrong[1:]:
            print(f"limitedtimes: {line}", file=sys.stderr)
        raise ConfigError(wrong[0])
    _tell(options.file, rows)
    file, given = _file(options), _by_identity(options.file, rows)
    with file.changing():
        before = file.terms()
        known = {term.identity: term for term in before}
        fresh = [identity for identity in given if identity not in known]
        other = [identity for identity in given if identity in known and given[identity] != known[identity]]
        ours = [given.get(term.identity, term) for term in before] if options.replace else before
        after = [*ours, *(given[identity] for identity in fresh)]
        if after != before:
            file.write(after)
    done = "replaced" if options.replace else "kept as they were (--replace takes those of the file)"
    print(f"{counted(len(fresh), 'entry')} added, {len(given) - len(fresh) - len(other)} known, {len(other)} {done}")
    return 0


def _tell(path: Path, rows: Sequence[Row]) -> None:
    """What there is to say of good lines, and of those that are passed over: the first, and how many more."""
    for told in ([row for row in rows if row.told and bool(row.term) is taken] for taken in (True, False)):
        if not told:
            continue
        more = f" (and {len(told) - 1} more like it)" if len(told) > 1 else ""
        print(f"limitedtimes: {path}:{told[0].line}: {told[0].told}{more}", file=sys.stderr)


def _by_identity(path: Path, rows: Sequence[Row]) -> dict[Identity, Term]:
    """The entries of a file. Of two that are for the same, the later one; which is told if they differ."""
    found: dict[Identity, Term] = {}
    for row in rows:
        if row.term:
            if found.get(row.term.identity, row.term) != row.term:
                print(
                    f"limitedtimes: {path}:{row.line}: {row.term.term!r} is taken as here, not as above",
                    file=sys.stderr,
                )
            found[row.term.identity] = row.term
    return found


def _rows_of(path: Path) -> list[Row]:
    if path.suffix.lower() in (".tbx", ".xml"):
        return tbx.read(bytes_of(path))
    return table.read(text_of(path))


def export(options: argparse.Namespace) -> int:
    write = tbx.write if options.file.suffix.lower() in (".tbx", ".xml") else table.write
    file = _file(options)
    if options.file.resolve() == file.path.resolve():
        raise ConfigError(f"{options.file}: is the glossary itself; export it to another file")
    terms = [term for term in file.terms() if options.language in (None, term.language)]
    try:
        options.file.write_text(write(terms), encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{options.file}: cannot be written: {error.strerror}") from None
    print(f"{options.file}: {counted(len(terms), 'entry')}")
    return 0


def check(options: argparse.Namespace) -> int:
    """Returns 1 for anything but terms that never occur, which is no fault."""
    config = compose.load_config(options.config)
    file = GlossaryFile(config.glossary)
    rows = file.rows()
    wrong = [*complaints(file.path, rows), *(f"{file.path}:{line}: {what}" for line, what in review(rows))]
    terms, known = [row.term for row in rows if row.term], compose.catalogue(config)
    for row in rows:
        if row.term and row.term.source and (why := compose.unknown_source(known, row.term.source)):
            wrong.append(f"{file.path}:{row.line}: {why}")
    with closing(compose.store(config)) as store:
        wrong += unapplied(store, compose.clock())
        seen = occurring(store, known, terms, compose.clock())
    for line in wrong:
        print(line)
    for term in terms if seen is not None else ():
        if seen is not None and term not in seen:
            print(f"never in what is published: {_line(term)}")
    print(f"{counted(len(terms), 'entry')}, {counted(len(wrong), 'thing')} wrong")
    return 1 if wrong else 0


def apply(options: argparse.Namespace) -> int:
    """Put the articles whose sentences the glossary touches otherwise now back on the line; or say what that costs."""
    config = compose.load_config(options.config)
    translators = compose.unequipped_routes(config)
    with closing(compose.store(config)) as store, closing(compose.fetcher(config, [])) as web:
        line = compose.line(config, compose.catalogue(config), web, translators)
        found = affected(store, line, compose.clock())
        today = store.spent(since=compose.clock().astimezone(UTC).date())
        for text in _bill(found, options.dry_run, translators.services, today):
            print(text)
        if not options.dry_run:
            now = compose.clock()
            for one in found:  # one that waits already is as good as one that is opened
                store.redo(StepName.TRANSLATE, one.key, now=now)
            print(f"{are(len(found), 'article')} on the line again, for `limitedtimes gather` or the edition that runs")
    return 0


def _bill(
    found: Sequence[Affected], dry: bool, services: Mapping[str, Service], today: Sequence[Spending]
) -> Iterable[str]:
    """What is touched, and what is sent where; ``services`` by the ids of their engines, with what they had today."""
    touched, sent, characters = sum(one.touched for one in found), Counter[str](), Counter[str]()
    for one in found:
        sent[one.engine] += len(one.to_send)
        characters[one.engine] += sum(map(len, one.to_send))
    verb = "would be" if dry else "will be"
    yield f"{are(touched, 'sentence')} touched, in {counted(len(found), 'article')}"
    for engine in sorted(engine for engine in sent if sent[engine]):
        size = characters[engine]
        money = _money(services.get(engine), size, today)
        yield f"{counted(sent[engine], 'sentence')} ({counted(size, 'character')}) {verb} sent to {engine}{money}"
    kept = sum(one.remembered for one in found)
    yield f"{counted(kept, 'sentence')} {'comes' if kept == 1 else 'come'} from the memory, at no cost"


def _money(service: Service | None, characters: int, today: Iterable[Spending]) -> str:
    """What so many characters cost, and whether the day's budget is enough. An engine in this process costs nothing."""
    if service is None:
        return ", at no cost"
    cost = service.cost(characters)
    left = service.budget - sum(item.characters for item in today if item.service == service.name)
    late = f"; the budget leaves {counted(max(left, 0), 'character')} today, and the rest waits for the next days"
    return (f", for about {cost}" if cost else "") + (late if service.budget and characters > left else "")


def _file(options: argparse.Namespace) -> GlossaryFile:
    return GlossaryFile(compose.load_config(options.config).glossary)
