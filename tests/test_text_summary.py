import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.text.clean import LEFT_OUT
from curate.text.sentences import sentences
from curate.text.summary.choose import refrains, summarize

CHINESE = """本报讯（记者 陈树）市图书馆新馆今天向读者开放，首日接待读者三千余人。
新馆位于城东，藏书一百二十万册，设有儿童阅览区和夜间自习室。
点击上方蓝字关注我们。
图书馆馆长表示，夜间自习室将开放到晚上十一点，读者可以提前预约座位。
来源：城东日报
责任编辑：周平"""
ENGLISH = """LONDON (Reuters) - The city opened its new library on Monday, and three thousand readers came.
The library holds 1.2 million books and a reading room for children.
Sign up for our newsletter to read more.
Its director said the reading rooms would stay open until 11 p.m. on weekdays.
Photo by Jane Doe."""


def test_chinese_is_summed_up_in_whole_sentences_of_the_text() -> None:
    summary = summarize(CHINESE, title="新馆开放", limit=120, language="zh")
    assert summary.startswith("市图书馆新馆今天向读者开放，首日接待读者三千余人。")
    assert 2 <= len(sentences(summary)) <= 3
    assert all(sentence in CHINESE for sentence in sentences(summary))
    assert [CHINESE.index(s) for s in sentences(summary)] == sorted(
        CHINESE.index(s) for s in sentences(summary)
    )


def test_english_is_summed_up_in_twice_as_many_letters() -> None:
    summary = summarize(ENGLISH, title="New library", limit=100, language="en")
    assert summary.startswith("The city opened its new library on Monday")
    assert 100 < len(summary) <= 200
    assert all(sentence in ENGLISH for sentence in sentences(summary))


@pytest.mark.parametrize(
    "noise",
    [
        "点击上方蓝字关注我们。",
        "责任编辑：周平。",
        "本文来源：城东日报。",
        "（记者 陈树 报道）",
        "▲新馆外景。张三摄",
        "转载请注明出处。",
        "Sign up for our newsletter today to get more.",
        "We use cookies to make this site work better.",
        "By Jane Doe and others.",
    ],
)
def test_bylines_credits_and_invitations_are_passed_over(noise: str) -> None:
    text = noise + "\n新馆藏书一百二十万册，设有儿童阅览区。\n" + noise
    assert summarize(text, title="", limit=120, language="zh") == "新馆藏书一百二十万册，设有儿童阅览区。"


def test_the_title_is_not_repeated() -> None:
    title = "市图书馆新馆今天向读者开放"
    text = f"{title}。新馆位于城东，藏书一百二十万册，设有儿童阅览区。"
    assert title not in summarize(text, title=title, limit=120, language="zh")


def test_the_same_thing_is_not_said_twice() -> None:
    text = "新馆藏书一百二十万册，设有儿童阅览区。新馆藏书一百二十万册，设有儿童阅览区。" * 3
    assert summarize(text, title="", limit=120, language="zh") == "新馆藏书一百二十万册，设有儿童阅览区。"


def test_a_sentence_too_long_is_cut_at_the_end_of_a_clause() -> None:
    text = "新馆位于城东的老工业区，由旧厂房改建而成，藏书一百二十万册，设有儿童阅览区和夜间自习室以及一座可以看到江景的屋顶花园。"
    summary = summarize(text, title="", limit=30, language="zh")
    assert summary == "新馆位于城东的老工业区，由旧厂房改建而成……"


@pytest.mark.parametrize("text", ["", "  \n ", "责任编辑：周平", "。！？"])
def test_a_text_that_says_nothing_has_no_summary(text: str) -> None:
    assert summarize(text, title="", limit=120, language="zh") in ("", "。！？")


def test_a_text_without_full_stops_is_summed_up_all_the_same() -> None:
    assert (
        summarize("新馆今天开放 首日读者三千人", title="", limit=50, language="zh")
        == "新馆今天开放 首日读者三千人"
    )


