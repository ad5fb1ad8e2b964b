"""Exports of the back office: eight shapes in six formats are read alike; what is broken is said so that it can be mended."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import click
import pytest

from curate.audience.importer.cells import moment, number
from curate.audience.importer.column_names import MEASURES, channel_of, field_of
from curate.audience.importer.parse import read
from curate.audience.importer.spreadsheet import sheets
from curate.audience.model import Figure, ImportedFile, post_key
from curate.cli.main import run
from curate.domain.errors import UnreadableError
from curate.sources.identity import fingerprint
from curate.storage import Archive
from tests import exports
from tests.exports import FORMATS, Rows, text, xls, xlsx

TODAY = date(2026, 11, 27)
D20, D21, OLD = date(2026, 11, 20), date(2026, 11, 21), date(2016, 9, 1)
METRO = post_key("地铁末班车延长一小时", D20)

# shape -> (rows, what it is called, posts, some of its figures)
SHAPES: dict[str, tuple[Rows, str, int, tuple[Figure, ...]]] = {
    "daily by channel": (
        exports.DAILY, "全账号每天的数据（分渠道）", 0,
        (Figure(D20, "", "", "read_times", 1234), Figure(D21, "", "", "read_times", 12000), Figure(D20, "", "moments", "share_users", 20)),
    ),
    "by post": (
        exports.NOTIFIED, "每篇内容的累计数据", 2,
        (Figure(D20, post_key("地铁末班车延长一小时｜早读第3期", D20), "", "share_users", 41, "total"),
         Figure(D21, post_key("一周书单：五本冷门的小说", D21), "message", "read_times", 280, "total")),
    ),
    "by post, day and channel": (
        exports.SOURCES, "每篇内容每天的数据（分渠道）", 1,
        (Figure(D21, METRO, "message", "read_times", 90), Figure(D20, METRO, "chat", "read_times", 434)),
    ),
    "one post's workbook": (
        exports.DETAIL, "每篇内容每天的数据（分渠道）", 1,
        (Figure(D20, METRO, "", "read_times", 1324, "total"), Figure(D21, METRO, "", "read_users", 80),
         Figure(D20, METRO, "", "followed", 5, "total"), Figure(D20, METRO, "", "delivered", 10000, "total")),
    ),
    "followers": (
        exports.FOLLOWERS, "关注人数", 0,
        (Figure(D20, "", "", "net", -3), Figure(D21, "", "", "new", 10), Figure(D21, "", "", "followers", 10011)),
    ),
    "posts until 2020": (
        exports.OLD_POSTS, "每篇内容的累计数据", 2, (Figure(OLD, post_key("旧文一篇", OLD), "", "share_users", 21, "total"),)
    ),
    "daily until 2020, two header rows": (
        exports.OLD_DAILY, "全账号每天的数据", 0,
        (Figure(OLD, "", "", "read_users", 700), Figure(OLD, "", "chat", "read_times", 150), Figure(OLD, "", "", "share_times", 25),
         Figure(OLD, "", "", "favourite_users", 6)),
    ),
    "posts with units in brackets": (
        exports.INTERACTION, "每篇内容的累计数据", 1,
        (Figure(D20, METRO, "", "share_users", 41, "total"), Figure(D20, METRO, "", "comments", 3, "total")),
    ),
}  # fmt: skip


def reading(data: bytes) -> ImportedFile:
    return read(sheets(data), TODAY)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_read_from_every_format(shape: str, form: str) -> None:
    rows, name, posts, figures = SHAPES[shape]
    found = reading(FORMATS[form][1](rows))
    assert found.shape == name
    assert len(found.posts) == posts
    assert not found.doubts
    for figure in figures:
        assert figure in found.figures, figure


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_is_the_same_in_whatever_format(shape: str) -> None:
    made = [reading(make(SHAPES[shape][0])) for _, make in FORMATS.values()]
    assert len({frozenset(one.figures) for one in made}) == 1
    assert {hour.hour for one in made for hour in one.posts.values()} <= {-1, 7, 8, 20}


def test_several_sheets_of_a_workbook_are_all_read() -> None:
    found = reading(xlsx(exports.DAILY, exports.FOLLOWERS))
    assert found.shape == "全账号每天的数据（分渠道）、关注人数"
    assert {figure.measure for figure in found.figures} >= {"read_users", "cancelled"}


def test_a_day_without_counts_or_an_empty_row_hides_nothing_after_it() -> None:
    rows = [
        HEAD,
        ("2026-11-18", 5, 1),
        ("2026-11-19", "", ""),
        (),
        ("2026-11-20", 900, 41),
        ("说明：以上数据次日更新",),
    ]
    found = reading(text(rows))
    assert Figure(D20, "", "", "share_users", 41) in found.figures
    assert found.withheld == 2
    assert len(found.figures) == 4


def test_withheld_counts_are_no_zeros() -> None:
    found = reading(text(exports.NOTIFIED))
    quiet = post_key("一周书单：五本冷门的小说", D21)
    assert not any(figure.post == quiet and figure.measure.startswith("share") for figure in found.figures)
    assert found.withheld == 2


def test_a_renamed_column_is_guessed_and_doubted() -> None:
    found = reading(text([("日期", "阅读总人数", "分享人数"), ("2026-11-20", 900, 41)]))
    assert found.doubts == ("“阅读总人数”像是“阅读人数”",)
    assert Figure(D20, "", "", "read_users", 900) in found.figures


def test_days_of_a_title_without_its_publication_are_doubted() -> None:
    found = reading(text([("标题", "日期", "阅读次数"), ("甲", "2026-11-20", 9), ("甲", "2026-11-21", 3)]))
    assert len(found.posts) == 1
    assert "最早的一天" in found.doubts[0]


def _empty_zip() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    return out.getvalue()


HEAD = ("日期", "阅读人数", "分享人数")


def day(*cells: object) -> bytes:
    return text([HEAD, cells])


# what is wrong -> (the file, what the message has in it, what the advice has)
BROKEN: dict[str, tuple[bytes, str, str]] = {
    "nothing in it": (b"", "空的", "重新下载"),
    "a PDF": (b"%PDF-1.7 ...", "PDF，不是表格", ".xlsx"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "图片，不是表格", ".csv"),
    "a page called .xls": (b"<html><p>1</p></html>", "其实是网页", "另存为 .xlsx"),
    "an archive of files": (_empty_zip(), "压缩包", "解压"),
    "a workbook cut off": (xlsx(exports.DAILY)[:2000], "坏了或没有下载完", "重新下载"),
    "an old workbook cut off": (xls(exports.DAILY)[:1500], "坏了或没有下载完", "重新下载"),
    "a workbook with a password": (b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "密码", "去掉密码"),
    "bytes that are no text": (b"\xff\xfe\x00\xd8" * 40 + b"\x00\xdc", "乱码", "另存为"),
    "quotes that do not end": ('日期,阅读人数\n"2026-11-20,3\n'.encode(), "引号没有配对", "另存为"),
    "too large": (b"a,b\n" * 6_000_000, "太大了", "分时段"),
    "an empty sheet": (xlsx(()), "一个字也没有", "重新下载"),
    "another table": (text([("姓名", "电话", "地址"), ("张三", "1", "x")]), "它的列是：姓名、电话、地址", "数据分析"),
    "a header alone": (text([HEAD]), "没有一行数据", "换一个有数据的时段"),
    "no day": (text([("标题", "阅读人数", "分享人数"), ("甲", 3, 1)]), "没有日期一栏；它的列是：标题、阅读人数、分享人数", "发表时间"),
    "no count": (text([("日期", "标题", "作者"), ("2026-11-20", "甲", "乙")]), "没有一栏是阅读", "勾选"),
    "a column twice": (text([("日期", "阅读人数", "总阅读人数"), ("2026-11-20", 3, 4)]), "“阅读人数”、“总阅读人数”都像是“阅读人数”", "删掉多余的一列"),
    "a day without its year": (day("11月20日", 3, 1), "第 2 行的日期“11月20日”没有年份", "改正"),
    "a day that does not exist": (day("2026-02-30", 3, 1), "没有这一天", "改正"),
    "no day at all": (day("昨天", 3, 1), "第 2 行的日期“昨天”不是日期", "改正"),
    "a day to come": (day("2027-01-01", 3, 1), "2027-01-01 还没有到", "改正"),
    "a day before official accounts": (day("2001-01-01", 3, 1), "早于公众号的开始", "改正"),
    "letters for a number": (day("2026-11-20", "很多", 1), "阅读人数“很多”不是数字", "改正"),
    "a share for a number": (day("2026-11-20", 3, "12.3%"), "分享人数“12.3%”是百分比", "改正"),
    "half a reader": (day("2026-11-20", 3.5, 1), "不是整数", "改正"),
    "fewer than nobody": (day("2026-11-20", -3, 1), "阅读人数是负数", "改正"),
    "two counts of one day": (text([HEAD, ("2026-11-20", 3, 1), ("2026-11-20", 4, 1)]), "阅读人数 有两个不同的数：3 和 4", "改正"),
    "a post without a title": (text([("标题", "发表时间", "阅读人数"), ("", "20261120", 1)]), "标题是空的", "改正"),
    "counts before publication": (text([("标题", "日期", "发表日期", "阅读人数"), ("甲", "20261119", "20261120", 1)]), "早于发表日期", "改正"),
    "followers that do not add up": (text([("日期", "新增人数", "取消关注人数", "净增人数"), ("20261120", 5, 2, 7)]), "净增 7 不等于新增 5 减取消 2", "列错了位"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_broken_is_told_with_what_to_do(case: str) -> None:
    data, reason, hint = BROKEN[case]
    with pytest.raises(UnreadableError) as told:
        reading(data)
    assert reason in told.value.reason
    assert hint in told.value.hint


def test_many_mistakes_are_told_by_the_first_five_and_their_number() -> None:
    with pytest.raises(UnreadableError) as told:
        reading(text([HEAD, *[("2026-11-20", "x", 1) for _ in range(9)]]))
    assert told.value.reason.count("不是数字") == 5
    assert "共 9 处" in told.value.reason


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1,234", 1234), ("1.2万", 12000), ("１２３", 123), ("3 次", 3), ("-", None), ("--", None), ("<5", None), ("10万+", None), ("", None), (7.0, 7)],
)  # fmt: skip
def test_numbers_however_written(cell: object, value: float | None) -> None:
    assert number(cell) == value


@pytest.mark.parametrize(
    ("cell", "day", "hour"),
    [
        ("20260901", date(2026, 9, 1), -1), (20260901, date(2026, 9, 1), -1), ("2026-9-1 7:05", date(2026, 9, 1), 7),
        ("2026年9月1日 下午8:30", date(2026, 9, 1), 20), ("2026/09/01", date(2026, 9, 1), -1), ("2026.9.1 20:00:00", date(2026, 9, 1), 20),
        (46000, date(2025, 12, 9), -1), ("2026-09-01T08:00:00", date(2026, 9, 1), 8),
    ],
)  # fmt: skip
def test_days_however_written(cell: object, day: date, hour: int) -> None:
    assert moment(cell) == (day, hour)


def test_people_and_times_are_never_taken_for_one_another() -> None:
    assert field_of("阅读人数") == ("read_users", True)
    assert field_of("阅读次数") == ("read_times", True)
    assert field_of("分享转发的人数") == ("share_users", False)
    assert field_of("天气") is None
    assert channel_of(" 搜一搜 ") == "search"


FEEDS = """\
account: {name: 早读}
topics: [{id: ai, name: 人工智能}]
sources: [{name: 甲, url: "https://a.example/feed"}]
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "feeds.yaml").write_text(FEEDS, encoding="utf-8")
    return tmp_path


