"""The shape of feeds.yaml: frozen, strict, with a docstring for every key (the JSON Schema is made of them).

Only the shape is here. Reading the file, the environment and the line numbers of mistakes is `load.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, model_validator

from curate.config import validators as checks
from curate.config.delivery_schema import CheckSettings, DraftSettings
from curate.config.network_schema import PLATFORM as PLATFORM
from curate.config.network_schema import EngineSettings
from curate.config.network_schema import Network as Network
from curate.config.values import HEX, Address, Identifier, Proxy, Span, Word
from curate.config.values import Shape as Shape
from curate.domain.item_codes import MOST_ITEMS

OTHER = "other"  # the section of what belongs to no topic


class Account(Shape):
    """The official account that the digest is for."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    """The account's name, as readers see it."""
    positioning: Annotated[str, Field(max_length=200)] = ""
    """Who it is for and what it gives them, in one sentence."""
    audience: tuple[Word, ...] = ()
    """Words that the audience cares about; entries that use them rank higher."""
    language: Literal["zh", "en"] = "zh"
    """The language of the posts and of what the program says."""
    timezone: Annotated[str, AfterValidator(checks.zone)] = "Asia/Shanghai"
    """The time zone of dates and of the day that an issue is named by."""
    licence: Literal["none", "reprint", "publish"] | None = None
    """The account's permit for news in China: none, reprint (转载), publish (采编发布); where absent, curate check does not ask."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Topic(Shape):
    """A section of the digest."""

    id: Identifier
    """A short name without spaces, used in sources and in the archive; never change it."""
    name: Annotated[str, Field(min_length=1, max_length=30)]
    """The section's title."""
    icon: Annotated[str, Field(max_length=8)] = ""
    """An emoji before the title."""
    keywords: tuple[Word, ...] = ()
    """About ten words that a piece of this topic would use; sorting starts from them."""
    lexicon: bool = True
    """Where the name is that of a usual topic (科技, 财经, sports), start from its usual words as well."""
    quota: Annotated[int, Field(ge=0, le=100)] | None = None
    """At most so many items of this topic in an issue; digest.per_topic where absent."""
    order: int = 0
    """Sections are ordered by this, then as in the file."""


class Selectors(Shape):
    """CSS selectors for a page that lists articles but has no feed."""

    item: Annotated[str, Field(min_length=1)]
    """One match for each article."""
    title: str = ""
    """The title inside an item; the link's text where absent."""
    link: str = "a[href]"
    """The link inside an item."""
    time: str = ""
    """The time inside an item: its datetime attribute or its text."""
    summary: str = ""
    """The summary inside an item."""


