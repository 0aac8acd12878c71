"""What one process writes, the processes that serve the edition show."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from small_press import entry_of, publish

from limitedtimes.store import open_store

pytestmark = pytest.mark.slow
LONG = 60.0  # seconds; a busy machine starts three interpreters


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def served(folder: Path) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    environment = os.environ | {"LIMITEDTIMES_DATA": str(folder), "LIMITEDTIMES_WORKERS": "2"}
    command = [sys.executable, "-m", "limitedtimes", "serve", "--port", str(free_port())]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        try:
            where = re.search(r":(\d+)/", server.stdout.readline())
            assert where, server.stderr and server.stderr.read()
            yield int(where[1]), server
        finally:
            if server.poll() is None:
                server.kill()


def ask(port: int, path: str) -> tuple[int, str]:
    """On a connection of its own, so that any of the processes may answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONG)
    connection.request("GET", path)
    found = connection.getresponse()
    text = found.read().decode()
    connection.close()
    return found.status, text


def written(folder: Path, text: str) -> str:
    store, now = open_store(folder / "limitedtimes.sqlite"), datetime.now(UTC)
    article = publish(store, entry_of(1, published=now), now=now, text=text)
    published = store.published(article)
    store.close()
    assert published
    return published.path


def workers_of(server: subprocess.Popen[str]) -> list[int]:
    """The children that serve; Python's own tracker of shared things is one too, and does not."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text(encoding="utf-8").split()
    lines = {int(child): Path(f"/proc/{child}/cmdline").read_text(encoding="utf-8") for child in children}
    return [child for child, line in lines.items() if "resource_tracker" not in line]


def test_a_new_revision_is_shown_by_every_process_and_a_signal_ends_them_all(tmp_path: Path) -> None:
    path = written(tmp_path, "Ein Satz.")
    with served(tmp_path) as (port, server):
        workers = workers_of(server)
        assert len(workers) == 2
        assert all("Ein Satz" in ask(port, path)[1] for _ in range(8))
        written(tmp_path, "Ein anderer Gedanke.")
        time.sleep(1)  # a process asks the store every half second
        assert all("Ein anderer Gedanke" in ask(port, path)[1] for _ in range(16))
        server.send_signal(signal.SIGTERM)
        assert server.wait(LONG) == 0
        assert not any(Path(f"/proc/{worker}").exists() for worker in workers)


def test_a_process_that_dies_ends_the_server_with_one_line(tmp_path: Path) -> None:
    written(tmp_path, "Ein Satz.")
    with served(tmp_path) as (_, server):
        os.kill(workers_of(server)[0], signal.SIGKILL)
        assert server.wait(LONG) == 1
        assert server.stderr is not None
        assert server.stderr.read().splitlines() == [
            "limitedtimes: a process that served the edition ended by itself (exit code -9)"
        ]


def test_processes_end_when_the_one_that_began_them_was_killed(tmp_path: Path) -> None:
    written(tmp_path, "Ein Satz.")
    with served(tmp_path) as (_, server):
        workers = workers_of(server)
        server.kill()
        server.wait(LONG)
        end = time.monotonic() + LONG
        while any(Path(f"/proc/{worker}").exists() for worker in workers) and time.monotonic() < end:
            time.sleep(0.1)
        assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
