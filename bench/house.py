"""How the code is laid out, in figures: `python bench/house.py [CHECKOUT]`, this checkout where none is named.

Modules a package and lines a file (median and most), the share of lines that are comments, test lines to code lines,
functions over 45 lines, circles of files, imports inside functions, `language` in signatures outside i18n and render,
public types of one name in two modules, and functions named by a bare participle.
"""

from __future__ import annotations

import ast
import io
import re
import statistics
import sys
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from harness import ROOT

Function = ast.FunctionDef | ast.AsyncFunctionDef
_PARTICIPLE = re.compile(
    r"_?(?:[a-z]{2,}(?:ed|ing)|found|told|said|kept|left|made|known|seen|given|built|held|taken|begun|written|shown|drawn|"
    r"lost|met|put|read|sent|set|sold|spent|split|spoken|taught|thought|understood|won)"
)
_NOUNS = {
    "heading",
    "string",
    "reading",
    "ranking",
    "spacing",
    "padding",
    "encoding",
    "setting",
    "feed",
    "seed",
    "need",
}
_VERBS = {"read", "put", "set", "split"}  # imperatives of the same form
FUNCTION_LINES = 45


def walk_functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def code_lines(texts: list[str]) -> int:
    return sum(1 for text in texts for line in text.splitlines() if line.strip())


def comment_lines(text: str) -> int:
    """Lines that are a comment and nothing else."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return sum(token.type == tokenize.COMMENT and token.line.lstrip().startswith("#") for token in tokens)


def imported(tree: ast.AST, modules: set[str]) -> set[str]:
    """Which of our modules a module needs, inside functions and for types alone too."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & modules
            found |= inner
            if len(inner) < len(node.names):
                found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found & modules


def has_circle(needs: dict[str, set[str]]) -> str:
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as e:
        return " -> ".join(e.args[1])
    return "none"


def takes_language(function: Function) -> bool:
    args = function.args
    return any(arg.arg == "language" for arg in (*args.posonlyargs, *args.args, *args.kwonlyargs))


def report(root: Path) -> Iterator[str]:
    texts = {path: path.read_text("utf-8") for path in sorted((root / "curate").rglob("*.py"))}
    trees = {path: ast.parse(text) for path, text in texts.items()}
    tests = [
        path.read_text("utf-8") for path in (root / "tests").rglob("*.py") if "node_modules" not in path.parts
    ]
    packages = Counter(path.parent for path in texts)
    lines = [len(text.splitlines()) for text in texts.values()]
    longest = max(
        ((f.end_lineno or f.lineno) - f.lineno + 1 for tree in trees.values() for f in walk_functions(tree)),
        default=0,
    )
    names = {
        path: ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        for path in trees
    }
    needs = {names[path]: imported(tree, set(names.values())) - {names[path]} for path, tree in trees.items()}
    rooms = {path.parent.relative_to(root / "curate").parts[:1] for path in texts} - {()}
    inner = sum(
        isinstance(node, ast.Import | ast.ImportFrom)
        for tree in trees.values()
        for function in walk_functions(tree)
        for node in ast.walk(function)
    )
    languages = sum(
        takes_language(f)
        for path, tree in trees.items()
        if not {"i18n", "render"} & set(path.parts)
        for f in walk_functions(tree)
    )
    types: defaultdict[str, set[str]] = defaultdict(set)
    for path, tree in trees.items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                types[node.name].add(names[path])
    participles = sorted(
        f.name
        for tree in trees.values()
        for f in walk_functions(tree)
        if _PARTICIPLE.fullmatch(f.name) and f.name.lstrip("_") not in _NOUNS | _VERBS
    )
    comments = sum(map(comment_lines, texts.values()))
    yield f"rooms {len(rooms)}; modules a package: median {statistics.median(packages.values()):g}, most {max(packages.values())}"
    yield f"lines a file: median {statistics.median(lines):g}, most {max(lines)}; {sum(lines)} lines in {len(texts)} files"
    yield f"comment lines {comments / sum(lines):.1%}; tests : code {code_lines(tests) / code_lines(list(texts.values())):.2f}"
    yield f"longest function {longest} lines (at most {FUNCTION_LINES})"
    yield f"circle of files: {has_circle(needs)}"
    yield f"imports inside functions: {inner}"
    yield f"functions that take `language` outside i18n and render: {languages}"
    doubled = {name: sorted(places) for name, places in types.items() if len(places) > 1}
    yield f"public types of one name in two modules: {len(doubled)} {doubled or ''}"
    yield f"functions named by a bare participle: {len(participles)} {' '.join(participles[:30])}"


if __name__ == "__main__":
    for line in report(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT):
        print(line)
