"""The demo's account as tests use it: laid out in a folder, with all of its sources or few."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import yaml

from curate.cli.main import run
from curate.demo import Server, account, nights

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # the week that is over holds the first night
FEW = ("chenbao", "zaozhuan", "dushu", "suanpan", "zhoudao")  # enough to merge


@dataclass(frozen=True)
class Published:
    """An account whose night is over, to be looked at or copied, and what the night said."""

    home: Path
    out: str
    err: str

    @property
    def post(self) -> Path:
        """The post that is pasted, beside the other files of the issue."""
        return Path(self.out.strip())

    def copy(self, folder: Path) -> Path:
        """An account of one's own in `folder`, which may exist."""
        return shutil.copytree(self.home, folder, dirs_exist_ok=True)


def lay_out(
    home: Path, web: Server, now: datetime = NOW, edit: Callable[[str], str] = lambda text: text
) -> Path:
    """Write the account that reads the demo's web; `edit` changes its feeds.yaml."""
    for name, text in account(web.proxy, now).items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(edit(text) if name == "feeds.yaml" else text, encoding="utf-8")
    return home


def publish(home: Path, number: int, now: datetime = NOW) -> Published:
    """Run the night of that number, which must end well."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = run(["run", "-C", str(home), "--now", nights(now)[number].isoformat()])
    assert status == 0, err.getvalue()
    return Published(home, out.getvalue(), err.getvalue())


def all_images(feeds: str) -> str:
    return feeds.replace("digest:\n", "digest:\n  images: all\n")


def few_sources(feeds: str) -> str:
    """Fewer sources, and small issues, so that something always misses the quota."""
    config = yaml.safe_load(feeds)
    config["sources"] = [source for source in config["sources"] if _site(source) in FEW]
    config["digest"]["items"] = 6
    config["channels"] = ["wechat", "markdown"]
    return str(yaml.safe_dump(config, allow_unicode=True))


def _site(source: dict[str, str]) -> str:
    return "zhoudao" if "folder" in source else source["url"].split("/")[2].removesuffix(".example")