@given(
    st.lists(
        st.sampled_from(
            ["新馆今天开放", "，", "。", "”", "“", "读者", "The library opened.", " ", "\n", "3.5"]
        ),
        max_size=60,
    ),
    st.integers(1, 60),
    st.sampled_from(["zh", "en"]),
)
def test_no_summary_is_longer_than_allowed(parts: list[str], limit: int, language: str) -> None:
    summary = summarize("".join(parts), title="新馆", limit=limit, language=language)
    assert len(summary) <= limit * (1 if language == "zh" else 2)


LEAD = "上周六，城东旧货市场的最后一批摊主搬进了新馆。"


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "4天前",
        "[图片]",
        "阅读全文",
        "3 hours ago",
        "market.example.com/status/167491809#m",
        "科技, 手机, 苹果, 评测, 数码",
        "标签：科技 手机 苹果",
        "阅读 1234 评论 5 点赞 6",
        "大家好！话不多说，我们来看看吧。",
        "To prove that I can.",
        "您的浏览器不支持 video 标签",
    ],
)
def test_what_is_no_prose_is_no_summary(text: str) -> None:
    assert summarize(text, title="旧货市场搬家记", limit=120, language="zh") == ""


@pytest.mark.parametrize(
    "leaning",
    [
        "然而，新馆离车站太远。",
        "从那时候起，老陈天天早起。",
        "这个决定让老陈很高兴。",
        "在这种情况下，老陈搬了家。",
    ],
)
def test_sentences_that_lean_on_what_was_left_out_are_not_joined(leaning: str) -> None:
    code = "for (int i = 0; i < n; i++) { sum += a[i]; }"
    summary = summarize(f"{LEAD}\n{code}\n{leaning}", title="", limit=120, language="zh")
    assert summary == LEAD
    assert summarize(LEAD + leaning, title="", limit=120, language="zh") == LEAD + leaning


def test_english_sentences_that_lean_are_not_joined() -> None:
    first = "The last stalls of the old market moved into the hall."
    gap = "market.move(stalls, hall); return hall;"
    text = f"{first}\n{gap}\nHowever, the hall is far from the bus. This made many of them unhappy."
    assert summarize(text, title="", limit=120, language="en") == first


def test_a_summary_is_one_run_of_neighbors() -> None:
    text = "\n".join([LEAD, "1.1 新馆的位置", "新馆有三百二十个摊位，租金头两年不变。", "2.1 新馆的交通"])
    assert summarize(text, title="", limit=120, language="zh") in (
        LEAD,
        "新馆有三百二十个摊位，租金头两年不变。",
    )


def test_what_a_source_says_everywhere_is_left_out() -> None:
    slogan = "城东纪事，记录一条街上的三百户人家。"
    texts = [("搬家", slogan + LEAD), ("交通", slogan + "两条公交线路将延长一站到新馆门口。")]
    known = refrains(texts)
    assert known == {slogan}
    assert summarize(texts[0][1], title="搬家", limit=120, language="zh", refrains=known) == LEAD


def test_a_question_opens_a_summary_only_with_its_answer() -> None:
    question, answer = "为什么摊主不愿意搬进新的场馆？", "新馆离最近的车站要走十一分钟，老顾客走不动。"
    assert summarize(question + answer, title="", limit=120, language="zh") == question + answer
    assert summarize(question, title="", limit=120, language="zh") == ""


def test_a_cut_text_ends_in_an_ellipsis_once() -> None:
    text = "城东旧货市场的最后一批摊主上周六搬进了新的室内场馆，管理方说租金两年不..."
    assert (
        summarize(text, title="", limit=120, language="zh")
        == "城东旧货市场的最后一批摊主上周六搬进了新的室内场馆……"
    )


def test_after_the_title_a_pronoun_may_begin_and_a_connective_may_not() -> None:
    title = "摊主老陈搬进了新馆"
    assert (
        summarize(f"{title}。他在旧市场摆了二十二年。", title=title, limit=120, language="zh")
        == "他在旧市场摆了二十二年。"
    )
    assert summarize(f"{title}。然而新馆离车站太远了一些。", title=title, limit=120, language="zh") == ""


def test_another_wording_of_the_title_is_no_summary() -> None:
    title = "如果你在找一处逛旧货的地方，这里就是很好的一处！"
    assert (
        summarize("如果您在找个逛旧货的地方，这里就有很好的一处！", title=title, limit=120, language="zh")
        == ""
    )


