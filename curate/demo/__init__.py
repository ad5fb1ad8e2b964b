"""A small web written for this project, to run the whole night on without a network.

A dozen made-up sources in Chinese and English tell one week of made-up news; nobody and nothing in it is real.
`serve` answers for their hosts under `.example` as an HTTP proxy on loopback, `account` gives the folder of an
account that reads them, `truth` says what a person would make of each entry.

    with serve(now, night=1) as web:
        for name, text in account(web.proxy, now).items(): ...  # write the files, run a night at nights(now)[0]
        web.night = 2                                           # the morning after: run another at nights(now)[1]

The week is relative to `now`: day 0 is the last day whose morning (06:00, Asia/Shanghai) has come. Night 1 shows
what came out until 22:00 of day -1, night 2 adds what came out until 06:00 of day 0. Everything served is a
function of `now` and the night: the same week gives the same bytes, and a source without news answers 304.

What life brings, and where it is met:

    four sources tell one event        events in `truth()`: Chinese, and English for three of them
    a telling that comes a night late  `zheche` of nanpu and zaozhuan, when others told it in night 1
    copies under a changed title       zaozhuan (`copy_of` in `truth()`)
    adverts                            `advert` in `truth()`: coupons, sign-ups, sales
    GB18030                            nanpu, with a character of four bytes; its pages too
    no guid, relative links            suanpan
    one link for all, no guid          kuaixun; its dates name no zone
    missing and future dates           dushu, gezhi; tidewater has no dates at all
    a dead host                        jiugang (the connection is reset)
    304 on the second night            jiangren, haishi, tidewater
    a list without a feed              bianji (times like 2小时前 and 11月21日 08:30)
    Atom, JSON Feed, RSS 1.0, 0.92     dushu, harbor, gezhi, tidewater
    a sitemap                          haishi
    an original by the editor          originals/ of `account()`
    HTML in titles, escaped twice      keji
    tracking parameters                chenbao, zaozhuan
"""

from __future__ import annotations

from datetime import datetime

from curate.demo.content import Truth, moment, nights, read_text, sites, truth
from curate.demo.server import Server, serve

__all__ = ["Server", "Truth", "account", "nights", "serve", "truth"]

ORIGINAL = "zhoudao"  # the file of `site/` with what the editor wrote


def _original(now: datetime | None) -> dict[str, str]:
    site = next(site for site in sites() if site.id == ORIGINAL)
    texts = {}
    for piece in site.pieces:
        dated = f"date: {moment(piece.day, piece.clock, now):%Y-%m-%d %H:%M}\n" if now else ""
        body = "\n\n".join(block for block in piece.blocks)
        texts[f"originals/{piece.id}.md"] = (
            f"---\ntitle: {piece.title}\nauthor: {piece.author}\n{dated}topic: {piece.topic}\n"
            f"tags: [{', '.join(piece.tags)}]\nsummary: {piece.summary}\n---\n\n{body}\n"
        )
    return texts


def account(proxy: str, now: datetime | None = None) -> dict[str, str]:
    """The files of the demo account's folder by name: `feeds.yaml`, and the editor's original under `originals/`.

    `proxy` is a running server's. Without `now` the original carries no date, and its file's time stands for it.
    """
    return {"feeds.yaml": read_text("feeds.yaml").replace("{proxy}", proxy)} | _original(now)