class Source(Shape):
    """Something that is read every night."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    """The source's name, as readers see it."""
    id: Annotated[str, Field(max_length=80)] = ""
    """What the archive knows it by; the name where absent. Set it before you rename a source."""
    reader: Annotated[str, Field(min_length=1)] = "feed"
    """How it is read"""
    url: Address | None = None
    """The address of the feed, page or sitemap."""
    route: Annotated[str, Field(pattern=r"^/\S+$")] | None = None
    """For reader rsshub: the route, for example /zhihu/daily."""
    folder: Annotated[str, AfterValidator(checks.folder)] | None = None
    """For reader originals: a folder of Markdown files, relative to feeds.yaml."""
    select: Selectors | None = None
    """For reader page: where things are on the page."""
    options: dict[str, Any] = Field(default_factory=dict)
    """What a reader of an installed package wants to know besides; see its own description."""
    site: Address | None = None
    """The site's own address, named at the end of an issue; what its feed names where absent."""
    topic: str | None = None
    """The topic this source usually writes about."""
    weight: Annotated[float, Field(ge=0, le=5)] = 1.0
    """How much it is trusted: 1 is usual, 2 doubles, 0 never leads."""
    limit: Annotated[int, Field(ge=1, le=1000)] = 100
    """At most so many entries are taken from one document, the newest."""
    enabled: bool = True
    """false: kept in the file, not read."""
    robots: bool = True
    """false: robots.txt is not asked; only for a site of your own. Feeds and RSSHub never ask it: you subscribed to them."""
    proxy: Proxy | None = None
    """A proxy for this source; network.proxy where absent."""
    headers: Annotated[dict[str, SecretStr], BeforeValidator(checks.headers)] = Field(default_factory=dict)
    """Headers for a feed that needs a key, for example `Authorization: "Bearer ${MY_KEY}"`; sent to its own host alone, shown nowhere."""

    @model_validator(mode="before")
    @classmethod
    def _known_by_its_name(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        if isinstance(value.get("name"), str) and not value.get("id"):
            value = {**value, "id": value["name"]}
        return checks.login_apart(value)


class DigestSettings(Shape):
    """How an issue is put together."""

    items: Annotated[int, Field(ge=1, le=MOST_ITEMS)] = 20
    """At most so many items in an issue."""
    per_topic: Annotated[int, Field(ge=1, le=100)] = 6
    """At most so many items of one topic."""
    per_source: Annotated[int, Field(ge=1, le=100)] = 3
    """At most so many items of one source."""
    lookback: Span = timedelta(hours=48)
    """How old an entry may be, for example 36h or 3d."""
    quote: Annotated[int, Field(ge=20, le=1000)] = 120
    """A summary quotes at most so many characters (Chinese) or letters times two (English)."""
    style: Literal["full", "brief"] = "full"
    """What stands under a title: full, up to `quote` characters; brief, one whole sentence of at most 60."""
    must_read: Annotated[int, Field(ge=0, le=5)] = 0
    """So many items stand on top as must-reads, the lead among them, for example 3; 0: the lead alone."""
    original: Annotated[int, Field(ge=0, le=20_000)] = 0
    """An original of yours without an address is printed up to so many characters, the rest on its page at site.url; 0: whole."""
    languages: tuple[Literal["zh", "en"], ...] = ()
    """Which languages an issue takes; where absent, a Chinese account takes Chinese, an English one all. en stands for every other language."""
    adverts: Literal["exclude", "demote"] = "exclude"
    """What is done with adverts: left out, or ranked low. Either way the report lists them."""
    images: Literal["lead", "all", "none"] = "lead"
    """Which items get a picture: the lead, all that have one, or none."""
    weights: dict[str, Annotated[float, Field(ge=0, le=10)]] = Field(default_factory=dict)
    """How much each signal of the ranking counts, for example `freshness: 2`, or `editor: 0` not to be guided by your earlier choices; 1 where absent."""
    explore: Annotated[float, Field(ge=0, le=0.5)] = 0.1
    """The share of an issue's items kept for topics that the signal `readers` would leave without any."""


class BlockSettings(Shape):
    """What no issue takes, whatever source it comes from."""

    words: tuple[Annotated[str, Field(min_length=1, max_length=60)], ...] = ()
    """Entries with one of these words in their titles are left out; a word of letters or digits counts as a whole word."""
    authors: tuple[Annotated[str, Field(min_length=1, max_length=60)], ...] = ()
    """Entries by these authors are left out."""


class Look(Shape):
    """How the posts look, and the editor's own words in them."""

    theme: Annotated[str, Field(min_length=1, max_length=60)] = "classic"
    """The WeChat post's theme: classic, newspaper, cards, tech, festive, or a folder of yours in templates/wechat/themes."""
    color: Annotated[str, BeforeValidator(checks.require_quotes), Field(pattern=HEX)] = ""
    """The account's own color, for example "#0a7d4f"; the theme's where absent. Made darker where text would be faint."""
    opening: Annotated[str, Field(max_length=1000)] = ""
    """Your words before the topics, plain text; line breaks stay."""
    closing: Annotated[str, Field(max_length=1000)] = ""
    """Your words at the end, plain text; line breaks stay."""
    sharing: tuple[Annotated[str, Field(min_length=1, max_length=200)], ...] = ()
    """Lines of yours that give a reason to pass an issue on; each issue closes with one of them, and the report compares them."""
    source_url: Annotated[str, AfterValidator(checks.lead_or_address)] = "lead"
    """What goes into 阅读原文: lead, the original of the top story, or an address of yours."""
    qrcode: Annotated[str, Field(max_length=500)] = ""
    """The account's QR code on the poster: a picture beside feeds.yaml, or an address to make one of."""
    unsubscribe: Annotated[str, Field(min_length=1, max_length=500)] = "{{unsubscribe_url}}"
    """In e-mail: what your sending system replaces by the address to unsubscribe at."""


class AnswerSettings(Shape):
    """What readers get who write to the account, from `curate answers serve`."""

    greeting: Annotated[str, Field(max_length=600)] = ""
    """What a new follower reads; what the back office had where absent, else how to ask."""
    fallback: Annotated[str, Field(max_length=600)] = ""
    """What is said where nothing else fits; what the back office had where absent, else how to ask."""


class Service(Shape):
    """Something that takes messages: a group's robot, or what rings on the editor's phone."""

    name: Annotated[str, Field(min_length=1, max_length=30)]
    """What commands call it."""
    kind: Annotated[str, Field(min_length=1)]
    """wecom, dingtalk, feishu, telegram, discord, slack, bark, serverchan, ntfy, smtp, apprise, webhook, buttondown, ghost, listmonk, or one of an installed package."""
    env: Annotated[str, AfterValidator(checks.variable)]
    """What the names of its environment variables begin with: CURATE_TEAM stands for CURATE_TEAM_URL, CURATE_TEAM_SECRET …"""


class NotifySettings(Shape):
    """What is told without asking."""

    to: tuple[str, ...] = ()
    """The services that are told, by their names."""
    on: tuple[Literal["issue", "failure", "health"], ...] = ("failure", "health")
    """issue: an issue is out; failure: a night came to nothing; health: a source is dead. The same trouble is told on its first night, its third, then weekly, and when it is over."""
    ping_env: Annotated[str, AfterValidator(checks.variable)] = ""
    """The environment variable with the address of a dead man's switch (Healthchecks' convention): it misses a night that never ran."""


class SiteSettings(Shape):
    """The site of all issues, in output/site/."""

    enabled: bool = True
    """Whether it is made after each issue."""
    url: Address | None = None
    """Where you put it, for example https://example.com/daily/; addresses that must be whole (sitemap, canonical links, pictures for shares) are left out without it."""


class OutputSettings(Shape):
    """What is kept in output/."""

    keep: Span = timedelta(days=30)
    """Run reports older than this go by themselves, for example 30d; issues stay."""


class Collection(Shape):
    """A review that is made by itself: the best of the week or month that is over."""

    name: Annotated[str, Field(min_length=1, max_length=30)]
    """Its title, before the week or month."""
    every: Literal["week", "month"] = "week"
    """What it looks back on: made on the first run after a week (Monday to Sunday) or a month is over."""
    topic: str | None = None
    """Only this topic; all of them where absent."""
    items: Annotated[int, Field(ge=1, le=MOST_ITEMS)] = 20
    """At most so many items."""


class Config(Shape):
    """feeds.yaml: what is read, how it is sorted, and where it goes."""

    account: Account
    """The official account that the digest is for."""
    topics: tuple[Topic, ...]
    """The sections of the digest."""
    sources: tuple[Source, ...]
    """What is read every night."""
    digest: DigestSettings = DigestSettings()
    """How an issue is put together."""
    block: BlockSettings = BlockSettings()
    """What no issue takes, whatever source it comes from; the desk writes it."""
    look: Look = Look()
    """How the posts look, and the editor's own words in them."""
    check: CheckSettings = CheckSettings()
    """What curate check looks for in an issue before it goes out."""
    replies: bool = False
    """on: output/replies.csv is entered in the back office, so each item stands under the number that answers it, and one line says so."""
    answers: AnswerSettings | None = None
    """Set where `curate answers serve` answers readers; the night then writes output/answers.json for it."""
    channels: tuple[str, ...] = ("wechat", "markdown")
    """What is rendered: wechat, markdown, text, email, feed, poster, cards, xiaohongshu, zhihu, toutiao."""
    draft: DraftSettings = DraftSettings()
    """What `curate draft` puts into the account's draft box."""
    services: tuple[Service, ...] = ()
    """Groups and phones that take messages, from `curate send` and `notify`."""
    notify: NotifySettings = NotifySettings()
    """What is told without asking."""
    site: SiteSettings = SiteSettings()
    """The site of all issues, in output/site/."""
    collections: tuple[Collection, ...] = ()
    """Reviews that are made by themselves, weekly or monthly."""
    output: OutputSettings = OutputSettings()
    """What is kept in output/."""
    network: Network = Network()
    """How the network is used."""
    engine: EngineSettings = EngineSettings()
    """Where heavy work runs."""
    database: Annotated[str, AfterValidator(checks.database)] = "sqlite:///output/archive.db"
    """Any SQLAlchemy address; a relative SQLite path is relative to feeds.yaml."""

    @cached_property
    def sources_by_id(self) -> Mapping[str, Source]:
        """The sources, disabled ones too, by what entries know them by."""
        return {source.id: source for source in self.sources}
