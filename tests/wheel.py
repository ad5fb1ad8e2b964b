"""Proves the wheel: built, installed with its dependencies in an empty environment, used in an empty folder.

    python tests/wheel.py

Runs what a user with pip alone would run: `curate init`, `curate demo`, `curate run`. The last one has no network
here, so it must end by saying that no source could be read (4), having understood the starter's feeds.yaml.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]


def run(*command: str | Path, folder: Path, expect: tuple[int, ...] = (0,)) -> None:
    print("$", *command, flush=True)
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    status = subprocess.run([str(c) for c in command], cwd=folder, env=environ, check=False).returncode
    if status not in expect:
        sys.exit(f"{command[0]} ended with {status}, expected {expect}")


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
        run(*build, "--wheel-dir", folder, ROOT, folder=folder)
        (wheel,) = folder.glob("curate-*.whl")
        venv.create(folder / "env", with_pip=True)
        scripts = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
        run(
            scripts / "python",
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            wheel,
            folder=folder,
        )
        empty = folder / "empty"
        empty.mkdir()
        run(scripts / "curate", "init", "myaccount", folder=empty)
        account = empty / "myaccount"
        run(scripts / "curate", "demo", folder=account)
        posts = list((account / "output/demo/output/issues").glob("*/wechat.html"))
        assert len(posts) == 2, posts
        run(scripts / "curate", "run", folder=account, expect=(0, 4))
    print("wheel: ok")


main()
