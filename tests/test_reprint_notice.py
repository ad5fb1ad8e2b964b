"""What a page says of reprinting it is found by what its sentence joins, and what only speaks of reprints is not."""

from __future__ import annotations

from time import process_time

import pytest

from curate.extraction.extract import extract
from curate.extraction.reprint_notice import find_reprint_notice

TEXT = "<p>市政府今天上午公布了这项工程的进展，施工单位说明了工期，住在附近的居民也提出了自己的意见。</p>" * 6

FOUND = (
    ("本文版权归作者所有，未经许可，任何人不得以任何形式转载。", "forbidden"),
    ("声明：本网独家稿件，谢绝一切形式的摘编和镜像。", "forbidden"),
    ("凡署名“晨港日报”的作品，未获书面授权，严禁转载、复制，违者必究。", "forbidden"),
    ("轉載請先取得編輯部同意。", "permission"),
    ("如需转载，请后台留言申请开白。", "permission"),
    ("转载合作请联系 tougao@a.example", "permission"),
    ("想用这篇文章？转载前请给作者发邮件打个招呼。", "permission"),
    ("转载请保留原文链接和作者署名。", "credit"),
    ("欢迎转载，记得附上出处就好。", "credit"),
    ("No part of this publication may be reproduced in any form without prior written consent.", "forbidden"),
    ("Our articles must not be republished elsewhere.", "forbidden"),
    ("Redistribution of this material is strictly prohibited.", "forbidden"),
    ("For permission to reprint this article, contact rights@a.example.", "permission"),
    ("To republish this story, please write to our desk first.", "permission"),
    ("You may republish this article with a link to the original.", "credit"),
)
LEFT_ALONE = (
    "<p>记者获悉，最高法院发布新规，明确未经授权转载新闻作品的赔偿标准，多家媒体表示将积极维权，平台也要承担相应责任。</p>"
    * 2,
    "<p>这段视频被多家媒体转载，播放量超过千万。</p>",
    "<p>本文转载自《晨港日报》，原题为《修路记》。</p>",
    "<p>经作者授权转载。</p>",
    "<a href='/x'>转载</a><span>转载 128</span>",
    "<script>var tip = '未经授权，不得转载';</script>",
    "<div title='转载请注明出处'>分享</div>",
    "<p>The bug is easy to reproduce, and the log is reprinted below.</p>",
    "<p>He was rewritten out of the series after asking for permission to leave.</p>",
    "<p>© 2026 A Paper. All rights reserved.</p>",
    "<p>The photo is licensed under CC BY 2.0.</p>",
)


@pytest.mark.parametrize(("sentence", "kind"), FOUND)
def test_a_notice_is_found_with_its_kind_and_its_sentence(sentence: str, kind: str) -> None:
    notice = find_reprint_notice(
        f"<html><title>题</title><body>{TEXT}<div class=foot>{sentence}</div></body></html>"
    )
    assert notice is not None
    assert notice.kind == kind
    assert notice.text in sentence or sentence.startswith(notice.text[:10])


@pytest.mark.parametrize("markup", LEFT_ALONE)
def test_what_only_speaks_of_reprints_is_no_notice(markup: str) -> None:
    assert find_reprint_notice(f"<html><title>题</title><body>{TEXT}{markup}</body></html>") is None


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        (
            '<a rel="license" href="https://creativecommons.org/licenses/by-nc-sa/4.0/">CC</a>',
            "CC BY-NC-SA 4.0",
        ),
        ('<link rel="license" href="http://creativecommons.org/licenses/by/3.0/">', "CC BY 3.0"),
        ("<p>本站文章采用知识共享 署名-非商业性使用 许可协议。</p>", "CC BY-NC"),
        ("<footer>All content on this site is licensed under CC BY-ND.</footer>", "CC BY-ND"),
        (
            '<p>This work is in the public domain: released under <a href="https://creativecommons.org/publicdomain/zero/1.0/">CC0</a></p>',
            "CC0",
        ),
    ],
)
def test_a_license_of_the_page_itself_is_named(markup: str, name: str) -> None:
    notice = find_reprint_notice(f"<html><body>{TEXT}{markup}</body></html>")
    assert notice is not None
    assert (notice.kind, notice.text) == ("license", name)


def test_an_article_carries_its_pages_notice() -> None:
    page = f"<html><title>修路记</title><body><article><h1>修路记</h1>{TEXT}</article><p>未经授权不得转载</p></body></html>"
    notice = extract(page, "https://a.example/1").notice
    assert notice is not None
    assert notice.kind == "forbidden"
    assert extract(page.replace("未经授权不得转载", "完"), "https://a.example/1").notice is None


@pytest.mark.parametrize(
    "page",
    [
        "<p>" + "转载" * 300_000,
        "未经授权" * 100_000 + "转载",
        "<" * 100_000 + "转载" * 100_000,
        "creativecommons.org/licenses/by" * 50_000,
        "<p>" + "reproduced without " * 50_000,
    ],
)
def test_a_hostile_page_costs_little(page: str) -> None:
    begun = process_time()
    find_reprint_notice(page)
    assert process_time() - begun < 1.0, "seconds of CPU"
