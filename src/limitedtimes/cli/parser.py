"""The words of the command line. Every command is a function of the parsed options that returns an exit code."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from limitedtimes import __version__
from limitedtimes.cli import (
    correcting,
    costs,
    engines,
    finding,
    gathering,
    glossary,
    keeping,
    models,
    publishing,
    reading,
    removing,
    serving,
    sources,
    translating,
)

Command = Callable[[argparse.Namespace], int]


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Parsed options, with ``command`` set. Exits with 2 on wrong usage, as argparse does."""
    return build().parse_args(arguments)


def build() -> argparse.ArgumentParser:
    """The whole parser; the manual is checked against it."""
    parser = argparse.ArgumentParser(
        prog="limitedtimes", description="An English edition of the world's non-English press."
    )
    parser.add_argument("--config", type=Path, metavar="FILE", help="configuration (default: ./limitedtimes.toml)")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_read(commands)
    _add_extract(commands)
    _add_translate(commands)
    _add_gather(commands)
    _add_retry(commands)
    _add_run(commands)
    _add_serve(commands)
    _add_warm(commands)
    _add_publish(commands)
    _add_sources(commands)
    _add_engines(commands)
    _add_models(commands)
    _add_glossary(commands)
    _add_correct(commands)
    _add_corrections(commands)
    _add_removals(commands)
    _command(commands, "status", serving.status, "what is published, waiting and parked, and how late we are")
    _add_search(commands)
    _add_costs(commands)
    _add_demo(commands)
    _command(commands, "version", _version, "the version of this program")
    return parser


def _command(commands: argparse._SubParsersAction, name: str, function: Command, text: str) -> argparse.ArgumentParser:  # type: ignore[type-arg]
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    parser.set_defaults(command=function)
    return parser


def _add_target(parser: argparse.ArgumentParser, kinds: str) -> None:
    parser.add_argument("target", metavar=kinds, help="what to read")
    parser.add_argument("--url", default="", help="the address that a file came from (default: what the page says)")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to a file (default: the terminal)")


