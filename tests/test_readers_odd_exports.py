"""Exports in odd shapes: touched by hand, by the hour, in many sections, or packed to do harm."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, time
from pathlib import Path

import openpyxl
import pytest

from curate.audience.importer import workbook_limits
from curate.audience.importer.cells import clock, moment
from curate.audience.importer.parse import read
from curate.audience.importer.spreadsheet import sheets
from curate.audience.model import ImportedFile
from curate.cli.main import run
from curate.domain.errors import UnreadableError
from curate.extraction.table import rows_of
from tests.exports import Rows, text, xlsx

TODAY = date(2026, 11, 27)
D20 = date(2026, 11, 20)


def reading(data: bytes) -> ImportedFile:
    return read(sheets(data), TODAY)


def counts(data: bytes) -> dict[tuple[str, str, str, str], float]:
    found = reading(data)
    return {
        (
            f.measure,
            f.channel,
            str(f.day),
            found.posts[f.post].title if f.post in found.posts else "",
        ): f.value
        for f in found.figures
    }


def refusal(data: bytes) -> UnreadableError:
    with pytest.raises(UnreadableError) as told:
        reading(data)
    return told.value


def test_a_row_without_a_day_is_told_with_its_place() -> None:
    rows = [("日期", "标题", "阅读人数"), ("2026-11-20", "甲", 100), ("", "乙", 50)]
    assert "第 3 行" in refusal(text(rows)).reason


def test_a_row_longer_than_its_header_is_told_with_its_place() -> None:
    told = refusal("日期,阅读人数,分享人数\n2026-11-19,9,1\n2026-11-20,1,203,88\n".encode())
    assert "第 3 行比表头多出 1 格" in told.reason


def test_counts_of_posts_without_a_title_are_never_the_accounts() -> None:
    told = refusal(text([("发布日期", "阅读人数", "分享人数"), ("2026-11-20", 100, 5)]))
    assert "没有标题一栏" in told.reason


@pytest.mark.parametrize("header", ["文章名称", "内容名称", "图文名称"])
def test_titles_are_known_under_their_other_names(header: str) -> None:
    rows = [(header, "发布日期", "阅读人数"), ("搬家记", "2026-11-20", 1203)]
    assert counts(text(rows)) == {("read_users", "", "2026-11-20", "搬家记"): 1203}


@pytest.mark.parametrize("hour", ["08:01", "8:01:30", time(8, 1), "上午8点"])
def test_a_column_of_clocks_beside_one_of_days_is_their_hour(hour: object) -> None:
    found = reading(
        xlsx([("标题", "发布日期", "发布时间", "阅读人数"), ("搬家记", "2026-11-20", hour, 1203)])
    )
    (post,) = found.posts.values()
    assert (post.published, post.hour) == (D20, 8)
    assert not found.doubts


def test_an_exact_name_beats_a_likeness_and_the_other_is_told() -> None:
    rows = [("标题", "发表时间", "分享人数", "点赞人数", "点赞的人数"), ("搬家记", "2026-11-20", 88, 12, 1)]
    found = reading(text(rows))
    assert {(f.measure, f.value) for f in found.figures} == {("share_users", 88), ("like_users", 12)}
    assert [c.header for c in found.columns if not c.field] == ["点赞的人数"]


def test_two_names_of_one_count_are_one_where_they_agree_and_refused_where_not() -> None:
    head = ("日期", "阅读人数", "总阅读人数")
    assert counts(text([head, ("2026-11-20", 9, 9)])) == {("read_users", "", "2026-11-20", ""): 9}
    assert "都像是“阅读人数”" in refusal(text([head, ("2026-11-20", 9, 8)])).reason


def test_hours_are_added_up_to_days_but_people_are_not() -> None:
    rows = [("日期", "小时", "阅读次数", "阅读人数"), ("2026-11-20", 0, 10, 5), ("2026-11-20", 1, 12, 4)]
    found = reading(text(rows))
    assert {(f.measure, f.value) for f in found.figures} == {("read_times", 22)}
    assert any("阅读人数" in doubt and "按天" in doubt for doubt in found.doubts)


def test_a_channel_never_seen_counts_as_the_others_and_is_told() -> None:
    rows = [
        ("日期", "渠道", "阅读次数"),
        ("2026-11-20", "火星", 5),
        ("2026-11-20", "其他", 7),
        ("2026-11-20", "服务号助手", 1),
        ("2026-11-20", "全部", 120),
    ]
    found = reading(text(rows))
    assert {(f.channel, f.value) for f in found.figures} == {("", 120), ("other", 13)}
    assert {doubt.split("”")[0] for doubt in found.doubts} == {"渠道“火星", "渠道“服务号助手"}


def test_a_section_of_one_channel_counts_for_that_channel() -> None:
    rows: Rows = [
        ("搬家记",), ("数据概况",), ("阅读次数", 1324), ("点赞次数", 12), (),
        ("推荐转化",), ("曝光次数", 5000), ("阅读次数", 50), ("关注人数", 1), (),
        ("数据趋势明细",), ("日期", "传播渠道", "阅读次数"), ("2026-11-20", "全部", 1234),
    ]  # fmt: skip
    found = {(f.measure, f.channel, f.span): f.value for f in reading(xlsx(rows)).figures}
    assert found["read_times", "", "total"] == 1324
    assert found["read_times", "recommended", "total"] == 50


def test_a_posts_sections_may_stand_each_on_a_sheet() -> None:
    book = openpyxl.Workbook()
    first = book.active
    first.title = "数据概况"
    for row in (("搬家记",), ("阅读次数", 1324)):
        first.append(row)
    second = book.create_sheet("数据趋势明细")
    for line in (("日期", "传播渠道", "阅读次数"), ("2026-11-20", "全部", 1234)):
        second.append(line)
    out = io.BytesIO()
    book.save(out)
    found = reading(out.getvalue())
    assert [post.title for post in found.posts.values()] == ["搬家记"]
    assert {(f.span, f.value) for f in found.figures} == {("total", 1324), ("day", 1234)}


def test_rows_after_a_note_are_read_and_days_outside_any_table_are_told() -> None:
    head = ("日期", "阅读人数", "分享人数")
    noted = [head, ("2026-11-19", 90, 4), ("注：数据每日 8 点更新",), ("2026-11-20", 100, 5)]
    assert len(counts(xlsx(noted))) == 4
    lost = [("2026-11-18", 80, 3), head, ("2026-11-20", 100, 5)]
    assert any("第 1 行" in doubt for doubt in reading(xlsx(lost)).doubts)


def test_names_are_known_in_traditional_characters_and_with_another_word_for_followers() -> None:
    found = counts("日期,閱讀人數,新增粉絲,总粉丝\n2026-11-20,100,9,1007\n".encode())
    assert {measure: value for (measure, *_), value in found.items()} == {
        "read_users": 100,
        "new": 9,
        "followers": 1007,
    }


def test_a_cell_that_a_formula_guards_is_what_the_formula_says() -> None:
    rows = '日期,阅读人数\n="2026-11-20",="100"\n'
    assert counts(rows.encode()) == {("read_users", "", "2026-11-20", ""): 100}


def test_short_names_are_known() -> None:
    rows = [("标题", "发布时间", "阅读", "点赞", "转发", "在看"), ("搬家记", "2026-11-20", 1203, 12, 88, 9)]
    assert {(k[0], v) for k, v in counts(text(rows)).items()} == {
        ("read_times", 1203), ("like_users", 12), ("share_times", 88), ("wow_users", 9),
    }  # fmt: skip
    followers = [("日期", "新增用户", "取消用户", "净增用户"), ("2026-11-20", 5, 2, 3)]
    assert {k[0] for k in counts(text(followers))} == {"new", "cancelled", "net"}


@pytest.mark.parametrize("name", ["合计：", "合计", "总 计", "平均值", "合计（2天）", "本页小计"])
def test_a_row_of_sums_is_passed_over(name: str) -> None:
    assert len(counts(text([("日期", "阅读人数"), ("2026-11-20", 100), (name, 100)]))) == 1


def test_a_title_that_begins_as_a_sum_is_a_title() -> None:
    rows = [("标题", "发表时间", "阅读人数"), ("平均工资涨了", "2026-11-20", 7)]
    assert len(counts(text(rows))) == 1


@pytest.mark.parametrize(
    "cell", ["2026-11-20 星期五", "2026年11月20日（周五）", "星期五 2026-11-20", "2026/11/20 Fri"]
)
def test_a_weekday_beside_a_day_says_nothing(cell: str) -> None:
    assert moment(cell) == (D20, -1)
    assert moment(f"{cell} 08:30") == (D20, 8)


@pytest.mark.parametrize("cell", ["2026-11-20", "2026-11-20 08:01", "", 8, "好"])
def test_what_is_no_clock(cell: object) -> None:
    with pytest.raises(ValueError, match=r"钟点|日期"):
        clock(cell)


def test_a_merged_day_holds_for_its_rows() -> None:
    book = openpyxl.Workbook()
    for row in (("日期", "渠道", "阅读人数"), ("2026-11-20", "全部", 100), ("", "朋友圈", 20)):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    out = io.BytesIO()
    book.save(out)
    assert set(counts(out.getvalue()).values()) == {100, 20}


def test_a_page_that_goes_by_a_spreadsheets_name_is_read() -> None:
    page = (
        "<html><body><table><tr><th>日期</th><th>渠道</th><th>阅读人数</th></tr>"
        "<tr><td rowspan=2>2026-11-20</td><td>全部</td><td>1,203</td></tr><tr><td>朋友圈</td><td>20</td></tr></table></body></html>"
    )
    assert set(counts(page.encode()).values()) == {1203, 20}


def test_spans_of_cells_have_bounds() -> None:
    with pytest.raises(ValueError, match="too many"):
        rows_of("<table>" + "<tr><td colspan=99999>x</td></tr>" * 5000 + "</table>")


# --- packed to do harm ---------------------------------------------------------------------------------------


def workbook(sheet: str, texts: str = "") -> bytes:
    """A packed workbook with one sheet, written by hand."""
    spread = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{spread}" xmlns:r="{office}"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{spread}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    if texts:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{spread}">{texts}</sst>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return out.getvalue()


FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("sheet", "texts", "reason"),
    [
        (FAR, "", "1,048,576 行 16,384 列"),
        ('<row r="1048576"><c><v>1</v></c></row><row r="1"><c r="ZZ1"><v>1</v></c></row>', "", "行"),
        ("<row>" + " " * (workbook_limits.MOST_BYTES + 1) + "</row>", "", "解开后超过"),
        ('<row r="1"><c r="A1" t="s"><v>0</v></c></row>' * 5000, "<si><t>" + "字" * 40_000 + "</t></si>", "文字太长"),
    ],
    ids=["two cells far apart", "cells without a place of their own", "much of nothing", "one text in many cells"],
)  # fmt: skip
def test_a_small_file_that_asks_for_much_room_is_refused_before_it_is_decoded(
    sheet: str, texts: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = workbook(sheet, texts)
    assert len(data) < 400_000
    monkeypatch.setattr("curate.audience.importer.spreadsheet.CalamineWorkbook", None)  # nothing is decoded
    assert reason in refusal(data).reason


def test_other_packed_tables_are_named() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("content.xml", "<x/>")
    assert "ODS" in refusal(out.getvalue()).reason


# --- the command ---------------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "feeds.yaml").write_text(
        'account: {name: 早读}\ntopics: [{id: ai, name: 人工智能}]\nsources: [{name: 甲, url: "https://a.example/feed"}]\n',
        encoding="utf-8",
    )
    return tmp_path


def imported(home: Path, *more: str) -> int:
    return run(["stats", "import", *more, "-C", str(home), "--now", "2026-11-27T12:00+08:00"])


def test_what_a_file_holds_is_told_to_programs_and_nothing_is_kept(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "a.csv").write_bytes(
        text([("标题", "发表时间", "阅读人数", "心情"), ("搬家记", "2026-11-20", 7, "好")])
    )
    assert imported(home, str(home / "a.csv"), "--dry-run", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "posts": [{"title": "搬家记", "day": "2026-11-20"}],
        "figures": [
            {"measure": "read_users", "channel": "", "day": "2026-11-20", "post": "搬家记", "value": 7.0}
        ],
        "doubts": ["“心情”一栏没有用到"],
        "failure": None,
    }
    assert not (home / "output").exists()


def test_a_file_that_cannot_be_read_is_told_to_programs_with_status_four(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "a.csv").write_bytes(text([("姓名", "电话"), ("x", "1")]))
    assert imported(home, str(home / "a.csv"), "--dry-run", "--json") == 4
    told = json.loads(capsys.readouterr().out)
    assert "认不出" in told["failure"]["reason"]
    assert not told["figures"]


def test_a_dry_run_keeps_nothing_and_says_what_there_is(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "a.csv").write_bytes(text([("日期", "阅读人数"), ("2026-11-20", 7)]))
    assert imported(home, str(home / "a.csv"), "--dry-run") == 0
    assert "1 个数字；什么也没有存" in capsys.readouterr().err
    assert not (home / "output").exists()


def test_json_needs_a_dry_run_of_one_file(home: Path) -> None:
    (home / "a.csv").write_bytes(b"x")
    assert imported(home, str(home / "a.csv"), "--json") == 2
    assert imported(home, str(home / "a.csv"), str(home / "a.csv"), "--dry-run", "--json") == 2
