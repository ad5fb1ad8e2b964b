"""Digests to render: a realistic Chinese one, an English one, and the strings that hostile feeds send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from curate.domain.model import Coverage, Credit, Digest, Image, Item, Section

PACKAGES = ("xiaohongshu", "zhihu", "toutiao")  # channels of what is pasted by hand
ROOT = Path(__file__).parents[1]
TEMPLATES = {
    path.relative_to(ROOT / "templates").as_posix(): path.read_text(encoding="utf-8")
    for folder in (
        "wechat",
        "markdown",
        "text",
        "email",
        "feed",
        "poster",
        "site",
        "replies",
        "package",
        *PACKAGES,
    )
    for path in sorted((ROOT / "templates" / folder).rglob("*"))
    if path.is_file()
}

_ZH = (
    ("ai", "人工智能", "🤖", (
        ("一家实验室把长文本模型的推理成本降到原来的三分之一", "团队公开了缓存复用的做法：相同前缀只算一次，命中率在客服场景里达到七成。论文附有完整的复现脚本和三种硬件上的对照数据，作者提醒短对话里几乎没有收益。", "算法周刊", "林一舟"),
        ("开源语音合成支持四川话和粤语，普通显卡即可实时播报", "模型大小不到两亿参数，八小时录音就能换一种声音。项目组同时放出了数据清洗工具，并要求使用者在成品里写明是合成语音。", "开源观察", ""),
        ("写代码的助手到底省了多少时间？一份六百人的跟踪记录", "十二周里，熟悉项目的人平均快了一成，新加入的人快了三成；评审时间却同步变长。作者认为省下的时间有一半转移到了阅读别人的代码上。", "工程师茶话", "周岚"),
        ("本周值得一试的五个小模型", "都能在笔记本上跑，编辑部用同一组中文题目逐个试过，附上每个模型擅长与不擅长的事情，以及两条省内存的设置。", "编辑部", ""),
    )),
    ("chip", "芯片与硬件", "🔩", (
        ("新一代内存标准定稿，带宽翻倍，功耗下降两成", "首批样品预计明年春天送到服务器厂商手里，手机要再等一年。标准里第一次写进了对旧插槽的兼容方式，主板厂商不必重新布线。", "硬件前线", "陈树"),
        ("折叠屏铰链寿命测试：五十万次之后发生了什么", "三款手机里有两款出现轻微异响，屏幕折痕的深度变化不到十微米。测试全程录像，方法与设备清单一并公开。", "拆机实验室", ""),
        ("国产光刻胶通过第二条产线的验证", "良率与进口材料持平，单价低了两成。厂方说明年三季度扩产，目前最大的限制是高纯树脂的供应。", "材料内参", "贺明"),
    )),
    ("product", "产品与设计", "🎨", (
        ("日历应用为什么开始把空白留给用户", "三家公司的设计师谈同一个转变：不再填满每一格，而是把没有安排的时间显示得更清楚。留存率没有变化，投诉少了四成。", "设计手记", "许之"),
        ("老年人模式不该只是把字放大", "作者陪父母用了一个月的十款应用，列出二十处真正难住他们的地方：验证码、悬浮按钮、看不见的返回手势。", "体验笔记", ""),
        ("一个收据小程序的八百天", "独立开发者讲怎样从零做到每月两万用户，收入、成本和每一次改价都写在文中，最贵的一项是客服。", "独立日志", "阿桐"),
    )),
    ("money", "理财与商业", "💰", (
        ("存款利率再降，三年期与五年期首次持平", "多家银行下调了中长期利率，期限越长未必越高。文章用三种常见的家庭情况算了账，结论是先看用钱的时间，再看利率。", "钱袋子", "沈度"),
        ("便利店的咖啡为什么能卖九块九", "一杯的豆子、牛奶、杯子和机器折旧合计四块六，其余是房租与人工。真正赚钱的是同时被带走的那只面包。", "生意经", ""),
        ("跨境小包新规下月实行，卖家要补三份材料", "主管部门给了九十天过渡期，逾期包裹退回。文末附材料清单与常见退回原因，平台也会在后台逐单提示。", "出海通", "童远"),
    )),
    ("science", "科学与健康", "🔬", (
        ("睡前看屏幕真正的问题不在蓝光", "新的对照试验换了滤光片也没有差别，影响入睡时间的是内容和时长。研究样本四百人，均为自愿参加，结论尚待更大规模的验证。", "健康证据", "罗医生"),
        ("深海热泉边发现会发光的虾", "它们用光在黑暗里辨认同伴，同一群的闪烁节奏几乎一致。考察队把录像全部公开，供各国研究者使用。", "海洋志", ""),
        ("补充维生素 D 能防感冒吗？三万人的答案", "对本来缺乏的人略有帮助，对不缺的人没有差别。作者建议先查血再决定，不要凭感觉长期大剂量服用。", "健康证据", "罗医生"),
    )),
    ("life", "城市与生活", "🏙️", (
        ("一座城市怎样把公交准点率提到九成五", "没有新修道路，只是重排了红绿灯和发车表。司机、乘客和调度员各有一段口述，数据从三年前一直记到上个月。", "城市慢读", "韩冬"),
        ("社区食堂开了一年，账本摊开给大家看", "每顿十五元，亏损由晚市的小炒补上，志愿者折抵了三成人工。负责人说最难的不是钱，是每天早上五点的采购。", "街坊", ""),
        ("冬天的阳台能种什么：编辑部的试种记录", "我们在朝北的阳台上试了六种，香菜和小白菜长得最好。附上温度、浇水的记录和三张失败的照片说明。", "编辑部", ""),
        ("徒步新手的第一双鞋，不必买最贵的", "店员、领队和骨科医生给的意见出奇地一致：先量脚，下午去试，鞋尖留一指。二十双实测的重量和防滑数据见文末。", "山野志", "莫小北"),
    )),
)  # fmt: skip


def texts_in(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that can be read as text."""
    return {name: body for name, body in files.items() if not name.endswith(".jpg")}


