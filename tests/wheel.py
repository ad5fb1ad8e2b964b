"""Proves the wheel: built, installed with its dependencies in an empty environment, used in an empty folder.

    python tests/wheel.py

Runs what a user with pip alone would run: `curate init`, `curate demo`, `curate run`. Nothing but loopback is asked:
the starter's feeds.yaml gets a proxy that is not there, so its run must end by saying that no source could be read
(4), having understood every line; a run that makes an issue follows over the demo's web.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]

OVER_THE_DEMO = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from curate.cli.main import run
from curate.demo import account, nights, serve

now = datetime.now(UTC)
with serve(now, night=2) as web:
    for name, text in account(web.proxy, now).items():
        path = Path("over-the-demo", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sys.exit(run(["run", "-C", "over-the-demo", "--now", nights(now)[1].isoformat()]))
"""


def run(*command: str | Path, folder: Path, expect: tuple[int, ...] = (0,)) -> None:
    print("$", *command, flush=True)
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    status = subprocess.run([str(c) for c in command], cwd=folder, env=environ, check=False).returncode
    if status not in expect:
        sys.exit(f"{command[0]} ended with {status}, expected {expect}")


def expect_hint(*command: str | Path, folder: Path, hint: str) -> None:
    """A command whose extra is not installed says which."""
    print("$", *command, flush=True)
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    asked = [str(part) for part in command]
    done = subprocess.run(asked, cwd=folder, env=environ, check=False, capture_output=True, text=True)
    if done.returncode != 2 or hint not in done.stderr:
        sys.exit(f"{command[0]} ended with {done.returncode} and said no {hint}: {done.stderr}")


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
        run(*build, "--wheel-dir", folder, ROOT, folder=folder)
        (wheel,) = folder.glob("curate-*.whl")
        venv.create(folder / "env")
        scripts = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
        # this environment's own pip, which need not be installed for it; what is imported is compiled then
        pip = [sys.executable, "-m", "pip", "--python", str(scripts / "python")]
        run(*pip, "--disable-pip-version-check", "install", "--quiet", "--no-compile", wheel, folder=folder)
        empty = folder / "empty"
        empty.mkdir()
        run(scripts / "curate", "init", "myaccount", folder=empty)
        account = empty / "myaccount"
        run(scripts / "curate", "demo", folder=account)
        posts = list((account / "output/demo/output/issues").glob("*/wechat.html"))
        assert len(posts) == 2, posts
        feeds = account / "feeds.yaml"
        text = feeds.read_text("utf-8")
        feeds.write_text(
            text.replace("\nnetwork:\n", "\nnetwork:\n  proxy: http://127.0.0.1:9\n"), encoding="utf-8"
        )
        run(scripts / "curate", "run", folder=account, expect=(4,))
        run(scripts / "python", "-c", OVER_THE_DEMO, folder=empty)
        expect_hint(scripts / "curate", "answers", "serve", folder=account, hint="curate[answers]")
        run(scripts / "python", "-c", "import matplotlib", folder=empty, expect=(1,))
    print("wheel: ok")


main()
