"""The address of a channel, a person, a column or a repository is read by its feed or by a route of RSSHub."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.i18n.catalogue import labels_of
from curate.sources.recognize import Recognized, recognize_link, rsshub_route

YOUTUBE = "https://www.youtube.com/feeds/videos.xml?"
CHANNEL = "UC" + "x" * 21 + "-"
PODCAST = "6013f9f58e2f7ee375cf4216"


@pytest.mark.parametrize(
    ("address", "url"),
    [
        (f"https://www.youtube.com/channel/{CHANNEL}/videos", f"{YOUTUBE}channel_id={CHANNEL}"),
        (f"http://m.youtube.com/channel/{CHANNEL}", f"{YOUTUBE}channel_id={CHANNEL}"),
        ("https://www.youtube.com/playlist?list=PLab_c-1&si=x", f"{YOUTUBE}playlist_id=PLab_c-1"),
        ("https://youtube.com/user/Someone", f"{YOUTUBE}user=Someone"),
        ("https://github.com/o-1/r.js", "https://github.com/o-1/r.js/releases.atom"),
        ("https://github.com/o/r.git", "https://github.com/o/r/releases.atom"),
        ("https://github.com/o/r/releases/tag/v1.0", "https://github.com/o/r/releases.atom"),
        ("https://github.com/o/r/tags", "https://github.com/o/r/tags.atom"),
        ("https://github.com/o/r/commits/main", "https://github.com/o/r/commits/main.atom"),
        ("https://some-one.substack.com/p/a-post?utm_source=x", "https://some-one.substack.com/feed"),
        ("https://substack.com/@someone", "https://someone.substack.com/feed"),
        ("https://medium.com/@some.one/a-post-1", "https://medium.com/feed/@some.one"),
        ("https://www.reddit.com/r/china/top/", "https://www.reddit.com/r/china/.rss"),
    ],
)
def test_where_there_is_a_feed_by_rule_that_is_taken(address: str, url: str) -> None:
    assert recognize_link(address) == Recognized(url=url)


@pytest.mark.parametrize(
    ("address", "route"),
    [
        ("https://space.bilibili.com/946974?spm_id_from=333", "/bilibili/user/video/946974"),
        ("https://space.bilibili.com/946974/dynamic", "/bilibili/user/dynamic/946974"),
        ("https://space.bilibili.com/946974/article", "/bilibili/user/article/946974"),
        ("https://m.bilibili.com/space/946974", "/bilibili/user/video/946974"),
        ("https://live.bilibili.com/33989", "/bilibili/live/room/33989"),
        ("https://www.bilibili.com/bangumi/media/md28223043/", "/bilibili/bangumi/media/28223043"),
        ("https://t.me/s/durov", "/telegram/channel/durov"),
        ("https://t.me/durov/123", "/telegram/channel/durov"),
        ("https://telegram.me/durov", "/telegram/channel/durov"),
        (f"https://www.xiaoyuzhoufm.com/podcast/{PODCAST}?s=x", f"/xiaoyuzhou/podcast/{PODCAST}"),
        ("https://zhuanlan.zhihu.com/insideue4", "/zhihu/zhuanlan/insideue4"),
        ("https://www.zhihu.com/column/c_118", "/zhihu/zhuanlan/c_118"),
        ("https://www.zhihu.com/people/yang-lei-96-72", "/zhihu/people/activities/yang-lei-96-72"),
        ("https://www.zhihu.com/people/kv/answers", "/zhihu/people/answers/kv"),
        ("https://www.zhihu.com/org/qing-hua/posts", "/zhihu/posts/org/qing-hua"),
        ("https://www.zhihu.com/question/438708854/answer/1", "/zhihu/question/438708854"),
        ("https://daily.zhihu.com/", "/zhihu/daily"),
        ("https://weibo.com/u/7762107285", "/weibo/user/7762107285"),
        ("https://m.weibo.cn/u/7762107285", "/weibo/user/7762107285"),
        ("https://weibo.com/7762107285/Pabc", "/weibo/user/7762107285"),
        ("https://mp.weixin.qq.com/mp/appmsgalbum?__biz=Mzk0==&album_id=325&action=getalbum", "/wechat/mp/msgalbum/Mzk0==/325"),
        ("https://mp.weixin.qq.com/mp/homepage?__biz=MzA%3D%3D&hid=3", "/wechat/mp/homepage/MzA==/3"),
        ("https://mp.weixin.qq.com/mp/homepage?__biz=MzA==&hid=3&cid=1", "/wechat/mp/homepage/MzA==/3/1"),
        ("https://h5.weibo.cn/u/7762107285", "/weibo/user/7762107285"),
        ("https://juejin.cn/user/1838039172387262/posts", "/juejin/posts/1838039172387262"),
        ("https://www.douban.com/group/699356/", "/douban/group/699356"),
    ],
)  # fmt: skip
def test_where_there_is_none_rsshubs_route_is_taken(address: str, route: str) -> None:
    assert recognize_link(address) == Recognized(route=route)


def test_a_page_that_may_name_its_feed_is_looked_at_first() -> None:
    known = recognize_link("https://www.youtube.com/@李子柒/videos")
    assert known == Recognized(route="/youtube/user/@李子柒", page=True)


@pytest.mark.parametrize(
    ("address", "refusal"),
    [
        ("https://mp.weixin.qq.com/s/abc", "wechat"),
        ("https://mp.weixin.qq.com/mp/homepage?__biz=a/../b%20c&hid=3", "wechat"),
        ("https://mp.weixin.qq.com/mp/appmsgalbum?album_id=1", "wechat"),
        ("https://mp.weixin.qq.com/mp/profile_ext?action=home&__biz=x", "wechat"),
        ("https://t.me/+AbCdEf", "invitation"),
        ("https://weibo.com/rmrb", "weibo_name"),
        (f"https://www.xiaoyuzhoufm.com/episode/{PODCAST}", "episode"),
    ],
)
def test_what_cannot_be_subscribed_to_is_known_as_such_and_told_in_both_languages(
    address: str, refusal: str
) -> None:
    assert recognize_link(address) == Recognized(refusal=refusal)
    for language in ("zh", "en"):
        labels = labels_of("discover", language)
        assert labels[refusal]
        assert labels[f"{refusal}.hint"]


@pytest.mark.parametrize(
    "address",
    [
        "https://blog.example/",
        "https://notgithub.com/o/r",
        "https://github.com.evil.example/o/r",
        "https://github.com/trending/python",
        "https://github.com/o/r/issues/1",
        "https://gist.github.com/o/abc",
        "https://www.youtube.com/watch?v=abc",
        "https://www.youtube.com/playlist?list=a/../b",
        "https://zhuanlan.zhihu.com/p/123",
        "https://www.bilibili.com/video/BV1",
        "https://t.me/share/url?url=x",
        "https://weibo.com/hot/search",
        "https://substack.com/home",
        "http://[broken",
        "",
    ],
)
def test_other_addresses_are_left_to_discovery(address: str) -> None:
    assert recognize_link(address) is None


@given(
    st.text(max_size=40), st.sampled_from(["github.com", "t.me", "weibo.com", "www.zhihu.com", "youtube.com"])
)
def test_nothing_that_is_typed_breaks_out_of_an_address_or_a_route(path: str, host: str) -> None:
    found = recognize_link(f"https://{host}/{path}")
    if found:
        assert not re.search(r"\s|\$\{", found.route)


def test_a_route_is_read_from_an_address_of_the_rsshub_scheme() -> None:
    assert rsshub_route(" rsshub://zhihu/daily ") == "/zhihu/daily"
    assert rsshub_route("RSSHUB:///bilibili/user/video/1?limit=5") == "/bilibili/user/video/1?limit=5"
    for text in ("rsshub://", "rsshub://a b", "rsshub://${KEY}", "https://rsshub.app/a", ""):
        assert rsshub_route(text) == ""
