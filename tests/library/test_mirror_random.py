"""Whatever two machines do, in whatever order, and whatever fails: they come to the same."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from nova_desktop.errors import ExpectedError, TryLater
from nova_desktop.sync import Direction
from tests.library.buckets import MemoryBucket, OneMachine

NAMES = st.sampled_from(["one", "two"])
CONTENTS = st.sampled_from([f"c{number}" for number in range(5)])
ROUNDS = 4


class Machines(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.place = tempfile.TemporaryDirectory()
        self.bucket = MemoryBucket()
        self.machines = {
            name: OneMachine(Path(self.place.name) / name, self.bucket, name)
            for name in ("one", "two")
        }
        self.held = {name: set() for name in self.machines}

    @rule(name=NAMES, content=CONTENTS, rows=st.integers(1, 3), seed=st.integers(0, 2))
    def index(self, name, content, rows, seed):
        self.machines[name].hold(content, rows, seed)
        self.held[name].add(content)

    @rule(name=NAMES, content=CONTENTS)
    def delete(self, name, content):
        self.machines[name].lose(content)
        self.held[name].discard(content)

    @rule(name=NAMES, content=CONTENTS)
    def damage(self, name, content):
        """The store of a machine loses rows, which its next start notices."""
        machine = self.machines[name]
        machine.store.forget([content])
        with machine.catalog.write() as db:
            db.execute("DELETE FROM indexed WHERE content = ?", [content])

    @rule(name=NAMES, direction=st.sampled_from(Direction))
    def sync(self, name, direction):
        self.machines[name].sync(direction)

    @rule(name=NAMES, fails=st.integers(1, 12), lands=st.booleans())
    def sync_that_fails(self, name, fails, lands):
        """A request fails; `lands`: the service did what it was asked all the same."""
        self.bucket.calls.clear()
        put = self.bucket.put

        def failing(index, kept):
            if lands:
                put(index, kept)
            if len(self.bucket.calls) >= fails:
                raise TryLater("The connection was reset.")
            if not lands:
                put(index, kept)

        self.bucket.put = failing
        try:
            self.machines[name].sync()
        except ExpectedError:
            pass
        finally:
            self.bucket.put = put

    @rule(name=NAMES, at=st.integers(1, 10), direction=st.sampled_from(Direction))
    def both_at_once(self, name, at, direction):
        """While one syncs the other one begins and ends."""
        other = self.machines["two" if name == "one" else "one"]
        self.bucket.calls.clear()

        def interleave(*_):
            if len(self.bucket.calls) == at:
                self.bucket.before = lambda *_: None
                other.sync(direction)

        self.bucket.before = interleave
        self.machines[name].sync()
        self.bucket.before = lambda *_: None

    @invariant()
    def nothing_that_is_held_and_whole_is_lost(self):
        for name, machine in self.machines.items():
            known = {c for (c,) in machine.catalog.read("SELECT content FROM contents")}
            assert self.held[name] <= known

    def teardown(self):
        try:
            for _ in range(ROUNDS):
                for machine in self.machines.values():
                    machine.sync()
            one, two = self.machines.values()
            assert one.sync().done == two.sync().done
            assert not one.sync().done.push
            assert one.said() == two.said()
            # What was damaged and lay nowhere else is indexed again by its machine, not by a sync.
            assert self.bucket.contents() == one.contents()
            assert one.contents() <= self.held["one"] | self.held["two"]
            whole = {key: len(keys) for key, keys in self.bucket.rows().items()}
            assert set(whole.values()) <= {1}
            for content, rows in one.said().items():
                assert sum(key[1] == content for key in whole) == len(rows)
        finally:
            for machine in self.machines.values():
                machine.catalog.close()
            self.place.cleanup()


TestMachines = Machines.TestCase
TestMachines.settings = settings(
    max_examples=25,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
