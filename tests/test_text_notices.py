"""Short texts that stand where an article should: told by their words from articles about the same things."""

from __future__ import annotations

import pytest

from curate.i18n.catalogue import say
from curate.text.notice_words import RULES
from curate.text.notices import ADVICE, kind_of_title, notice_in, takes_up

NOTICES = {
    "deleted": (
        "该内容已被发布者删除",
        "該內容已被發佈者刪除",
        "抱歉，此内容已被作者删除",
        "此内容因违规无法查看\n由用户投诉并经平台审核，涉嫌违反相关法律法规和政策，查看详情。",
        "此帐号已自主注销，内容无法查看",
        "该文章已被作者设为私密，暂时无法查看",
        "抱歉，作者已设置仅展示半年内微博，此微博已不可见。",
        "The author has deleted this post.",
        "This account has been suspended.",
    ),
    "missing": (
        "抱歉，指定的主题不存在或已被删除或正在被审核",
        "抱歉，您访问的页面不存在\n您可以返回首页，或使用上方的搜索框。",
        "哎呀，页面不见了！",
        "找不到您要的網頁",
        "The page you requested could not be found. Try searching or go to the homepage.",
        "Whoops, that page is gone.",
        "Hmm...this page doesn't exist. Try searching for something else.",
    ),
    "migrated": ("该公众号已迁移\n该公众号已迁移至新的账号，原账号已回收。若需访问原文章链接，请点击下方按钮。",),
    "parked": ("该域名已过期，如果您是域名所有者，请尽快续费。", "The domain example.net may be for sale."),
    "blocked": (
        "环境异常 当前环境异常，完成验证后即可继续访问。 去验证",
        "您好，系统检测到您的网络环境存在异常，请完成下方验证后继续浏览",
        "人机验证\n请按住滑块，拖动到最右边",
        "為了確認您不是機器人，請完成以下驗證",
        "您的IP访问频率过高，请输入验证码后继续",
        "您的访问请求被阻断，由于您的访问行为异常，已被防火墙拦截。",
        "DDoS protection by DDoS-Guard\nChecking your browser before accessing example.com\nThis process is automatic.",
        "Access Denied\nYou don't have permission to access this page on this server.\nReference #18.2f6c1cb8.1700000000",
        "Press & Hold to confirm you are a human (and not a bot).",
        "Sorry, you have been blocked\nYou are unable to access example.com",
        "Our systems have detected unusual traffic from your computer network.",
    ),
    "login": (
        "您还没有登录，请先登录后再查看",
        "登錄後即可閱讀全文",
        "Please log in to continue reading. Don't have an account? Sign up",
    ),
    "paywall": (
        "剩余内容需付费后阅读",
        "訂閱會員才能閱讀完整內容",
        "This article is for subscribers only. Subscribe now to read the full story.",
        "You have reached your limit of free articles. Subscribe for unlimited access.",
    ),
    "region": ("因版权限制，您所在的地区无法观看该视频", "This video is not available in your country."),
    "script": (
        "当前网页需要开启 JavaScript 才能访问，请检查浏览器设置",
        "You need to enable JavaScript to run this app.",
        "您当前的浏览器版本过低，请升级浏览器",
    ),
    "app": ("请在微信客户端打开链接", "当前版本不支持该内容，请升级到最新版本后查看", "下载客户端，查看完整内容"),
    "busy": (
        "系统维护中，请稍后再试。",
        "502 Bad Gateway",
        "Application error: a client-side exception has occurred (see the browser console for more information).",
        "Web server is down\nError code 521\nThe web server is not returning a connection.",
        "We'll be back soon! The site is undergoing scheduled maintenance.",
        "网站维护中，给您带来不便敬请谅解",
        "服务暂不可用，请稍后重试",
    ),
    "reprint": ("城东纪事 分享一篇文章。", "以下文章来源于城东纪事 ，作者林小满\n阅读全文"),
    "player": ("继续播放 进度条，百分之0 播放 00:00 / 02:35 倍速 全屏\n您的浏览器不支持 video 标签",),
    "message": ("正在加载，请稍候……", "Please wait while your request is being verified..."),
}  # fmt: skip
ARTICLES = (
    ("谷歌发布新版验证码", "谷歌宣布新版 reCAPTCHA，用户无需再点击验证码，即可证明自己不是机器人，网站开发者十二月起可以申请。"),
    ("朋友圈一篇文章为何被删除", "该文章已被发布者删除，我们联系了作者，他说是自己主动撤下的。"),
    ("一篇被删除的文章", "文章发出两小时后被删除。作者没有收到任何解释。"),
    ("腾讯升级微信登录验证", "腾讯安全团队表示，从下月起，新设备登录微信需要再次验证身份，以减少账号被盗。"),
    ("登录界面改版", "新版应用把登录和注册放在同一页，用户输入手机号即可登录。"),
    ("支付宝系统故障", "支付宝：系统故障已恢复，用户可正常使用。"),
    ("小区门禁改刷脸", "业主反对：不刷脸就无法进入小区，物业说可以申请使用门禁卡。"),
    ("公告", "因系统维护，图书馆网站今晚十点至明早六点暂停服务，借还书不受影响。"),
    ("今日提示", "请带伞。"),
    ("Passkeys for everyone", "You can now sign in with a passkey on all devices, GitHub said on Monday."),
    ("How we block bots", "We rate limit automated requests at the edge. Here is how the new firewall rules work and what they cost us."),
    ("Cookie consent, five years on", "Five years after GDPR, most sites still ask before they set a cookie, and most people still click accept."),
    ("一座桥的夜间维修", "全文在此。"),
    ("新馆开放", "详情请看正文。"),
    ("新版发布", "请更新到最新版本。"),
    ("故障通报", "目前所有服务已恢复正常，给您带来的不便我们非常抱歉。"),
    ("故障通报", "部分用户无法登录，我们正在处理。"),
    ("城东今晚停水", "因供水管道维护，今晚10点至明早6点暂停供水，给您带来不便，敬请谅解。"),
    ("停电公告", "因故障停电，正在处理，请您耐心等待。"),
    ("公告", "因维护停水，请您稍后使用。"),
    ("通知", "申请今晚截止，请登录系统提交。"),
    ("寻人", "一名老人走丢，请知道的人联系我们，提供信息。"),
    ("我们改名了", "本号已更名为“城事”，内容不变，感谢您一直以来的关注。"),
    ("社区公告", "我们删除了违规内容。"),
    ("资料", "此文档为学习交流而分享，建议您在下载后24小时内删除。"),
    ("Update", "You can now sign in without a password."),
    ("Side quest", "Please update your apps."),
    ("卖域名的人", "这个域名去年到期，被人用三百元买走，如今又在出售，要价二十万。"),
    ("旧问题", "这个问题是否存在，没有人知道。"),
    ("Exceptions", "Something went wrong with the way we teach errors, and a new book has an answer."),
    ("", "What would you pay for type checking?"),
    ("The app that was removed", "Apple removed the app from its store in China after a request by the regulator."),
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in NOTICES.items() for text in texts]
)
def test_a_notice_is_known_by_its_words_in_either_script_and_in_english(kind: str, text: str) -> None:
    found = notice_in(text, "旧货市场搬家记")
    assert found is not None
    assert found.kind == kind
    assert say(found.message, "zh")
    assert found.advice is None or say(found.advice, "en")


