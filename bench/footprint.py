"""What `pip install curate` puts on a disk: megabytes a distribution, without the extras and without compiled files.

    python bench/footprint.py

The requirements of pyproject.toml are followed through what is installed here.
"""

from __future__ import annotations

import tomllib
from importlib.metadata import Distribution, distribution

from harness import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

SHOWN = 15  # distributions with a row of their own


def list_installed(requirements: list[str]) -> dict[str, Distribution]:
    """Every distribution that these requirements bring, by name."""
    found: dict[str, Distribution] = {}
    waiting = [Requirement(each) for each in requirements]
    asked: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        one = waiting.pop()
        name, extras = canonicalize_name(one.name), frozenset(one.extras)
        if (name, extras) in asked or (one.marker and not one.marker.evaluate({"extra": ""})):
            continue
        asked.add((name, extras))
        found[name] = distribution(name)
        for each in found[name].requires or ():
            needed = Requirement(each)
            wanted = not needed.marker or any(
                needed.marker.evaluate({"extra": extra}) for extra in extras or {""}
            )
            needed.marker = None
            waiting += [needed] if wanted else []
    return found


def measure(one: Distribution) -> int:
    """Bytes of a distribution's files."""
    files = [one.locate_file(file) for file in one.files or () if file.suffix != ".pyc"]
    return sum(path.stat().st_size for path in files if path.exists())  # type: ignore[attr-defined]


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    sizes = {name: measure(one) for name, one in list_installed(project["dependencies"]).items()}
    own = [path for name in ("curate", "templates") for path in (ROOT / name).rglob("*") if path.is_file()]
    sizes["curate"] = sum(path.stat().st_size for path in own if path.suffix != ".pyc")
    print(f"{sum(sizes.values()) / 1e6:.0f} MB in {len(sizes)} distributions")
    ordered = sorted(sizes.items(), key=lambda pair: -pair[1])
    for name, size in ordered[:SHOWN]:
        print(f"{size / 1e6:6.1f}  {name}")
    print(f"{sum(size for _, size in ordered[SHOWN:]) / 1e6:6.1f}  {len(ordered) - SHOWN} others")


if __name__ == "__main__":
    main()
