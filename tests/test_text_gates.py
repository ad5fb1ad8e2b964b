"""Pages that are no article, by structure and evidence together; and articles that look like them."""

from __future__ import annotations

import pytest

from curate.domain.errors import NoticeError, UnreadableError
from curate.domain.model import Page
from curate.extraction.extract import extract
from curate.extraction.gates import notice_of_page, same_text
from curate.i18n.catalogue import say
from tests.nouns import NOW

TITLE = "旧货市场周六搬完最后一批摊位"
URL = "https://news.example/a/1"
PROSE = (
    "上周六，城东旧货市场的最后一批摊主搬进了新的室内场馆，新馆有三百二十个摊位，租金头两年不变。",
    "摊主老陈在旧市场摆了二十二年。他说，最舍不得的是门口那棵樟树，夏天下午整条过道都在树荫里。",
    "管理方正在和公交公司商量，把两条线路延长一站，新的站牌已经在做了，电费由市场先垫着。",
)


def html(body: str, title: str = "", head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def said(error: NoticeError) -> str:
    return say(error.message, "zh")


def refused(page: str, url: str = URL, known: str = TITLE, asked: str = URL) -> NoticeError:
    with pytest.raises(NoticeError) as found:
        extract(page, url, asked=asked, known=known)
    return found.value


WECHAT = '<div class="weui-msg"><h2 class="weui-msg__title">{}</h2><p class="weui-msg__desc">{}</p></div>'
LOGIN = "<form><h2>会员中心</h2><input name=u><input type='password' name=p><button>提交</button></form>"
GUARDED = "<div id='c'></div><script src='https://challenges.cloudflare.com/turnstile/v0/api.js'></script>"
APP = "<div id='root'></div><script src='/static/main.8f3a.js'></script>"
HOT = paragraphs("猜你喜欢", "本周最热的十篇文章都在这里，别错过。", "上个月的读者来信选登，一共二十封。")


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (html(WECHAT.format("环境异常", "当前环境异常，完成验证后即可继续访问。")), "拦截程序"),
        (html(WECHAT.format("该内容已被发布者删除", "")), "已被删除"),
        (html(WECHAT.format("参数出了点状况", "樟树挂上编号牌")), "网站的提示"),
        (html(LOGIN), "要求登录"),
        (html(GUARDED), "拦截程序"),
        (html(APP), "由脚本画出"),
        (html(paragraphs("抱歉，您要看的页面不存在。", "五秒后返回首页。"), "404"), "页面不存在"),
        (html(paragraphs("请完成安全验证后继续访问。") + HOT, "安全验证"), "拦截程序"),
        (html(paragraphs("本文为会员专享内容，开通会员后可阅读全文。"), TITLE), "付费或订阅"),
        (html(f"<noscript>{paragraphs('请启用 JavaScript 后刷新页面。')}</noscript>{APP}"), "由脚本画出"),
    ],
)
def test_a_page_that_is_no_article_is_refused_in_its_own_words(page: str, reason: str) -> None:
    assert reason in said(refused(page))


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (
            html(paragraphs("该帐号因违反《微信公众平台运营规范》被屏蔽，内容无法查看"), "微信公众平台"),
            "已被删除",
        ),
        (html(paragraphs("该公众号已迁移至新的帐号，原帐号已回收。"), "公众号迁移说明"), "账号迁移到别处了"),
        (
            html(
                paragraphs("お探しのページは見つかりませんでした。トップページからお探しください。" * 3),
                "404 Not Found",
            ),
            "页面不存在",
        ),
        ('{"code":403,"message":"请求过于频繁，请稍后再试","data":null}', "拦截程序"),
    ],
)
def test_the_title_of_a_notice_is_not_what_its_text_takes_up(page: str, reason: str) -> None:
    assert reason in said(refused(page, known="", asked=""))


def test_what_is_gone_is_told_apart_from_what_is_kept_from_programs() -> None:
    assert refused(html(paragraphs("该文章已被作者删除。"))).is_gone
    assert refused(html(paragraphs("该页面不存在。"))).is_gone
    assert not refused(html(paragraphs("请先登录后再查看。"))).is_gone


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://passport.news.example/?from=a", "要求登录"),
        ("https://news.example/user/login?next=%2Fa%2F1", "要求登录"),
        ("https://news.example/antispider/captcha", "拦截程序"),
        ("https://news.example/", "首页"),
    ],
)
def test_an_address_that_has_led_elsewhere_is_evidence_where_the_title_is_nowhere(
    url: str, reason: str
) -> None:
    page = html(
        paragraphs(*(f"第 {n} 版块今天有新帖子，大家都在讨论楼下的梧桐树要不要修剪。" for n in range(12))),
        "城东论坛",
    )
    assert reason in said(refused(page, url))
    assert extract(html(f"<h1>{TITLE}</h1>" + paragraphs(*PROSE)), url, asked=URL, known=TITLE).text


def test_an_article_stays_one_whatever_stands_around_it() -> None:
    foot = paragraphs("请登录后发表评论", "扫一扫，在手机上打开本页", "本站使用 Cookie，继续浏览即表示同意")
    guard = "<script src='https://www.google.com/recaptcha/api.js'></script><input type='password'>"
    article = extract(html(f"<h1>{TITLE}</h1>{paragraphs(*PROSE)}{foot}{guard}", TITLE), URL, known=TITLE)
    assert "二十二年" in article.text


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "网站为什么总要你验证",
            "昨天，一家银行的网站要求每位用户拖动滑块，完成验证后才能继续访问，许多老人打不开。",
        ),
        (
            "浏览器停止支持旧系统",
            "这款浏览器宣布停止支持旧版系统，用户需要升级到新版本才能继续使用。公司说，受影响的约占百分之二。",
        ),
        ("那篇文章被删除之后", "文章被发布者删除的第二天，编辑部收到三百封来信，读者想知道发生了什么。"),
        (
            "Why every site wants a login",
            "Every site now asks readers to sign in before they read; publishers say it pays for the work.",
        ),
    ],
)
def test_a_short_article_about_gates_stays_one(title: str, text: str) -> None:
    page = html(f"<h1>{title}</h1>{paragraphs(text)}", title)
    assert text in extract(page, URL, known=title).text
    assert text in extract(page, URL).text


def test_a_page_without_text_and_without_signs_is_only_unreadable() -> None:
    with pytest.raises(UnreadableError) as found:
        extract(html("<ul><li><a href='/1'>今天</a></li></ul>"), URL)
    assert not isinstance(found.value, NoticeError)


def test_one_text_is_one_but_for_a_number_in_it() -> None:
    assert same_text("请求编号 8123，稍后再来。" * 3, "请求编号 9777，稍后再来。" * 3)
    assert not same_text(PROSE[0], PROSE[1])


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (html("<div>Checking your browser</div>", "Just a moment..."), "blocked"),
        (html("<form>请先登录</form>", "登录 - 某论坛"), "login"),
        (
            html(
                "<h1>Looks like something went wrong</h1><p>Please try again later.</p>", "Welcome to RSSHub!"
            ),
            "busy",
        ),
        (html(f"<h1>城东网</h1>{paragraphs(*PROSE)}", "城东网"), ""),
    ],
)
def test_a_page_where_a_feed_was_due(body: str, kind: str) -> None:
    found = notice_of_page(Page("https://news.example/feed", body.encode(), NOW), "https://news.example/feed")
    assert (found.kind if found else "") == kind
