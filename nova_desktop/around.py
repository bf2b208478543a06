"""What stands around an engine: all of the one inside, but for what it changes."""

from __future__ import annotations

from nova_desktop.model import Limits, Scale, Space
from nova_desktop.ports import Engine


class Around:
    """For engines that have another one `inner`, from which all but `embed` comes."""

    __slots__ = ()
    inner: Engine

    @property
    def space(self) -> Space:
        return self.inner.space

    @property
    def limits(self) -> Limits:
        return self.inner.limits

    @property
    def embeds_words(self) -> bool:
        return self.inner.embeds_words

    @property
    def scales(self) -> tuple[Scale, ...]:
        return self.inner.scales

    @property
    def note(self) -> str:
        return self.inner.note