def test_of_two_sentences_that_say_as_much_the_earlier_is_taken() -> None:
    first = "The old market moved on Saturday."
    later = "The stalls are wider now, and the stalls have doors to the street."
    code = "market.move(stalls, hall); return hall;"
    text = "\n".join([first, *[code] * 8, later])
    assert summarize(text, title="", limit=120, language="en") == first


def test_a_caption_between_two_sentences_is_passed_over() -> None:
    before = "The old hall was drawn up by a mason who had never built a roof before."
    text = f"{before}\nAn example of a simple stall.\nThus began the plan for the new one."
    assert summarize(text, title="", limit=120, language="en") == before


def test_a_cut_leaves_no_bracket_open() -> None:
    text = "新馆有三百二十个摊位和两座仓库以及一间供老摊主歇脚喝茶的屋子（这间屋子原来是旧市场的账房，拆的时候留了下来）。"
    summary = summarize(text, title="", limit=36, language="zh")
    assert summary == "新馆有三百二十个摊位和两座仓库以及一间供老摊主歇脚喝茶的屋子……"


def test_a_step_without_a_full_stop_is_no_summary() -> None:
    steps = "1. 打开馆里的总闸\n通常要等上五分钟，不同的闸会有区别，视情况而定"
    assert summarize(steps, title="开灯手册", limit=120, language="zh") == ""


def test_hours_and_places_one_after_another_are_no_summary() -> None:
    events = "Stall keepers' choir at the old hall. Mondays at 8 p.m. 12 Mill Street. 555-010-0199. "
    text = (events + "Lamp repair for everybody, and tea. Fridays at 4 p.m. 14 Mill Street. ") * 3
    assert summarize(text, title="Calendar", limit=120, language="en") == ""


def test_a_quotation_of_nobody_begins_no_summary() -> None:
    said = "“From the first stall to the very last one.”"
    told = "The keepers moved the lamps on Saturday, and the chairs a day later."
    assert summarize(f"{said}\n{told}", title="", limit=120, language="en") == told


def test_a_reply_has_no_summary() -> None:
    text = "If I am not wrong your lamps are wrong, because you want to light all of them at once."
    assert summarize(text, title="Help: The Hall • Re: lamps", limit=120, language="en") == ""
    assert summarize(text, title="Lamps", limit=120, language="en") == text


REPORT = {
    "zh": "海川市交通局说，新桥将在明年春天通车，届时两岸步行只需要八分钟。",
    "en": "The council of Millbrook said the new bridge will open next spring and shorten the walk to eight minutes.",
}
ASIDES = [
    ("zh", "通常是进入关于本机后点击版本号，再返回设置页面。"),
    ("zh", "先打开设置，再点击通用。"),
    ("en", "Open the settings and tap Privacy, then scroll down to Location."),
    ("zh", "以上消息由海川市交通局发布。"),
    ("en", "Об этом сегодня сообщает пресс-служба областного правительства."),
    ("en", "Lo ha detto il sindaco a margine della riunione di ieri sera."),
    ("zh", "李华，男，1970年生，现任海川博物馆馆长。"),
    ("en", "Jane is assistant faculty in the History Department at Millbrook University."),
    ("en", "Jane Doe is a professor of history at Millbrook University and the author of three books."),
    ("zh", "活动将于11月20日周六下午2点至5点举行。"),
    ("en", "The event takes place on Saturday, March 4, 2023 at 6 p.m."),
    ("en", "Friends of Millbrook, we need your help with the long winter that is coming."),
    ("en", "This was formerly for paying members, now free."),
    ("zh", "首先，我们要感谢三位从外地赶来的老师傅。"),
    ("en", "First of all, the members of the council wanted to see the old plans."),
]


@pytest.mark.parametrize(("language", "aside"), ASIDES)
def test_what_tells_nothing_of_the_piece_gives_way_to_the_next_sentence(language: str, aside: str) -> None:
    told = summarize(f"{aside}\n{REPORT[language]}", title="Eight minutes", limit=120, language=language)
    assert told == REPORT[language]


