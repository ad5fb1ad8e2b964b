"""What an editor decides about an issue, and the nights that follow: they leave it alone, and heed it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from curate.cli.main import run
from curate.demo import Server, nights
from curate.domain.model import Digest
from curate.domain.serialization import from_json
from tests.demo_account import NOW, few_sources, lay_out, publish
from tests.desk_client import opened
from tests.test_paste_link import Web, play_night


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def shown(home: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    capsys.readouterr()
    assert run(["issue", "show", "1", "--json", "-C", str(home)]) == 0
    return dict(json.loads(capsys.readouterr().out))


def keys(found: object) -> set[str]:
    assert isinstance(found, list)
    return {f"{each['source']} {each['id']}" for each in found}


@pytest.mark.slow
def test_a_later_night_leaves_an_issue_alone_and_heeds_what_was_decided(
    tmp_path: Path, demo_web: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    home = lay_out(tmp_path, demo_web, edit=few_sources)
    demo_web.night = 1
    folder = publish(home, 0).post.parent
    first = from_json(Digest, (folder / "issue.json").read_bytes())
    items = {item.number: f"{item.source_id} {item.entry}" for s in first.sections for item in s.items}
    for words in (["drop", "1", "2"], ["park", "1", "2"], ["title", "1", "1", "编辑改过的标题"]):
        assert run(["issue", *words, "-C", str(home), "--now", nights(NOW)[0].isoformat()]) == 0
    dropped, parked = items[2], items[3]
    before = shown(home, capsys)
    assert keys(before["shelf"]) == {parked}
    assert not keys(before["arrivals"]), "nothing came since the issue was made"
    left = files(folder)

    demo_web.night = 2
    second = publish(home, 1).post.parent
    assert files(folder) == left
    after = shown(home, capsys)
    assert (after["revision"], after["issue"], after["log"]) == (3, before["issue"], before["log"])
    report = json.loads(
        next(iter(sorted((home / "output/runs").glob("*.json"), reverse=True))).read_text("utf-8")
    )
    judged = {f"{v['entry']['source']} {v['entry']['id']}" for v in report["verdicts"]}
    assert parked in judged, "it is a candidate again"
    assert dropped not in judged
    printed = from_json(Digest, (second / "issue.json").read_bytes())
    assert dropped not in {f"{i.source_id} {i.entry}" for s in printed.sections for i in s.items}


@pytest.mark.slow
def test_what_came_after_an_issue_is_told_as_its_arrivals(
    tmp_path: Path, demo_web: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    home = lay_out(tmp_path, demo_web, edit=few_sources)
    demo_web.night = 1
    folder = publish(home, 0).post.parent
    left = files(folder)
    demo_web.night = 2
    assert run(["fetch", "-C", str(home), "--now", nights(NOW)[1].isoformat()]) == 0
    assert keys(shown(home, capsys)["arrivals"])
    assert files(folder) == left


def cut_off(home: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> Path:
    """A night that ends before it took this step; the issue's copy page."""
    web = Web({})
    monkeypatch.setattr("curate.app.doors.fetch", web)
    with monkeypatch.context() as patch:
        patch.setattr(step, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        play_night(home, web, "2026-11-24T00:30:00+00:00", ends=130)
    (page,) = (home / "output/issues").glob("2026-11-24-*/wechat.html")
    return page


@pytest.mark.parametrize(
    "step", ["curate.storage.archive.Archive.record", "curate.storage.output.Output.report"]
)
@pytest.mark.parametrize("by", ["run", "desk"])
def test_an_issue_whose_run_was_killed_leads_to_no_report(
    issue_home: Path, monkeypatch: pytest.MonkeyPatch, step: str, by: str
) -> None:
    page = cut_off(issue_home, monkeypatch, step)
    assert "runs/20261124T003000Z" in page.read_text("utf-8")
    before = files(page.parent)
    if by == "run":
        run(["run", "-C", str(issue_home), "--now", "2026-11-24T01:30:00+00:00"])
    else:
        with opened(issue_home):
            pass
    after = files(page.parent)
    assert "runs/20261124T003000Z" not in page.read_text("utf-8")
    assert {name for name in before if before[name] != after[name]} == {"wechat.html"}
    untouched = page.stat().st_mtime_ns
    run(["run", "-C", str(issue_home), "--now", "2026-11-24T02:30:00+00:00"])
    assert page.stat().st_mtime_ns == untouched, "once is enough"
