"""How the command ends: without the processes that it began."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import multiprocessing, sys, time, types

def main():
    multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,)).start()
    {ends}

sys.modules["limitedtimes.cli"] = types.SimpleNamespace(main=main)
from limitedtimes.__main__ import start
sys.exit(start())
"""


def _run(ends: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CODE.format(ends=ends)], capture_output=True, text=True, timeout=20, check=False
    )


def test_nobody_waits_for_what_a_process_has_in_hand() -> None:
    assert _run("return 3").returncode == 3


def test_nor_after_ctrl_c() -> None:
    ended = _run("raise KeyboardInterrupt")
    assert (ended.returncode, ended.stderr) == (1, "limitedtimes: interrupted\n")