@pytest.mark.parametrize(
    ("language", "title", "told"),
    [
        ("zh", "假网站骗走三万元", "受害人点击链接进入假网站后，在页面上输入了银行卡号和密码。"),
        ("zh", "李华谈修复古画", "李华，海川博物馆研究员，三十年修了四百幅古画。"),
        (
            "en",
            "Who pays for tools",
            "Open source projects check in on their funders before they choose a licence.",
        ),
        (
            "en",
            "Old extension",
            "Today, we are retiring the browser extension that was advertised for years.",
        ),
        ("en", "A new head", "Jane Doe is the new director of the museum of Millbrook, after Mary Roe left."),
        ("zh", "地铁五号线", "11月20日，海川地铁五号线开通，首日客流20万人次。"),
        (
            "en",
            "The bridge",
            "The bridge reopens on Monday after two years of repairs that cost four million.",
        ),
    ],
)
def test_a_report_that_only_looks_like_an_aside_stays(language: str, title: str, told: str) -> None:
    assert summarize(told, title=title, limit=120, language=language) == told


def test_a_heading_that_runs_into_its_sentence_is_cut_off() -> None:
    text = "Podcasting Can Be A Great Career Move The fast growing industry of podcasting has made many new jobs."
    told = "The fast growing industry of podcasting has made many new jobs."
    assert summarize(text, title="Jobs", limit=120, language="en") == told
    named = "The New York Times says that the old bridge in Millbrook will open in the spring of next year."
    assert summarize(named, title="Bridge", limit=120, language="en") == named


def test_a_sentence_of_which_only_part_of_a_clause_fits_gives_way_to_the_next() -> None:
    endless = "The committee which " + "met in the old town hall beside the river " * 8 + "adjourned."
    text = f"{endless} The council will build forty flats on the site of the old brewery next spring."
    assert summarize(text, title="Brewery site", limit=120, language="en").startswith("The council")


@pytest.mark.parametrize(
    "sentence",
    [
        "Ada is an Assistant Professor at Northfield University in the United States.",
        "I teach at the General Academy in Seattle as a part-time instructor.",
        "As co-founder and chief strategist at Lumen, Ada wrote the method of the index and leads its research.",
    ],
)
def test_what_post_somebody_holds_is_no_summary_even_of_a_piece_that_names_him(sentence: str) -> None:
    news = "The study shows that teams who review code daily ship fewer faults."
    found = summarize(f"{sentence} {news}", title="Ada on reviewing code", limit=120, language="en")
    assert found == news


def test_a_long_sentence_is_cut_behind_its_main_clause() -> None:
    text = (
        "The mayor said on Friday the town would pay for the wall along the river and for its two gates, a day after news came out that "
        + "x y " * 60
    )
    assert summarize(f"{text}.", title="Wall", limit=120, language="en") == (
        "The mayor said on Friday the town would pay for the wall along the river and for its two gates…"
    )


def test_nothing_is_left_of_a_sentence_that_fits_only_up_to_its_main_clause() -> None:
    text = (
        "Without any reason to hope for more than a rise in the price of lamps and of oil, the town says "
        + "x y " * 60
    )
    assert summarize(f"{text}.", title="Lamps", limit=120, language="en") == ""


def test_a_teaser_run_together_from_the_text_is_passed_over() -> None:
    body = "门店净减四十万家\n大盘仍在涨，但赚钱却更难了。\n统计局的数据显示，七月全国餐饮收入四千五百亿元，同比增长百分之一。"
    teaser = body.replace("\n", "")[:50] + "......"
    text = f"{teaser}\n{body}"
    summary = summarize(text, title="餐饮的上半年", limit=120, language="zh")
    assert "大盘仍在涨" in summary
    assert "门店净减四十万家大盘" not in summary


def test_a_beginning_that_came_cut_and_is_all_there_is_stays() -> None:
    text = "大盘仍在涨，但赚钱却更难了，统计局的数据显示，七月全国餐饮收入四千五百亿元，同比增长……"
    assert summarize(text, title="餐饮的上半年", limit=120, language="zh").startswith("大盘仍在涨")


def test_sentences_around_a_list_are_not_joined() -> None:
    text = f"城东的新馆今天向读者开放。\n{LEFT_OUT}\n它的停车场要到明年春天才能使用。"
    assert summarize(text, title="开放", limit=120, language="zh") == "城东的新馆今天向读者开放。"
