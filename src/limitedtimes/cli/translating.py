"""`translate`: lines of text in, as many lines of English out, as they come."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from limitedtimes.cli import compose
from limitedtimes.cli.glossary_file import GlossaryFile
from limitedtimes.cli.stream import Given, chunks
from limitedtimes.config import Config
from limitedtimes.engines.table import Engine
from limitedtimes.errors import ConfigError
from limitedtimes.extract import number_line
from limitedtimes.translate import Line, render_lines, translate_lines
from limitedtimes.translate.glossary import Scope

STANDARD_INPUT = "-"


@dataclasses.dataclass(slots=True)
class Report:
    """Counts lines and says on standard error what there is to say about them. Long lines are told in parts."""

    flags: bool  # whether to print every doubt
    lines: int = 0
    translated: int = 0
    untranslated: int = 0
    doubtful: int = 0
    _parts: tuple[bool, bool, bool] = (False, False, False)  # of the line at hand: translated, untranslated, flagged

    def add(self, part: Line, *, ends: bool) -> None:
        translated, untranslated, flagged = self._parts
        self._parts = translated or part.translated, untranslated or part.untranslated, flagged or bool(part.flags)
        for flag in part.flags if self.flags else ():
            print(f"line {self.lines + 1}: {flag.kind}: {flag.note}", file=sys.stderr)
        if ends:
            self._count(*self._parts)
            self._parts = (False, False, False)

    def _count(self, translated: bool, untranslated: bool, flagged: bool) -> None:
        self.lines += 1
        self.translated += translated
        self.untranslated += untranslated
        self.doubtful += flagged and not untranslated

    def close(self) -> None:
        print(
            f"translate: {self.untranslated} of {self.lines} lines could not be translated and are shown in the "
            f"original; {self.doubtful} are doubtful",
            file=sys.stderr,
        )


def translate(options: argparse.Namespace) -> int:
    """Returns 1 where there are lines to translate and none could be."""
    config = compose.load_config(options.config)
    engine = _engine(config, options)
    terms = GlossaryFile(config.glossary).current().within(source="", section="")
    with _opened(options.file) as descriptor:
        found = chunks(descriptor, name="standard input" if options.file == STANDARD_INPUT else options.file)
        if options.raw:
            for chunk in found:
                _write(chunk, render_lines([line.text for line in chunk], engine=engine, language=options.language))
            return 0
        return _checked(found, engine, options, terms)


def _checked(found: Iterator[list[Given]], engine: Engine, options: argparse.Namespace, terms: Scope) -> int:
    report = Report(options.flags)
    for chunk in found:
        lines = [number_line(line.text, language=options.language) for line in chunk]
        english = translate_lines(lines, engine=engine, language=options.language, terms=terms)
        pairs = list(zip(chunk, english, strict=True))
        _write(chunk, [line.text if line.translated else given.text for given, line in pairs])
        for given, line in pairs:
            report.add(line, ends=given.end.endswith("\n"))
    report.close()
    return 1 if report.untranslated and not report.translated else 0


def _write(chunk: Sequence[Given], texts: Sequence[str]) -> None:
    text = "".join(text + given.end for given, text in zip(chunk, texts, strict=True))
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()  # whoever reads along has it now


def _engine(config: Config, options: argparse.Namespace) -> Engine:
    """The engine for the language: the one that is named, with no other model in its place, or the configured."""
    if options.engine:
        models = config.models if options.engine == "embedded" else {}
        config = dataclasses.replace(config, engine=options.engine, models=models, routes={})
    engines = compose.routes(config).by_language
    known = {language: engine for language, engine in engines.items() if language in engine.languages}
    if options.language not in known:
        raise ConfigError(
            f"translate: no engine translates from {options.language!r}; there is one for {', '.join(sorted(known))}"
        )
    return known[options.language]


@contextmanager
def _opened(name: str) -> Iterator[int]:
    """The descriptor of a file, or of standard input. Unbuffered: what is there can be told from what is to come."""
    if name == STANDARD_INPUT:
        if sys.stdin is None:  # closed, as by `<&-`
            raise ConfigError("translate: standard input is closed; name a file")
        yield sys.stdin.fileno()
        return
    try:
        file = open(name, "rb", buffering=0)  # noqa: PTH123, SIM115 - only what fails in opening is the name's fault
    except OSError as error:
        raise ConfigError(f"{name}: cannot be read: {error.strerror}") from None
    with file:
        yield file.fileno()
