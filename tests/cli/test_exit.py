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


POOL = """
import multiprocessing, threading, concurrent.futures
from limitedtimes.child import end_all, settle_in

context = multiprocessing.get_context("fork")
pool = concurrent.futures.ProcessPoolExecutor(1, mp_context=context, initializer=settle_in)
pool.submit(abs, -1).result()
threads = [thread for thread in threading.enumerate() if type(thread).__module__ == "concurrent.futures.process"]
end_all()
print(len(threads), sum(thread.is_alive() for thread in threads))
"""


def test_a_pool_is_closed_when_its_processes_are_ended() -> None:
    """Else Python, which wakes it at exit, now and then finds it half closed, and prints a traceback."""
    ended = subprocess.run([sys.executable, "-c", POOL], capture_output=True, text=True, timeout=20, check=True)
    assert (ended.stdout, ended.stderr) == ("1 0\n", "")
