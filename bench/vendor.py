"""Fetch the scripts that the desk carries, each in an exact version, with npm; `make vendor` runs it.

    python bench/vendor.py

Writes templates/desk/vendor/: each script, its license, and SHA256SUMS, which a test holds against the files.
"""

from __future__ import annotations

import hashlib
import subprocess
import tarfile
import tempfile
from pathlib import Path

HOME = Path(__file__).parents[1] / "templates/desk/vendor"
# Package, version, the script in it.
SCRIPTS = (
    ("htmx.org", "4.0.1", "dist/htmx.min.js"),
    ("sortablejs", "1.15.7", "Sortable.min.js"),
)


def vendor(package: str, version: str, script: str) -> list[Path]:
    """Fetch one package and keep its script and its license; their paths."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", f"{package}@{version}", "--pack-destination", folder]
        subprocess.run(command, check=True, capture_output=True)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            stem = f"{Path(script).name.split('.')[0].lower()}-{version}"
            kept = {f"package/{script}": f"{stem}.min.js", "package/LICENSE": f"{stem}.LICENSE"}
            made = []
            for member, name in kept.items():
                found = archive.extractfile(member)
                assert found is not None, member
                # A map of the sources is not carried, so that no browser asks for one.
                text = found.read().decode().split("\n//# sourceMappingURL=")[0].rstrip() + "\n"
                (HOME / name).write_text(text, encoding="utf-8")
                made.append(HOME / name)
    return made


def main() -> None:
    HOME.mkdir(parents=True, exist_ok=True)
    made = [path for script in SCRIPTS for path in vendor(*script)]
    sums = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(made))
    (HOME / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


if __name__ == "__main__":
    main()