def imported(home: Path, *more: str) -> int:
    return run(["stats", "import", *more, "-C", str(home), "--now", "2026-11-27T12:00+08:00"])


def test_importing_twice_changes_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "a.xls").write_bytes(xls(exports.NOTIFIED))
    assert imported(home, str(home / "a.xls")) == 0
    first = capsys.readouterr().err
    assert "0 个已有" in first
    assert "没有对上任何一期：2026-11-20 《地铁末班车延长一小时｜早读第3期》" in first
    assert imported(home, str(home / "a.xls")) == 0
    assert "0 个新数字，0 个更新" in capsys.readouterr().err


def test_a_total_only_grows_in_whichever_order_files_come(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, count in (("late", 50), ("early", 40)):
        rows = [("标题", "发表时间", "阅读人数", "分享人数"), ("甲乙丙", "20261120", 900, count)]
        (home / f"{name}.csv").write_bytes(text(rows))
    assert imported(home, str(home / "late.csv"), str(home / "early.csv")) == 0
    assert "early.csv：每篇内容的累计数据；0 个新数字，0 个更新" in capsys.readouterr().err


def test_one_broken_file_of_two_imports_neither_and_is_named(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "good.csv").write_bytes(text(exports.DAILY))
    (home / "bad.csv").write_bytes(text([("姓名", "电话"), ("x", "1")]))
    assert imported(home, str(home / "good.csv"), str(home / "bad.csv")) == 4
    assert "bad.csv：认不出" in capsys.readouterr().err
    assert imported(home, str(home / "good.csv")) == 0
    assert "0 个已有" in capsys.readouterr().err, "the good one had not been imported"


def test_what_is_unsure_is_not_taken_without_yes(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "a.csv").write_bytes(text([("日期", "阅读总人数", "心情"), ("2026-11-20", 900, "好")]))
    assert imported(home, str(home / "a.csv")) == 2
    told = capsys.readouterr().err
    assert "“阅读总人数”像是“阅读人数”" in told
    assert "这些列没有用到：心情" in told
    assert "--yes" in told
    assert imported(home, str(home / "a.csv"), "--yes") == 0
    assert "1 个新数字" in capsys.readouterr().err


def test_at_a_terminal_what_is_unsure_is_asked(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "a.csv").write_bytes(text([("日期", "阅读总人数"), ("2026-11-20", 900)]))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    for answer, status in ((False, 130), (True, 0)):

        def confirm(question: str, *, abort: bool, err: bool, said: bool = answer) -> None:
            if not said:
                raise click.Abort

        monkeypatch.setattr("click.confirm", confirm)
        assert imported(home, str(home / "a.csv")) == status
    assert "1 个新数字" in capsys.readouterr().err


def test_nothing_about_persons_is_kept(home: Path) -> None:
    (home / "a.xlsx").write_bytes(xlsx(exports.DETAIL))
    assert imported(home, str(home / "a.xlsx")) == 0
    written = b"".join(path.read_bytes() for path in (home / "output").rglob("*") if path.is_file())
    assert "地铁末班车".encode() in written
    for word in ("性别", "男", "女"):
        assert word.encode() not in written
    with Archive("sqlite:///output/archive.db", home, fingerprint) as archive:
        assert {figure.measure for figure in archive.readership().figures} <= set(MEASURES)


def test_what_is_no_file_is_usage(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(home, str(home / "none.csv")) == 2
    assert "没有" in capsys.readouterr().err
    assert imported(home, str(home)) == 2
    assert "是文件夹" in capsys.readouterr().err
