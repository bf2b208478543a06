"""Imports LanceDB without what of it talks to servers, or checks what comes from them.

`import lancedb` takes 1.3 s of a processor, 0.8 of them for a generated client of a REST service
(lance_namespace), and on Python 3.11 0.2 for decorators that read the bytecode of whole classes
(overrides). Neither is used by a folder on this disk, nor are services that make vectors. Names
that LanceDB takes from them while it is imported are filled by placeholders; whoever imports them
later gets the real ones. Parts of pyarrow that no question needs (40 ms) come with their first use,
and in place of pydantic, half of what is left, stands what `lance_unchecked` has.
"""

from __future__ import annotations

import functools
import importlib
import logging
import sys
import threading
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from nova_desktop.stores.given_back import keep_together
from nova_desktop.stores.lance_scratch import prepare_environment
from nova_desktop.stores.lance_unchecked import Unchecked

_CLIENTS = ("lance_namespace", "lance_namespace_urllib3_client", "pydantic_core")
_CHECKS = "overrides"
_MODELS = "pydantic"
_LATER = ("pyarrow.compute", "pyarrow.dataset", "pyarrow.fs")
_SERVICES = "lancedb.embeddings."
_NO_SERVICES = tuple(f"{_SERVICES}{name}" for name in ("base", "registry"))
_lock = threading.Lock()

log = logging.getLogger(__name__)


@functools.cache
def lancedb() -> ModuleType:
    """The module. Import nothing else of LanceDB before this was called."""
    with _lock:
        if "lancedb" not in sys.modules:
            keep_together()
            prepare_environment()
            try:
                _import_alone()
            except Exception as e:  # whatever a release of LanceDB that needs more of them raises
                log.warning("LanceDB could not be imported alone, so all of it is: %r", e)
        import lancedb

        return lancedb


def _import_alone() -> None:
    finder = _Placeholders()
    sys.meta_path.insert(0, finder)
    try:
        importlib.import_module("lancedb")
    except BaseException:
        for name in [name for name in sys.modules if name.partition(".")[0] == "lancedb"]:
            del sys.modules[name]
        raise
    finally:
        sys.meta_path.remove(finder)
        for name in finder.made:
            sys.modules.pop(name, None)


class _Placeholders(MetaPathFinder, Loader):
    """Finds modules that are not there already as ones whose every name is a placeholder."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002  # wherever it is
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        first = fullname.partition(".")[0]
        service = fullname.startswith(_SERVICES) and fullname not in _NO_SERVICES
        some = fullname in (*_LATER, _MODELS) or first in (*_CLIENTS, _CHECKS)
        if not service and not some:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        self.made.append(spec.name)
        if spec.name in _LATER:
            return _Later(spec.name)
        if spec.name == _MODELS:
            return Unchecked(spec.name)
        return _Checks(spec.name) if spec.name == _CHECKS else _Client(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing to run."""


class _Client(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        # Some stand in `except` clauses, and some are called: nobody can do so by mistake.
        made = type(name, (Exception,), {"__doc__": "Not imported: see lance_import."})
        setattr(self, name, made)
        return made


class _Later(ModuleType):
    """Passes on to the real module, once LanceDB is imported; before, it has types alone."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            return type(name, (), {"__doc__": "Not imported: see lance_import."})
        return getattr(importlib.import_module(self.__name__), name)


class _Checks(ModuleType):
    class EnforceOverrides:
        """Checks nothing."""

    @staticmethod
    def override(method: Any) -> Any:
        return method
