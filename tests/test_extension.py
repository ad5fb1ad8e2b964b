"""The package of docs/*/extending.md: built, installed, and used for a night."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from curate.config.load import KnownNames, parse
from curate.config.schema import Config
from curate.config.values import Shape
from curate.domain import plugins
from curate.domain.errors import ConfigError
from curate.sources import READERS, Kind, Reading

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "tests/extension"
NOW = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)
FEEDS = """\
account: {name: 早读}
topics: [{id: city, name: 城市, keywords: [地铁, 图书馆]}]
sources:
  - {name: 市政, reader: json, url: "http://127.0.0.1:PORT/list", options: {items: data.list, link: href}}
digest: {weights: {brevity: 2}}
look: {theme: plain, opening: 今天有好消息！！！}
channels: [wechat, lines]
site: {enabled: false}
network: {allow_private: [127.0.0.1]}
"""
TITLES = ("地铁五号线（一期今天开通", "市图书馆新馆下周开放，首日接待读者三千余人，读者可以预约参观")
SENTENCE = "市政府今天上午公布了这项工程的进展，施工单位说明了工期，住在附近的居民也提出了自己的意见。"
ARTICLE = f"<html lang=zh><title>市政</title><article>{f'<p>{SENTENCE}{SENTENCE}</p>' * 5}</article></html>"


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        dated = (NOW - timedelta(hours=2)).isoformat()
        items = [{"title": t, "href": f"/{i}", "date": dated} for i, t in enumerate(TITLES)]
        text = json.dumps({"data": {"list": items}}) if self.path == "/list" else ARTICLE
        body = text.encode()
        self.send_response(200)
        self.send_header(
            "Content-Type", f"{'application/json' if self.path == '/list' else 'text/html'}; charset=utf-8"
        )
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps"]
    subprocess.run(
        [sys.executable, *install, "--no-build-isolation", "--target", str(target), str(PACKAGE)], check=True
    )
    return target


def curate(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(installed), str(ROOT)])
    environ = {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "curate", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.slow
def test_an_installed_package_adds_one_of_each_to_a_night(installed: Path, port: int, tmp_path: Path) -> None:
    (tmp_path / "feeds.yaml").write_text(FEEDS.replace("PORT", str(port)), encoding="utf-8")
    night = curate(installed, tmp_path, "run", "--now", NOW.isoformat())
    assert night.returncode == 0, night.stderr
    (issue,) = (tmp_path / "output/issues").iterdir()
    table = (issue / "items.jsonl").read_text("utf-8")  # the channel, of what the kind of source read
    assert all(title in table for title in TITLES)
    page = (issue / "wechat.html").read_text("utf-8")
    assert "#0a7d4f" in page  # the theme
    assert "感叹号连用，显得吵" in page  # the check
    assert "括号没有成对" in curate(installed, tmp_path, "check").stdout  # the check of an issue
    told = "".join(path.read_text("utf-8") for path in (tmp_path / "output").rglob("*.html"))
    assert "标题一行放得下" in told  # the signal


@pytest.mark.slow
def test_a_packages_options_are_in_the_schema_and_their_mistakes_are_told_where_they_stand(
    installed: Path, tmp_path: Path
) -> None:
    schema = json.loads(curate(installed, tmp_path, "schema").stdout)
    assert schema["$defs"]["json.options"]["required"] == ["items"]
    assert "json：返回 JSON 的网址" in schema["$defs"]["Source"]["properties"]["reader"]["description"]
    (tmp_path / "feeds.yaml").write_text(FEEDS.replace("link: href", "lnk: href"), encoding="utf-8")
    refused = curate(installed, tmp_path, "run")
    assert refused.returncode == 1
    assert "feeds.yaml:4" in refused.stderr
    assert "options.lnk" in refused.stderr
    assert "link" in refused.stderr


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_document_shows_every_file_of_the_package_as_it_is(language: str) -> None:
    text = (ROOT / "docs" / language / "extending.md").read_text("utf-8")
    shown = dict(re.findall(r"^`([\w./-]+)`[:：]\n\n```\w*\n(.*?)^```$", text, re.M | re.S))
    files = {path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*") if path.is_file()}
    kept = {name: path.read_text("utf-8") for name, path in files.items() if not name.endswith(".pyc")}
    assert shown == kept


# --- without a package: what the tables do with what they are given ---------------------------------------------------


class Options(Shape):
    depth: int


KINDS = {**READERS, "deep": Kind(lambda *_: (), lambda *_: Reading(()), options=Options)}


def config(source: str) -> Config:
    text = f"account: {{name: 早读, language: en}}\ntopics: [{{id: a, name: 甲}}]\nsources:\n  - {{name: 甲, {source}}}\n"
    return parse(text, "feeds.yaml", {}, KnownNames(KINDS, ("wechat", "markdown")))


def test_a_kinds_own_options_are_checked_by_its_shape() -> None:
    assert config("reader: deep, options: {depth: 3}").sources[0].options == {"depth": 3}


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("reader: deep", "sources[0].options.depth: is missing"),
        ("reader: deep, options: {depth: far}", "sources[0].options.depth: must be a whole number"),
        ("reader: deep, options: {depht: 3}", "sources[0].options.depht: unknown key, did you mean 'depth'?"),
        ("reader: deep, options: 3", "sources[0].options: must be a group"),
        (
            "url: 'https://a.example/f', options: {depth: 3}",
            "sources[0].options: its reader takes no options",
        ),
    ],
)
def test_a_mistake_in_options_is_told_as_any_other(source: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config(source)
    assert any(told in problem for problem in caught.value.problems), caught.value.problems


def test_a_package_that_cannot_be_loaded_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = EntryPoint("broken", "no_such_module_of_anybody:KIND", "curate.readers")
    monkeypatch.setattr(plugins, "_list_points", lambda group: EntryPoints([broken]))
    with pytest.raises(ConfigError) as caught:
        plugins.extend_table({}, "curate.readers")
    assert "broken" in caught.value.problems[0]
    assert "pip uninstall" in caught.value.hint
