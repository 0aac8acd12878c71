"""A real LibreTranslate server from its package, with a model of ours: for the tests and the benchmark.

    python3 -m venv /tmp/libre && /tmp/libre/bin/pip install libretranslate spacy
    export LT_LIBRETRANSLATE=/tmp/libre/bin/libretranslate

Its own network that finds the ends of sentences is not in the package, but loaded from a hub. In its place the model
brings a rule of spaCy's, which the server knows how to use.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

VARIABLE: Final = "LT_LIBRETRANSLATE"
"""Names its program."""
ROOT: Final = Path(__file__).resolve().parents[2]
LAST_WITH_IT: Final = "c674e9c"
MODEL: Final = "src/limitedtimes/models/de-en"
PATIENCE: Final = 300.0
"""Seconds until it answers: it loads a good deal, and the machine may be busy."""
PIPELINE: Final = "import spacy, sys; spacy.blank('xx').to_disk(sys.argv[1])"


def shared_pieces_model(folder: Path) -> Path:
    """The German model of this project's history: both can read it, as its pieces are shared and it needs no prefix."""
    kept = subprocess.run(
        ["git", "archive", LAST_WITH_IT, MODEL], cwd=ROOT, check=True, capture_output=True, timeout=60
    )
    subprocess.run(["tar", "-x", "-C", folder], input=kept.stdout, check=True, timeout=60)
    return folder / MODEL


@contextmanager
def served(program: Path, model: Path, folder: Path, *, language: str, beam: int = 4) -> Iterator[str]:
    """The address of a server that has one model, with shared pieces, until the block ends. 4 is its usual beam."""
    install(program, model, folder / "packages" / f"{language}_en", language)
    cached = folder / "cache" / "argos-translate" / "spacy" / "senter"
    cached.mkdir(parents=True)
    (cached / "model").touch()  # or else it looks for one on a hub
    index = folder / "data" / "argos-translate" / "index.json"
    index.parent.mkdir(parents=True)
    index.write_text("[]")  # there is nothing more to load: with `--load-only`, it goes on at once
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(program), "--host", "127.0.0.1", "--port", str(port), "--threads", "4", "--disable-web-ui"]
    command += ["--load-only", f"{language},en"]
    settings = {
        **os.environ,
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "ARGOS_PACKAGES_DIR": str(folder / "packages"),
        "ARGOS_PACKAGE_INDEX": "http://127.0.0.1:9/",
        "ARGOS_CHUNK_TYPE": "SPACY",
        "ARGOS_COMPUTE_TYPE": "int8",
        "ARGOS_BEAM_SIZE": str(beam),
    }
    settings.pop("PYTHONPATH", None)
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env=settings, stdout=log, stderr=log)
    try:
        wait(process, port, folder / "server.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def install(program: Path, model: Path, package: Path, language: str) -> None:
    """A model as the folder of an Argos package."""
    shutil.copytree(model, package / "model", ignore=shutil.ignore_patterns("*.model", "*.md", "*.toml", "*.tsv"))
    shutil.copy(model / "sentencepiece.model", package)
    codes = {"from_code": language, "from_name": language, "to_code": "en", "to_name": "English"}
    metadata = {"package_version": "1.0", "argos_version": "1.9", **codes}
    (package / "metadata.json").write_text(json.dumps(metadata))
    python = program.with_name("python")
    subprocess.run([python, "-c", PIPELINE, str(package / "spacy")], check=True)


def wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Until it answers. Raises RuntimeError with the end of its log."""
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/languages", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"LibreTranslate does not answer: {log.read_text()[-2000:]}")