@pytest.mark.parametrize(("title", "text"), ARTICLES)
def test_an_article_about_such_things_is_none(title: str, text: str) -> None:
    assert notice_in(text, title) is None


@pytest.mark.parametrize(("title", "text"), [row for row in ARTICLES if takes_up(row[1], row[0])])
def test_an_article_with_a_notice_at_its_foot_is_none(title: str, text: str) -> None:
    assert notice_in(f"{text * 3}\n请登录后发表评论\n扫一扫，在手机上查看", title) is None


def test_a_long_text_is_none_whatever_it_says() -> None:
    assert notice_in("当前环境异常，完成验证后即可继续访问。" * 40) is None


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("安全验证", "blocked"),
        ("Just a moment...", "blocked"),
        ("Attention Required! | Cloudflare", "blocked"),
        ("登录 - 某论坛", "login"),
        ("页面不存在_城东网", "missing"),
        ("404", "missing"),
        ("404 Not Found", "missing"),
        ("旧货市场搬家记_城东网", ""),
        ("地铁站开始试用人脸验证", ""),
        ("How to verify a photograph", ""),
    ],
)
def test_a_page_that_calls_itself_a_notice_is_doubted(title: str, kind: str) -> None:
    assert kind_of_title(title) == kind


def test_every_kind_of_a_rule_has_its_words() -> None:
    assert {kind for kind, _ in RULES} <= ADVICE.keys()
