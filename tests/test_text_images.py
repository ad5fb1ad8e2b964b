"""Which picture an `img` shows in the end, and which are no pictures of a story."""

from __future__ import annotations

import pytest

from curate.extraction.image_elements import image_address, widest
from curate.extraction.images import asks_to_be_scanned, in_markup, is_furniture
from curate.images.renditions import as_jpeg

PAGE = "https://news.example/a/1.html"


def shown(markup: str) -> list[str]:
    return [image.url.removeprefix("https://news.example") for image in in_markup(markup, PAGE)]


@pytest.mark.parametrize(
    "attributes",
    [
        {"src": "/blank.gif", "data-src": "/1.jpg"},
        {"src": "data:image/gif;base64,R0", "data-lazyload": "/1.jpg"},
        {"src": "/loading.gif", "data-echo": "/1.jpg"},
        {"src": "/static/spacer.gif", "lazy-src": "/1.jpg"},
        {"src": "/grey.gif", "original": "/1.jpg"},
        {"src": "/images/placeholder.png", "_src": "/1.jpg"},
        {"src": "/static/image/common/none.gif", "zoomfile": "/1.jpg", "file": "/1.jpg"},
        {"src": "", "data-made-up-by-this-site": "/1.jpg"},
        {"data-srcset": "/1.jpg 1x", "src": "/lazy.png"},
        {"srcset": "/s.jpg 300w, /1.jpg 1200w, /xl.jpg 4000w"},
        {"src": "/1.jpg", "data-orig-file": "/huge.jpg", "data-link": "/page.jpg", "alt": "/alt.jpg"},
        {"src": "/1.jpg", "srcset": "/2.jpg 2x", "data-fallback": "/404.png"},
        {"src": "data:image/svg+xml,x", "data-loaded": "true", "data-href": "/no.jpg", "data-k": "/1.jpg"},
    ],
)
def test_the_address_is_found_in_whatever_attribute_holds_it(attributes: dict[str, str]) -> None:
    assert image_address(attributes) == "/1.jpg"


def test_an_address_without_a_files_ending_counts_where_the_attribute_is_a_loaders() -> None:
    mmbiz = "https://mmbiz.qpic.cn/mmbiz_png/A/640?wx_fmt=png"
    assert image_address({"data-src": mmbiz, "data-id": "/x/y"}) == mmbiz
    assert image_address({"data-json": '{"a":"/b.jpg"}', "src": ""}) == ""


@pytest.mark.parametrize(
    "src", ["/static/lazy.png", "/blank.gif", "loading-2.gif", "data:image/gif;base64,R0", ""]
)
def test_a_placeholder_with_nothing_behind_it_is_no_picture(src: str) -> None:
    assert image_address({"src": src, "class": "lazy"}) == ""
    assert image_address({"src": "/2026/loading-dock.jpg"}) == "/2026/loading-dock.jpg"


def test_of_a_srcset_the_widest_that_a_post_can_show_is_taken() -> None:
    assert widest("/a,b.jpg 640w, /c.jpg 1280w,/d.jpg 2560w") == "/c.jpg"
    assert widest("/huge.jpg 3000w") == "/huge.jpg"
    assert widest("") == ""


@pytest.mark.parametrize(
    "markup",
    [
        '<p>正文</p><img src="/a.jpg" alt="扫码关注我们">',
        '<figure><img src="/a.jpg"><figcaption>长按识别图中二维码</figcaption></figure>',
        '<p><img src="/a.jpg"></p><p>▲ 微信扫一扫，加入读者群</p>',
        '<section><p>欢迎添加小编微信</p><p><img src="/a.jpg"></p></section><p>正文</p>',
        '<p>關注我們的公眾號</p><p><img src="/a.jpg"></p>',
        '<p><img src="/upload/qrcode_for_gh_1.jpg"></p>',
        '<p><img src="/a.jpg"><br>Scan this code to follow us</p>',
    ],
)
def test_what_asks_to_be_scanned_is_no_picture(markup: str) -> None:
    assert shown(markup + "<p>" + "这是很长的一段正文，说的是另外一件事。" * 6 + "</p>") == []


@pytest.mark.parametrize(
    "words",
    [
        "市民在地铁站扫码乘车",
        "店主介绍，扫码支付的顾客占了九成",
        "他最近很少关注微信",
        "公众号编辑正在排版",
        "展会上的群众加油助威",
        "The scanner found nothing",
    ],
)
def test_news_about_scanning_keeps_its_picture(words: str) -> None:
    assert not asks_to_be_scanned(words)
    assert shown(f'<figure><img src="/a.jpg" alt="{words}"><figcaption>{words}</figcaption></figure>') == [
        "/a.jpg"
    ]


def test_a_long_paragraph_beside_a_picture_says_nothing_of_it() -> None:
    long = (
        "读者来信说，他在超市门口看到扫码关注送鸡蛋的摊子，排队的人一直排到了路口，工作人员不停地催促后面的人快一点。"
        * 2
    )
    assert shown(f'<p><img src="/a.jpg"></p><p>{long}</p>') == ["/a.jpg"]


@pytest.mark.parametrize(
    ("address", "alt"),
    [
        ("https://www.zhihu.com/equation?tex=E%3Dmc%5E2", ""),
        ("https://latex.codecogs.com/png.latex?x", ""),
        ("https://s0.wp.com/latex.php?latex=%5Cwp", ""),
        ("https://a.example/i/7.png", r"\frac{a}{b}"),
        ("https://a.example/i/7.png", "E=mc^2"),
    ],
)
def test_a_formula_is_no_picture(address: str, alt: str) -> None:
    assert is_furniture(address, alt)


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("https://mmbiz.qpic.cn/m/A/640?wx_fmt=jpeg&tp=webp&wxfrom=5", "https://mmbiz.qpic.cn/m/A/640?wx_fmt=jpeg&wxfrom=5"),
        ("https://mmbiz.qpic.cn/m/A/640?wx_fmt=png&tp=webp", "https://mmbiz.qpic.cn/m/A/640?wx_fmt=png"),
        ("https://pbs.example/m/x?format=webp&name=small", "https://pbs.example/m/x?format=jpg&name=small"),
        ("https://c.example/a.jpg?x-oss-process=image/format,webp", "https://c.example/a.jpg?x-oss-process=image/format,jpg"),
        ("https://c.example/a.jpg?imageView2/2/format/webp/q/80", "https://c.example/a.jpg?imageView2/2/format/jpg/q/80"),
        ("https://i0.example/bfs/a.jpg@672w_378h_1c.webp", "https://i0.example/bfs/a.jpg"),
        ("https://a.example/u/a.jpg.webp?v=2", "https://a.example/u/a.jpg?v=2"),
        ("https://r.example/image/upload/f_auto,q_auto/x.jpg", "https://r.example/image/upload/f_jpg,q_auto/x.jpg"),
        ("https://a.example/only.webp", "https://a.example/only.webp"),
        ("https://a.example/a.jpg?format=webp&x-signature=ab", "https://a.example/a.jpg?format=webp&x-signature=ab"),
        ("https://a.example/a.jpg?type=news", "https://a.example/a.jpg?type=news"),
    ],
)  # fmt: skip
def test_webp_is_asked_for_as_jpeg_where_the_address_can_say_so(address: str, asked: str) -> None:
    assert as_jpeg(address) == asked