def _add_read(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    parser = _command(commands, "read", reading.read, "one article in English")
    _add_target(parser, "URL|FILE.html[.gz]|FILE.warc[.gz]")
    parser.add_argument("--format", choices=reading.FORMATS, default="text", help="form of the output (default: text)")
    parser.add_argument("--side-by-side", action="store_true", help="the original beside the English")


def _add_extract(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    text = "the original article, not translated; a folder with index.tsv gives JSON Lines"
    parser = _command(commands, "extract", reading.extract, text)
    _add_target(parser, "URL|FILE|DIR")
    parser.add_argument("--format", choices=("json", "md"), default="json", help="form of the output (default: json)")


def _add_translate(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    text = "lines of text into as many lines of English; what cannot be trusted stays in the original"
    parser = _command(commands, "translate", translating.translate, text)
    parser.add_argument("file", metavar="FILE", nargs="?", default="-", help="what to read (default: standard input)")
    parser.add_argument("--from", dest="language", metavar="LANG", required=True, help="language of the text: de, fr …")
    parser.add_argument("--engine", metavar="NAME", help="engine that translates, alone (default: as configured)")
    parser.add_argument("--raw", action="store_true", help="the engine's own output: nothing checked, nothing mended")
    parser.add_argument("--flags", action="store_true", help="every doubt on standard error: line, kind, note")


def _add_gather(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    parser = _command(commands, "gather", gathering.gather, "one round: fetch, extract, translate, publish")
    parser.add_argument("source", nargs="*", metavar="SOURCE", help="ids of sources (default: as configured)")
    parser.add_argument("--opml", type=Path, metavar="FILE", help="gather from the feeds of an OPML file")
    parser.add_argument("--warc", type=Path, nargs="+", metavar="FILE", default=[], help="pages of WARC files")
    parser.add_argument("--pages", type=Path, metavar="DIR", help="pages of a folder with index.tsv")


def _add_retry(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    parser = _command(commands, "retry", gathering.retry, "put parked tasks back on the line")
    parser.add_argument("reason", metavar="REASON", help="what they are parked for, as `limitedtimes status` says it")


def _add_run(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    text = "gather on every source's schedule and serve the edition, until Ctrl-C"
    _add_address(_command(commands, "run", serving.run, text))


def _add_serve(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    _add_address(_command(commands, "serve", serving.serve_edition, "serve the edition, and gather nothing"))


def _add_warm(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    text = "make articles' pages before they are asked for, at the lowest priority; may be ended at any time"
    parser = _command(commands, "warm", keeping.warm, text)
    parser.add_argument("--latest", type=int, metavar="N", help="only those of the latest N articles (default: all)")
    _add_address(parser)


def _add_publish(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    parser = _command(commands, "publish", publishing.publish_edition, "write the edition as files, for any web server")
    parser.add_argument("directory", type=Path, metavar="DIR", help="where to; what is there is brought up to date")
    parser.add_argument("--base-url", default="", metavar="URL", help="address of the site (default: as configured)")
    parser.add_argument("--into", action="store_true", help="DIR may have files of others; none of them is touched")
    parser.add_argument("--again", action="store_true", help="make every page anew, not only what changed")


def _add_address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", help="address to serve on (default: as configured)")
    parser.add_argument("--port", type=int, help="port to serve on (default: as configured)")


def _add_demo(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    text = "the sample press that ships with the program: gather, translate, publish, serve"
    parser = _command(commands, "demo", serving.demo, text)
    _add_address(parser)
    parser.add_argument("--data", type=Path, metavar="DIR", help="keep the edition here (default: a temporary folder)")
    parser.add_argument("--no-serve", action="store_true", help="stop when the edition is published")


def _add_sources(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    text = "the publishers that this edition knows"
    parser = commands.add_parser("sources", help=text, description=text[0].upper() + text[1:] + ".")
    inner = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listing = _command(inner, "list", sources.show_all, "all sources, one a line")
    listing.add_argument("--opml", action="store_true", help="as OPML, for any feed reader")
    show = _command(inner, "show", sources.show, "one source, as TOML")
    show.add_argument("id", metavar="ID")
    add = _command(inner, "add", sources.add, "write a source file for a site, from what its front page announces")
    add.add_argument("url", metavar="URL", help="the publisher's front page, or a feed")
    add.add_argument("--id", help="id of the source (default: from the country and the host)")
    add.add_argument("--language", metavar="LANG", help="ISO 639 code (default: what the page or the feed says)")
    add.add_argument("--directory", type=Path, metavar="DIR", help="where to write (default: the first of `catalogue`)")
    check = _command(inner, "check", sources.check, "look at a source's feeds and some articles, and say what is wrong")
    check.add_argument("id", metavar="ID", nargs="+")


def _add_engines(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    text = "what translates: the engines of each language and source, and whether they work"
    parser = commands.add_parser("engines", help=text, description=text[0].upper() + text[1:] + ".")
    inner = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _command(inner, "list", engines.show, "the engines of each language and source, in order")
    test = _command(inner, "test", engines.test, "a sentence of each language through each engine that is configured")
    test.add_argument("name", metavar="NAME", nargs="?", help="one engine (default: all that are configured)")
    test.add_argument("--from", dest="language", metavar="LANG", help="only a sentence of this language")


def _add_models(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    text = "translation models: find, pull, check, try and remove them"
    parser = commands.add_parser("models", help=text, description=text[0].upper() + text[1:] + ".")
    inner = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listing = _command(inner, "list", models.show, "what is known, what is in the cache, and what this edition uses")
    listing.add_argument("language", metavar="LANG", nargs="?", help="only models from this language")
    pull = _command(inner, "pull", models.pull, "bring the best open model from a language, or the one that is named")
    pull.add_argument("language", metavar="LANG", help="language to translate from: de, fr …")
    pull.add_argument("--model", metavar="NAME", help="a model of the list, or a file or folder of this machine")
    pull.add_argument("--yes", action="store_true", help="agree to a licence that forbids commercial use")
    check = _command(inner, "check", models.check, "whether the files of models are what was pulled")
    check.add_argument("name", metavar="NAME", nargs="?", help="one model (default: all in the cache)")
    remove = _command(inner, "remove", models.remove, "delete a model from the cache")
    remove.add_argument("name", metavar="NAME")
    test = _command(inner, "test", models.test, "a sentence of each language that a model knows, in its English")
    test.add_argument("name", metavar="NAME", help="a model in the cache, or the folder of one")


def _add_glossary(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    text = "the words that this paper has of its own: what a term must be in English"
    parser = commands.add_parser("glossary", help=text, description=text[0].upper() + text[1:] + ".")
    inner = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_language(_command(inner, "list", glossary.show_all, "all entries, one a line"))
    _add_term(_command(inner, "add", glossary.add, "one entry more"))
    remove = _command(inner, "remove", glossary.remove, "the entries of a term, out of the glossary")
    remove.add_argument("language", metavar="LANG")
    remove.add_argument("term", metavar="TERM")
    remove.add_argument("--source", metavar="ID", help="only that of this source")
    remove.add_argument("--section", metavar="SECTION", help="only that of this section")
    _command(inner, "check", glossary.check, "say what is wrong with the entries, and where they are not applied")
    bring = _command(inner, "import", glossary.bring, "the entries of a CSV or TBX file, to those that are there")
    bring.add_argument("file", type=Path, metavar="FILE.csv|FILE.tbx")
    bring.add_argument("--replace", action="store_true", help="where both have an entry, take the file's")
    export = _command(inner, "export", glossary.export, "all entries into a CSV or TBX file")
    export.add_argument("file", type=Path, metavar="FILE.csv|FILE.tbx")
    _add_language(export)
    apply = _command(inner, "apply", glossary.apply, "translate again what the entries of now touch, and nothing else")
    apply.add_argument("--dry-run", action="store_true", help="only say how much that is, and what is sent where")


def _add_language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="language", metavar="LANG", help="only terms of this language")


def _add_term(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("language", metavar="LANG", help="language of the term: de, fr …")
    parser.add_argument("term", metavar="TERM", help="the word or words of the original")
    parser.add_argument("english", metavar="ENGLISH", nargs="+", help="what it must be, the preferred wording first")
    lists: dict[str, Any] = {"action": "append", "default": [], "metavar": "WORDS"}
    parser.add_argument("--variant", dest="variants", help="another form of the term; may be repeated", **lists)
    parser.add_argument("--avoid", help="a wording that is replaced by the right one; may be repeated", **lists)
    parser.add_argument("--source", default="", metavar="ID", help="only in articles of this source")
    parser.add_argument("--section", default="", metavar="SECTION", help="only in this section of the edition")
    parser.add_argument("--case-sensitive", action="store_true", help="only with the capitals that it is given with")
    parser.add_argument("--note", default="", metavar="TEXT", help="a word to those who edit the glossary")


def _add_correct(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    parser = _command(commands, "correct", correcting.correct, "what a sentence is in English, by your word, for good")
    parser.add_argument("article", metavar="ARTICLE", help="the address of its page, or the id in it")
    parser.add_argument("sentence", metavar="SENTENCE", help="its number, as the page side by side has it: 12 or s12")
    parser.add_argument("english", metavar="ENGLISH", help="what it is to be")
    parser.add_argument("--by", required=True, metavar="NAME", help="who says so; the page names them")
    parser.add_argument("--note", default="", metavar="TEXT", help="a word to those who edit, not to readers")
    parser.add_argument("--everywhere", action="store_true", help="in every article that has the same sentence")


def _add_corrections(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    text = "what people corrected: list it, undo it, and exchange it as a translation memory"
    parser = commands.add_parser("corrections", help=text, description=text[0].upper() + text[1:] + ".")
    inner = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listing = _command(inner, "list", correcting.show_all, "those in force, one a line")
    listing.add_argument("--all", action="store_true", help="also what was undone, or corrected again")
    undo = _command(inner, "undo", correcting.undo, "take one back; the one before it counts again, or else the engine")
    undo.add_argument("number", metavar="NUMBER", type=int, help="as `corrections list` has it")
    export = _command(inner, "export", correcting.export, "those in force into a TMX file")
    export.add_argument("file", type=Path, metavar="FILE.tmx")
    bring = _command(inner, "import", correcting.bring, "the corrections of a TMX file, to those that are there")
    bring.add_argument("file", type=Path, metavar="FILE.tmx")


def _add_removals(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    text = "what is asked to be taken down, and what is"
    parser = commands.add_parser("removals", help=text, description=text[0].upper() + text[1:] + ".")
    inner = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listing = _command(inner, "list", removing.show_all, "the requests that wait for an answer")
    listing.add_argument("--removed", action="store_true", help="what is removed, instead")
    said = "delete what a request asks for, and keep it out for good"
    accept = _command(inner, "accept", removing.accept, said)
    _add_removed(accept, "NUMBER|URL|ID", "the request's number, or what it asks for")
    _add_reason(accept)
    reject = _command(inner, "reject", removing.reject, "leave things as they are, and delete the request")
    _add_removed(reject, "NUMBER|URL|ID", "the request's number, or what it asks for")
    add = _command(inner, "add", removing.add, "as accept, of what nobody asked for here")
    _add_removed(add, "URL|ID", "address of the article, here or at its publisher's, or the id in it")
    said = "at whose wish, as its page says (default: operator)"
    add.add_argument("--for", dest="party", choices=[*removing.PARTIES], default="operator", help=said)
    _add_reason(add)
    undo = _command(inner, "undo", removing.undo, "let what was removed be gathered again")
    _add_removed(undo, "URL|ID", "what was removed")
    _command(inner, "sweep", removing.sweep, "where that had to wait: clean the database's files")


def _add_removed(parser: argparse.ArgumentParser, kinds: str, text: str) -> None:
    parser.add_argument("what", metavar=kinds, help=text)
    parser.add_argument("--source", action="store_true", help="a whole source: its id, or the address of its site")


def _add_reason(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reason", default="", metavar="TEXT", help="a word to yourself; no page shows it")


def _add_costs(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    parser = _command(commands, "costs", costs.costs, "what the translation services were sent, and for whom")
    parser.add_argument("article", metavar="ARTICLE", nargs="?", help="only this one, by its address or the id in it")
    parser.add_argument("--by", choices=costs.BY, default="source", help="a line for each (default: source)")
    parser.add_argument("--days", type=int, default=31, metavar="N", help="of so many days (UTC; default: 31)")


def _add_search(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    parser = _command(commands, "search", finding.search, "published articles that have some words, the latest first")
    parser.add_argument("query", metavar="QUERY", nargs="+", help="as on the site; after -- if a part begins with -")
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="so many articles at most (default: 10)")


def _version(_: argparse.Namespace) -> int:
    print(f"limitedtimes {__version__}")
    return 0