def chinese() -> Digest:
    """Twenty items over six topics from sixteen sources, of the usual lengths."""
    start = datetime(2026, 11, 21, 22, 40, tzinfo=UTC)
    sections: list[Section] = []
    number = 0
    for topic, name, icon, pieces in _ZH:
        items: list[Item] = []
        for title, summary, source, author in sorted(pieces, key=lambda piece: piece[2] != "编辑部"):
            number += 1
            also = tuple(
                Coverage(other, title, f"https://other{n}.example/{number}")
                for n, other in enumerate(("早间资讯", "科技夜航", "晨读", "要闻摘录")[: number % 5])
            )
            items.append(
                Item(
                    number=number, title=title, url=f"https://www.site{number}.example/articles/2026/11/{20_000 + number}.html",
                    summary=summary, source=source, published=start - timedelta(minutes=97 * number),
                    topic=topic, author=author, also=also if number % 3 == 1 else (), original=source == "编辑部",
                )
            )  # fmt: skip
        sections.append(Section(topic, name, icon, tuple(items)))
    return replace(digest_of(tuple(sections), language="zh"), lead=sections[0].items[1], replies=True)


def of_length(digest: Digest, many: int) -> Digest:
    """The digest with `many` items, repeated where it has fewer."""
    sections = list(digest.sections)
    number = sum(len(section.items) for section in sections)
    while number < many:
        at = number % len(sections)
        again = [replace(item, number=number + 1) for item in sections[at].items[: many - number]][:1]
        sections[at] = replace(sections[at], items=(*sections[at].items, *again))
        number += 1
    return replace(digest, sections=tuple(sections))


def small() -> Digest:
    """Four items over two topics."""
    digest = chinese()
    sections = tuple(replace(section, items=section.items[:2]) for section in digest.sections[:2])
    return replace(digest_of(sections), minutes=3)


def english() -> Digest:
    published = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
    items = tuple(
        Item(
            number=n,
            title=title,
            url=f"https://example.com/{n}?a=1&b=2",
            summary="Two sentences say what happened and why it matters. The rest is at the source.",
            source="The Example",
            published=published,
            topic="ai",
            author="Jo Doe",
            also=(Coverage("Second Post", "Same", "https://second.example/1"),) if n == 1 else (),
        )
        for n, title in enumerate(
            ("A *starred* title with [brackets]", "Prices & <tags>", "1. Not a list"), 1
        )
    )
    return digest_of((Section("ai", "AI", "🤖", items),), language="en", account="Morning Brief")


def digest_of(sections: tuple[Section, ...], language: str = "zh", account: str = "清晨读报") -> Digest:
    items = [item for section in sections for item in section.items]
    names = dict.fromkeys(item.source for item in items)
    return Digest(
        account=account,
        positioning="给忙人的一份清单：看清今天值得知道的事"
        if language == "zh"
        else "What is worth knowing today",
        language=language,
        timezone="Asia/Shanghai",
        number=312,
        date=date(2026, 11, 22),
        edition=1,
        lead=items[0],
        sections=sections,
        credits=tuple(Credit(n, "https://source.example/", sum(i.source == n for i in items)) for n in names),
        minutes=9,
        made=datetime(2026, 11, 21, 22, tzinfo=UTC),
    )


def one_item(text: str, **changes: object) -> Digest:
    """A digest in which every text that a feed decides is `text`."""
    values: dict[str, object] = {
        "number": 1, "title": text, "url": "https://example.com/1", "summary": text, "source": text,
        "published": datetime(2026, 11, 22, tzinfo=UTC), "topic": "ai", "author": text + "x",
        "also": (Coverage(text + "y", text, "https://example.com/2"),),
    }  # fmt: skip
    item = Item(**{**values, **changes})  # type: ignore[arg-type]
    return digest_of((Section("ai", "AI", "🤖", (item,)),))


HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</template></iframe></style></textarea><img src=x onerror=alert(1)>",
    "<style>*{display:none}</style>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "[x](javascript:alert(1)) ![y](data:image/png;base64,AA)",
    "<p class=MsoNormal lang=zh><o:p></o:p></p>",
    "{{ 7 * 7 }} {% raw %} ${7}",
    "<!-- --> <![CDATA[ x ]]> &lt;b&gt; &amp;amp;",
    "a\u200bb\u200cc\u200dd\ufeffe \u202eevil\u202c \u2066x\u2069",
    "\u0000\u0008\u001b[31m\u0085",
    "line\nbreak\r\nand\ttab\u2028end",
    "W" * 10_000,
    "字" * 400,
    "مرحبا بالعالم ‏שלום",
    "👩‍👩‍👧‍👦 🏳️‍🌈 🇨🇳 👍🏽",
    "# head\n\n- list\n\n> quote\n\n    code ```x``` <http://x.y> | a | b |",
    " ",
    "",
)

PICTURE = Image("https://elsewhere.example/p.jpg", 1200, 800, "a picture")
