"""What a sync has to do: the journal is read as far as it is new, and both sides compared."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from nova_desktop.errors import ErasedThere, NeedsUser
from nova_desktop.library import mirror_journal
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.mirror_compared import Compared, bounds, compared
from nova_desktop.library.mirror_course import Course
from nova_desktop.library.mirror_plan import Here, Step, SyncPlan, plan, restoring
from nova_desktop.library.mirror_records import MirrorRecords
from nova_desktop.library.mirror_stamps import batches, held
from nova_desktop.library.rulebook import Rulebook
from nova_desktop.library.spaces import removed_spaces
from nova_desktop.model import Space
from nova_desktop.ports import Store, VectorBucket

log = logging.getLogger(__name__)

PAGE = 10_000  # contents compared at once: 600 bytes each
LOOK_ROWS = 2000  # read at once to work out stamps
ENTRIES = 50  # of the journal, read at once
LOST = (
    "What this computer had pushed is not in {place} any more: it was erased there, or that is "
    "another bucket. To push all of it again, say so: nova-desktop sync push --again."
)
UNREADABLE = (
    "A newer Nova Desktop wrote to {place}. Update the program on this computer to sync with it."
)


@dataclass(frozen=True, slots=True)
class Page:
    """Some contents of a space: from `first` on, and before `last`."""

    space: Space
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class ToDo:
    """Of one page. `rows`: how many each content has, here or there."""

    page: Page
    plan: SyncPlan
    rows: Mapping[str, int]

    @property
    def any(self) -> bool:
        return any(self.plan.steps.values())

    def count(self, step: Step) -> int:
        """Rows of a step's contents."""
        return sum(self.rows.get(one, 0) for one in self.plan.of(step))


@dataclass(frozen=True, slots=True)
class MirrorLook:
    """Of one sync; one thread."""

    catalog: Catalog
    store: Store
    rulebook: Rulebook
    records: MirrorRecords
    bucket: VectorBucket
    prefix: str
    course: Course

    def read_journal(self, spaces: Sequence[Space], again: bool) -> list[str]:
        """Takes in what was written since; gives the keys of all entries.

        ErasedThere where nothing is there of what this machine wrote, unless all is to be pushed
        `again`; NeedsUser where a newer program wrote.
        """
        records, place = self.records, self.bucket.place
        records.begin(spaces)
        index = mirror_journal.index_of(self.prefix)
        keys = list(self.bucket.keys(index))
        places = [one for key in keys if (one := mirror_journal.place_of(key))]
        mine = max((number for machine, number in places if machine == records.machine), default=0)
        if mine < records.read().get(records.machine, 0):
            if not again:
                raise ErasedThere(LOST.format(place=place))
            records.reset()
            records.begin(spaces)
        unread = mirror_journal.unread(keys, records.read())
        for start in range(0, len(unread), ENTRIES):
            self.course.check()
            try:
                some = mirror_journal.read(self.bucket, index, unread[start : start + ENTRIES])
            except (ValueError, KeyError, TypeError) as e:
                log.warning("The journal can't be read: %r", e)
                raise NeedsUser(UNREADABLE.format(place=place)) from e
            records.fold(some)
        return keys

    def pages(self, restore: bool) -> Iterator[Page]:
        """All that there is to compare: some contents in every space, then the next ones.

        `restore`: what is here is looked at again, whether or not it was compared before.
        """
        if restore:
            self.records.relook()
        left_alone = removed_spaces(self.catalog)
        spaces = [one for one in self.records.spaces().values() if one.name not in left_alone]
        for first, last in bounds(self.catalog, PAGE):
            for space in spaces:
                yield Page(space, first, last)

    def plans(self, pages: Iterable[Page], restore: bool) -> Iterator[ToDo]:
        """What differs, as it is now, a page at a time; of what differs nothing else is in memory.

        `restore`: what lies there counts.
        """
        for page in pages:
            self.course.check()
            yield self._plan(page, restore)

    def _plan(self, page: Page, restore: bool) -> ToDo:
        space = page.space
        rules, me = self.rulebook.rules(), self.records.machine
        both = compared(self.catalog, space.name, rules, page.first, page.last)
        made = plan(both.here, both.there, me)
        if unsure := made.of(Step.LOOK):
            both = Compared({**both.here, **self._looked(space, unsure, both)}, both.there)
            made = plan(both.here, both.there, me)
        if restore:
            made = restoring(made, both.there)
        rows = {one: both.here[one].rows for one in made.of(Step.PUSH)}
        rows |= {
            one: both.there[one].rows for step in (Step.PULL, Step.DELETE) for one in made.of(step)
        }
        return ToDo(page, made, rows)

    def _looked(self, space: Space, contents: Sequence[str], both: Compared) -> dict[str, Here]:
        """With the stamps of their rows as they are; those that are equal there are noted so."""
        looked = {}
        rows = {one: both.here[one].rows for one in contents}
        for some in batches(contents, rows, LOOK_ROWS):
            self.course.check()
            changes = self.records.watch(space.name, some)
            stamps = {
                content: one.stamp
                for content, one in held(self.catalog, self.store, space, some).items()
            }
            for content in some:
                # Without rows after all it is not what the catalog says: what lies there counts.
                looked[content] = replace(both.here[content], now=stamps.get(content, "none"))
            same = {
                content: stamp
                for content, stamp in stamps.items()
                if both.there[content].stamp == stamp
            }
            self.records.adopted(space.name, changes, same)
        return looked
