"""Sites of made-up issues, built in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from curate.config.schema import Account, Config, SiteSettings, Topic
from curate.domain.model import Digest, Image, Item, Section
from curate.domain.serialization import to_json
from curate.site import Catalogue, Stored, catalogue, changes, find_changes, reader, site_of
from tests.render_samples import TEMPLATES, chinese, digest_of

URL = "https://example.com/daily/"
CONFIG = Config(
    account=Account(name="清晨读报", positioning="给忙人的一份清单"),
    topics=tuple(Topic(id=s.id, name=s.name, icon=s.icon) for s in chinese().sections),
    sources=(),
)
PLACED = CONFIG.model_copy(update={"site": SiteSettings(url=URL)})

Files = dict[str, bytes]


def issue(number: int, **changes: Any) -> Digest:
    """An issue of the sample's items, one a day; its sixth item continues that of the issue before."""
    digest = chinese()
    day = digest.date + timedelta(days=number - 312)

    def item(one: Item) -> Item:
        title = f"{one.title}（{number}）" if one.number % 5 else one.title
        before = (number - 1, 6) if one.number == 6 and number > 1 else None
        entry = f"{number}-{one.number}"
        return replace(one, title=title, continues=before, entry=entry, source_id=one.source)

    sections = tuple(replace(s, items=tuple(map(item, s.items))) for s in digest.sections[number % 2 :])
    made = digest.made + timedelta(days=number - 312)
    numbered = digest_of(sections)
    lead = replace(
        numbered.lead, image=Image("https://a.example/1.jpg", 800, 600, "图", "images/01.jpg", 9, "jpeg")
    )
    sections = tuple(
        replace(s, items=tuple(lead if i.number == lead.number else i for i in s.items)) for s in sections
    )
    fields: dict[str, Any] = {
        "number": number,
        "date": day,
        "made": made,
        "sections": sections,
        "lead": lead,
        **changes,
    }
    return replace(numbered, **fields)


def few(number: int, many: int = 3) -> Digest:
    """A small issue."""
    whole = issue(number)
    sections = (Section("ai", "人工智能", "🤖", whole.sections[-1].items[:many]),)
    items = tuple(replace(item, number=n, topic="ai") for n, item in enumerate(sections[0].items, 1))
    return replace(whole, sections=(replace(sections[0], items=items),), lead=items[0])


def site_files(
    digests: Iterable[Digest],
    config: Config = CONFIG,
    old: Catalogue | None = None,
    reviews: Mapping[str, Digest] | None = None,
) -> tuple[Files, Catalogue]:
    """What a build gives, and what it is remembered by; with `old`, only what changed since."""
    made, _, new = site_changes(digests, config, old, reviews)
    return made, new


def site_changes(
    digests: Iterable[Digest],
    config: Config = CONFIG,
    old: Catalogue | None = None,
    reviews: Mapping[str, Digest] | None = None,
) -> tuple[Files, Collection[str], Catalogue]:
    """The same, with the folders in which nothing else may be left."""
    by_number = {digest.number: digest for digest in digests}
    stored = [
        Stored(n, f"{d.date}-1", hashlib.sha1(to_json(d), usedforsecurity=False).hexdigest())
        for n, d in by_number.items()
    ]
    new = catalogue("look", stored, old, by_number.__getitem__)
    site = site_of(config, TEMPLATES, new, reader(by_number.__getitem__, config.look), reviews or {})
    found = changes(site, config, TEMPLATES, find_changes(old, new))
    made = dict(found.pages) | {picture.path: b"picture" for picture in found.pictures}
    return made, found.swept, new
