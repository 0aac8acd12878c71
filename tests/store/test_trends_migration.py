"""An edition that was gathered before there were trends: its last weeks are looked through for names."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from earlier import migrated_again
from small_press import NOW, claim_one, entry_of, publish

from limitedtimes.protocols import Outcome, StepName, Store, Todo, Translated
from limitedtimes.store import open_store
from limitedtimes.store.migrations.versions import v0009_trends
from limitedtimes.story import Grouping, Sketch


def grouped(store: Store, number: int, days_ago: int) -> None:
    id_ = publish(store, entry_of(number, published=NOW - timedelta(days=days_ago)), now=NOW)
    found = store.published(id_)
    assert found is not None
    store.add(Todo(StepName.GROUP, id_, Translated(found.article, found.translation)), now=NOW)
    sketch = Sketch(id_, NOW - timedelta(days=days_ago), {})
    store.finish(Outcome(claim_one(store, StepName.GROUP), Grouping(sketch, id_)), now=NOW)


def test_what_the_last_weeks_published_is_looked_through_again(tmp_path: Path) -> None:
    path = tmp_path / "paper.db"
    store = open_store(path)
    for number, days_ago in enumerate((1, 20, 40)):
        grouped(store, number, days_ago)
    assert store.pending([StepName.GROUP]) == 0
    store.close()
    migrated_again(path, v0009_trends, without=("mentions", "voices"))
    store = open_store(path)
    assert store.pending([StepName.GROUP]) == 2
    task = claim_one(store, StepName.GROUP)
    assert isinstance(task.input, Translated)
    again = Grouping(Sketch(task.input.article.id, NOW, {}, names={"kelmora": "Kelmora"}), task.input.article.id)
    store.finish(Outcome(task, again), now=NOW)
    assert store.pulse(now=NOW, days=29, worth=lambda _: lambda voices: voices.sources > 0).press.now.sources == 1
    store.close()
