"""A sentence that can stand in print, told from code, formulas, lists, headings, addresses, marks and gaps."""

import pytest

from curate.text.summary.prose import is_list, is_prose, strip_markdown, tidy


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("设 $x^2+y^2=1$，则有下面的结论成立。", "zh"),
        ("于是 \\(x=\\cos t\\) 就是要找的曲线。", "zh"),
        ("设有两个互质的多项式 ，其中 的次数是 ， 的次数是 。", "zh"),
        ("1.1 什么是前端开发", "zh"),
        ("1.1 什么是前端 2.2 前端的历史", "zh"),
        ("一、搬家前 二、搬家中 三、搬家后", "zh"),
        ("BiTreeNode* Creat(char* s, int &i) { return 0; }", "zh"),
        ("详情请看 https://example.com/a/1.html 这个网址", "zh"),
        ("market.example.com/news/20261120", "en"),
        ("，城东旧货市场搬进了新馆。", "zh"),
        ("他说：“新馆下月开放，", "zh"),
        ("[图片] 新馆的大门口", "zh"),
        ("您的估计是多少呢 @xiaoman", "zh"),
        ("[recommended] 文章讲旧货市场，符合读者的兴趣。", "zh"),
        ("您甚至可以使用基本的灯与椅子。。", "zh"),
        ("« Bravo, this hall is magnificent.", "en"),
        ("4天前", "zh"),
        ("0", "zh"),
        ("and the stalls moved into the hall.", "en"),
        ("$ git clone --recursive the repository", "en"),
        ("result = compute(values); return result;", "en"),
        ("Home", "en"),
        ("An example of a simple stall.", "en"),
        ("Figure 2 displays the stalls of the old hall.", "en"),
        ("图3显示了旧市场的灯和它们的价格。", "zh"),
        ("Doe, Jane et al. “The lamps of the old hall and their keepers.”", "en"),
        ("Screenshot from the second day of the move.", "en"),
        ("Goods include: lamps, chairs, coats, books, and old maps.", "en"),
        ("能力：写稿能力、排版能力、选题能力、沟通能力、领导力等。", "zh"),
        ("Stall keepers' table Thursday, 3-8 p.m.", "en"),
        ("Lamp, Chair, Coat, Old Map.", "en"),
        ("Stallkeeper: Simplified lamp management.", "en"),
        ("Ann Stall, Bo Lamp, and Cy Chair.", "en"),
        ("“The Move of the Old Market: A History of Lamps and Chairs”.", "en"),
    ],
)
def test_what_is_no_prose(sentence: str, language: str) -> None:
    assert not is_prose(sentence, language)


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("城东旧货市场搬进了新馆，租金头两年不变。", "zh"),
        ("1.5 亿人参加了这次测试，比去年多了 2.3 亿。", "zh"),
        ("售价39.9元，参加满399减200活动，实付199元，折合19.9元一件。", "zh"),
        ("馆长说：“夜里也开门。”", "zh"),
        ("3 月 1 日起，C++ 标准委员会换了主席。", "zh"),
        ("舊貨市場搬進了新的場館，租金兩年不變。", "zh"),
        ("The hall cost $3.9 billion, or 40% more than planned.", "en"),
        ("I set the permissions to public, since the link has to be public.", "en"),
        ("Calling eval() on what a visitor sent is how the shop was robbed.", "en"),
        ("„Das Haus“ steht seit 1946 leer.", "en"),
        ("市場は新しい建物に移った。", "en"),
        ("A photo of the hall that was taken in 1946 has been found in the attic.", "en"),
        ("“Wait, you pay for a stall?”", "en"),
        ("Ann, who keeps a stall, has moved.", "en"),
        ("The hall is open on Thursdays, 3-8 p.m., and on Sundays.", "en"),
        ("办法有一个：在纸的左边写不搬的理由，右边写搬的理由，写完比一比，自然有结果。", "zh"),
    ],
)
def test_what_is_prose(sentence: str, language: str) -> None:
    assert is_prose(sentence, language)


@pytest.mark.parametrize(
    ("marked", "bare"),
    [
        ("插上 **NTFS 硬盘** 后，看[哪个盘](https://example.com/a)。", "插上 NTFS 硬盘 后，看哪个盘。"),
        ("# 标题\n正文在这里。", "\n正文在这里。"),
        ("正文。\n```\ngit clone x\n```\n后文。", "正文。\n\n\n后文。"),
        ("![](https://example.com/a.png)新馆开放。[1]", "新馆开放。"),
        ("用 `ls` 看看 ~~旧的~~ *新的* 目录。", "用 ls 看看 旧的 新的 目录。"),
        ("> 引文在此。", "引文在此。"),
        ("[row_inner width=”1_2″ link=””]新馆开放。[/row_inner]", "新馆开放。"),
        ("5 * 3 * 2 是三十，a_b_c 是名字。", "5 * 3 * 2 是三十，a_b_c 是名字。"),
    ],
)
def test_marks_of_markdown_go_and_their_words_stay(marked: str, bare: str) -> None:
    assert strip_markdown(marked) == bare


def test_names_between_blanks_are_a_list() -> None:
    assert is_list("旧货 × 新馆 城东的摊主们 老陈")
    assert not is_list("新馆今天开放 首日读者三千人")


def test_a_blank_before_a_closing_mark_goes() -> None:
    assert tidy("《The Old Market 》（初版 ）卖完了 。") == "《The Old Market》（初版）卖完了。"
