"""A real `demo` process: it gathers, publishes, serves, and a signal ends it cleanly with nothing left in hand."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[str], seconds: float) -> bytes:
    """The page, once the server answers."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert process.poll() is None, f"ended with {process.returncode}"
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return bytes(answer.read())
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{url} did not answer within {seconds} s")


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_running_edition_cleanly(number: signal.Signals, tmp_path: Path) -> None:
    port, data = free_port(), tmp_path / "data"
    log = (tmp_path / "log").open("w")
    environment = {**os.environ, "LIMITEDTIMES_ENGINE": "pseudo"}
    command = [sys.executable, "-m", "limitedtimes", "demo", "--data", str(data), "--port", str(port)]
    with log, subprocess.Popen(command, stderr=log, stdout=log, text=True, env=environment) as process:
        try:
            front = wait_for(f"http://127.0.0.1:{port}/", process, 240)
            assert b"<h1" in front or b"<h2" in front
            process.send_signal(number)
            assert process.wait(30) == 0, (tmp_path / "log").read_text()
        finally:
            process.kill()
    with closing(sqlite3.connect(data / "limitedtimes.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM tasks WHERE state = 'claimed'").fetchone() == (0,)
        assert database.execute("SELECT count(*) FROM publications").fetchone()[0] > 15


@pytest.mark.slow
def test_an_interrupted_gather_gives_back_what_it_holds_and_says_so(tmp_path: Path) -> None:
    data = tmp_path / "data"
    environment = {**os.environ, "LIMITEDTIMES_ENGINE": "pseudo"}
    command = [sys.executable, "-m", "limitedtimes", "demo", "--data", str(data), "--no-serve"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment) as p:
        assert p.stderr is not None
        seen = []
        for line in p.stderr:
            seen.append(line)
            if line.startswith("extracted"):
                break
        p.send_signal(signal.SIGINT)
        rest = p.stderr.read()
        assert p.wait(60) == 1, "".join(seen) + rest
        assert "Traceback" not in rest
    with closing(sqlite3.connect(data / "limitedtimes.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM tasks WHERE state = 'claimed'").fetchone() == (0,)


def gathering(data: Path) -> subprocess.Popen[str]:
    """The leader of its own process group, at work on the sample press with two extracting processes."""
    environment = {**os.environ, "LIMITEDTIMES_ENGINE": "pseudo"}
    command = [sys.executable, "-m", "limitedtimes", "demo", "--data", str(data), "--no-serve"]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment, start_new_session=True
    )
    assert process.stderr is not None
    assert any(line.startswith("extracted") for line in process.stderr)
    return process


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_every_process_of_the_group_fails_no_page(number: signal.Signals, tmp_path: Path) -> None:
    """As a terminal sends Ctrl-C, and a service manager SIGTERM."""
    with gathering(tmp_path) as process:
        os.killpg(process.pid, number)
        assert process.stderr is not None
        rest = process.stderr.read()
        assert process.wait(60) == 1, rest
    assert "Traceback" not in rest
    assert "died" not in rest
    with closing(sqlite3.connect(tmp_path / "limitedtimes.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM tasks WHERE state = 'claimed'").fetchone() == (0,)
        assert database.execute("SELECT count(*) FROM tasks WHERE state = 'queued'").fetchone() != (0,)


@pytest.mark.slow
def test_a_killed_gather_leaves_no_process_behind(tmp_path: Path) -> None:
    with gathering(tmp_path) as process:
        process.kill()
        process.wait(10)
        end = time.monotonic() + 30
        while is_alive(process.pid) and time.monotonic() < end:
            time.sleep(0.1)
        left = is_alive(process.pid)
        if left:
            os.killpg(process.pid, signal.SIGKILL)
        assert not left


def is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
