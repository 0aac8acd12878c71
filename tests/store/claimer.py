"""A process that claims fetches from a database until there are none, and prints their ids. Run by a test."""

import sys

from small_press import LEASE, NOW

from limitedtimes.protocols import StepName
from limitedtimes.store import open_store

store = open_store(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
while tasks := store.claim(StepName.FETCH, 3, now=NOW, lease=LEASE):
    print(*(task.id for task in tasks))
store.close()
