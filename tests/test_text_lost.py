"""Text of a page that was lost before: abstracts, what follows an early end, code, tables, posts of pictures."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from curate.domain.errors import UnreadableError
from curate.extraction.choose_reading import main_text, with_lead
from curate.extraction.document import document
from curate.extraction.dom import TAGS, parse, prepare
from curate.extraction.extract import extract
from curate.extraction.reduction import without_byline, without_chrome, without_notices

TITLE = "旧货市场搬家记"
PROSE = (
    "上周六，城东旧货市场的最后一批摊主搬进了新的室内场馆。市场管理方说，新馆有三百二十个摊位，租金头两年不变。",
    "摊主老陈在旧市场摆了二十二年。他说，最舍不得的是门口那棵樟树，夏天下午整条过道都在树荫里，客人愿意多站一会儿。",
    "新馆的难题是客流。旧市场在公交终点站旁边，新馆离最近的站要走十一分钟，管理方正在和公交公司商量延长线路。",
)
LEAD = "两百多位摊主在周末搬完了家，留下一棵樟树和一张没有带走的长凳，新馆里的生意要到春天才知道好坏。"
ACCOUNT = "https://mp.weixin.qq.com/s/x"


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def page(body: str, head: str = "", title: str = f"{TITLE}_城东网") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    "box",
    [
        f'<div class="abstract"><strong>摘要：</strong>{LEAD}</div>',
        f'<div class="box"><p>【导语】{LEAD}</p></div>',
        f'<div id="article-summary"><p>{LEAD}</p></div>',
    ],
)
def test_an_abstract_between_the_title_and_the_text_belongs_to_it(box: str) -> None:
    article = extract(
        page(f'<div><h1>{TITLE}</h1>{box}<div class="content">{paragraphs(*PROSE)}</div></div>')
    )
    assert article.text.split("\n") == [LEAD, *PROSE]


def test_a_first_paragraph_in_a_link_belongs_to_the_text() -> None:
    first = f'<p><a href="/2">{LEAD}</a></p>'
    article = extract(page(f"<h1>{TITLE}</h1><div class='c'>{first}{paragraphs(*PROSE)}</div>"))
    assert article.text.startswith(LEAD)


def test_what_else_stands_above_the_text_does_not() -> None:
    hot = f"<div class='hot'><p>{LEAD}</p></div>"
    tree = parse(page(f"<h1>{TITLE}</h1>{hot}<div class='c'>{paragraphs(*PROSE)}</div>"))
    assert with_lead(tree, TITLE, list(PROSE)) == list(PROSE)


def test_what_follows_an_early_end_of_the_document_is_read() -> None:
    early = page("<div class='nav'><a href='/'>首页</a></div>", title="") + page(
        f"<h1>{TITLE}</h1>{paragraphs(*PROSE)}"
    )
    assert extract(early).text.split("\n") == list(PROSE)


CODE = (
    '<section class="code-snippet__fix"><ul class="code-snippet__line-index"><li></li></ul><pre><code>'
    "<span>def f(x):</span></code><code><span>    return x + 1</span></code></pre></section>",
    "<div class='hl'><button>复制代码</button><span>复制代码</span><pre>def f(x):\n    return x + 1\n</pre></div>",
)


@pytest.mark.parametrize("code", CODE)
def test_code_stays_without_its_button(code: str) -> None:
    body = f"<div id='js_content'>{paragraphs(PROSE[0])}{code}{paragraphs(*PROSE[1:])}</div>"
    lines = extract(page(f"<h1>{TITLE}</h1>{body}")).text.split("\n")
    assert lines == [PROSE[0], "def f(x):", "return x + 1", *PROSE[1:]]


def test_a_small_table_stays_by_its_rows() -> None:
    table = "<table><tr><th>年份</th><th>摊位数</th></tr><tr><td>2004</td><td>180</td></tr><tr><td>2026</td><td>320</td></tr></table>"
    lines = extract(
        page(f"<div><h1>{TITLE}</h1>{paragraphs(PROSE[0])}{table}{paragraphs(*PROSE[1:])}</div>")
    ).text
    assert "年份 摊位数\n2004 180\n2026 320" in lines


def test_a_post_of_pictures_says_what_its_description_says() -> None:
    head = (
        f'<meta property="og:title" content="{TITLE}">'
        '<meta property="og:description" content="今天去旧市场拍了最后一组照片，\\x22樟树\\x22还在，摊子都空了。\\x0a老陈送了我一只搪瓷杯。">'
    )
    empty = f'<div id="js_image_content"><h1>{TITLE}</h1><p id="js_image_desc"></p></div>'
    article = extract(page(empty, head), ACCOUNT)
    assert article.by == "described"
    assert article.text == '今天去旧市场拍了最后一组照片，"樟树"还在，摊子都空了。\n老陈送了我一只搪瓷杯。'
    with pytest.raises(UnreadableError):  # elsewhere it may be what the site says of itself
        extract(page(empty, head), "https://news.example/1")


def test_the_date_is_the_articles_and_not_the_sites_clock() -> None:
    body = f"<div>今天是 2024年1月5日 星期五</div><h1>{TITLE}</h1><div><span>2026-11-20 08:30</span></div>{paragraphs(*PROSE)}"
    assert extract(page(body)).published == datetime(2026, 11, 20, 0, 30, tzinfo=UTC)


def test_a_heading_with_the_sites_name_is_no_title() -> None:
    body = f"<h1>城东新闻网</h1><h2>{TITLE}</h2>{paragraphs(*PROSE)}"
    assert extract(page(body, title=f"{TITLE}_城东新闻网_人民城东")).title == TITLE


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        (
            '<div itemprop="author"><meta itemprop="name" content="樟树下"><span>樟树下</span><i>旧货收藏者</i></div>',
            "樟树下",
        ),
        ('<span class="author">小满 关注 IP属地：北京</span>', "小满"),
        ('<span class="author">小满 官方账号</span>', "小满"),
        ('<span class="author">+关注 小满</span>', "小满"),
        ('<span class="author">记者 小满（特约撰稿人）</span>', "小满"),
        ('<span class="author">记者站</span>', "记者站"),
        ('<span class="author">转载请注明</span>', ""),
        ('<span class="author">商讯</span>', ""),
    ],
)
def test_an_author_is_a_name_without_badges_and_buttons(byline: str, author: str) -> None:
    assert extract(page(f"<h1>{TITLE}</h1>{byline}{paragraphs(*PROSE)}")).author == author


def test_links_and_dates_around_the_text_are_none_of_it() -> None:
    links = {"越南拒用中国5G", "大参考", "首页"}
    lines = ["首页", *PROSE, "越南拒用中国5G 大参考", "2019-09-08"]
    assert without_chrome(lines, links) == list(PROSE)
    around = ["2026-11-20 14:07来源：城东日报", "字号", *PROSE, "评论（0）", "我要跟帖", "发表"]
    assert without_chrome(around, set()) == list(PROSE)
    assert without_chrome([*PROSE, "（林小满）"], set()) == [*PROSE, "（林小满）"]


@pytest.mark.parametrize(
    "piece", ["<br>", "<p style='color:red'>甲</p>", "<tr><td>甲<td>乙", "<a href=x>甲</a>", "<div>"]
)
def test_of_a_page_with_very_many_elements_only_so_many_are_looked_at(piece: str) -> None:
    huge = prepare(page(paragraphs(*PROSE) + piece * 400_000))
    assert huge.count("<") <= TAGS
    assert PROSE[0] in "".join(main_text(document(parse(huge[:200_000])))[1]) or piece == "<div>"


@pytest.mark.parametrize(
    ("items", "numbers"),
    [
        ("<ol start=4>{}</ol>", ["4. ", "5. ", "6. "]),
        ("<ol reversed>{}</ol>", ["3. ", "2. ", "1. "]),
        ("<ol>{}</ol>", ["", "", ""]),
        ("<ol start=x>{}</ol>", ["1. ", "2. ", "3. "]),
        ("<ol type=a start=2>{}</ol>", ["", "", ""]),
    ],
)
def test_a_list_that_begins_at_a_number_keeps_its_numbers(items: str, numbers: list[str]) -> None:
    told = [f"先把{name}上的书一本一本搬下来，擦干净，再装进箱子。" for name in ("旧书架", "长桌", "窗台")]
    before = "市图书馆新馆今天上午在城东开放，首日接待读者三千余人，不少市民早早来到门前排队。"
    markup = items.format("".join(f"<li><p>{line}</p></li>" for line in told))
    page = (
        f"<html><body><h1>新馆开放</h1><div><p>{before}</p><p>{before[::-1]}</p>{markup}</div></body></html>"
    )
    found = extract(page).text.split("\n")
    assert [line for line in found if "一本一本" in line] == [
        number + line for number, line in zip(numbers, told, strict=True)
    ]


def test_a_byline_that_stood_under_the_title_is_no_text() -> None:
    told = "最后一批摊主搬进了新的室内场馆。"
    assert without_byline(["2026-11-21 08:30来源：城东日报", "字号", told]) == [told]
    assert without_byline([told, "2026-11-21 08:30"]) == [told, "2026-11-21 08:30"]


def test_links_with_the_name_of_their_column_at_the_foot_are_no_text() -> None:
    told = "最后一批摊主搬进了新的室内场馆。"
    link = "旧货市场的最后一个夏天和那棵樟树"
    assert without_chrome([told, f"{link}深度", "2026-11-20"], {link}) == [told]
    quoted = f"他写过一篇文章叫做{link}"
    assert without_chrome([told, quoted], {link}) == [told, quoted]


@pytest.mark.parametrize(
    "notice",
    [
        "声明：城东网力求信息准确，文章提及内容仅供参考，不构成投资建议，据此操作风险自担。",
        "本文为机构上传并发布，仅代表该机构观点，不代表城东网的立场。",
        "本站所载图文版权归原作者所有，如有侵权请联系我们删除。",
        "未经授权，禁止转载本文。",
    ],
)
def test_what_a_site_says_under_all_its_articles_is_no_text(notice: str) -> None:
    assert without_notices([*PROSE, "特别声明", notice]) == list(PROSE)
    assert without_notices([notice, *PROSE]) == [notice, *PROSE]


@pytest.mark.parametrize(
    "told",
    [
        "发言人说，这篇文章不代表公司立场。",
        "他的看法不代表学校的立场。",
        "新规要求平台转载时注明作者。",
        "“本文版权归我所有。”他在扉页上写道。",
    ],
)
def test_what_an_article_tells_of_such_things_stays(told: str) -> None:
    assert without_notices([*PROSE, told]) == [*PROSE, told]
