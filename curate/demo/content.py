"""The demo's written content: the files of `site/` as frozen values, without a date of their own.

One file a source. A head of `key: value` lines, then entries:

    # The title (may carry HTML when the entry has the flag `html`)
    @ -2 09:15 id=bridge topic=city event=bridge author=林晚 tags=城市/交通 advert undated
    > The summary, one line.

    Paragraphs, parted by empty lines. `## words` is a heading, `![caption]` a picture.

The first two words after `@` are the day (0 is the demo's last) and the account's time of day. Words with an
equals sign are values, the others flags: `advert`; `undated`, `future` (what the feed says of the date);
`html`, `twice` (markup in the title; escaped once too often); `untitled` (a sitemap keeps its title to itself);
`draft` (a line of news, without a page of its own).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
FIRST_NIGHT = (-1, time(22, 0))
SECOND_NIGHT = (0, time(6, 0))


@dataclass(frozen=True, slots=True)
class DemoPiece:
    """One entry as written, with what is true of it."""

    id: str
    title: str
    day: int
    clock: time
    summary: str
    blocks: tuple[str, ...]
    topic: str
    event: str = ""
    copy_of: str = ""  # "source/id"
    author: str = ""
    tags: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()

    @property
    def night(self) -> int:
        """The first night that shows it."""
        return 1 if (self.day, self.clock) < FIRST_NIGHT else 2


@dataclass(frozen=True, slots=True)
class DemoSite:
    """One source: a host, how it publishes, and its entries in the order of the file."""

    id: str
    name: str
    host: str
    kind: str
    path: str
    about: str
    options: frozenset[str]
    encoding: str
    language: str
    pieces: tuple[DemoPiece, ...]

    def url(self, piece: DemoPiece) -> str:
        """The article's address without tracking; the one address of all where the site has only one."""
        return self.base + ("/live" if "onelink" in self.options else f"/a/{piece.id}.html")

    @property
    def base(self) -> str:
        return f"http://{self.host}"

    def list_shown(self, night: int) -> tuple[DemoPiece, ...]:
        """What the source lists in a night, newest first."""
        listed = [piece for piece in self.pieces if piece.night <= night]
        return tuple(sorted(listed, key=lambda piece: (piece.day, piece.clock), reverse=True))


@dataclass(frozen=True, slots=True)
class Truth:
    """What a person would say of an entry: the measure for a night's judgement."""

    source: str  # the source's id in the demo's feeds.yaml
    id: str
    url: str
    title: str  # as the file has it, without markup
    topic: str
    event: str  # entries of the same event tell the same story; "" where nobody else tells it
    copy_of: str  # "source/id" of what was copied under another title
    advert: bool
    night: int


def last_day(now: datetime) -> date:
    """Day 0: the last day whose second night has begun at `now`, so that no entry is from the future."""
    local = now.astimezone(ZONE)
    return (
        local.date()
        if local.timetz().replace(tzinfo=None) >= SECOND_NIGHT[1]
        else local.date() - timedelta(1)
    )


def moment(day: int, clock: time, now: datetime) -> datetime:
    """A day and time of the content as an aware moment of the demo that ends at `now`."""
    return datetime.combine(last_day(now) + timedelta(days=day), clock, ZONE)


def nights(now: datetime) -> tuple[datetime, datetime]:
    """When the two nights of the demo run: the evening of day -1 and the morning of day 0."""
    return moment(*FIRST_NIGHT, now), moment(*SECOND_NIGHT, now)


def plain(title: str) -> str:
    """A title without the markup that some sources leave in it."""
    for tag in ("em", "b", "strong"):
        title = title.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    return title


def read_text(name: str) -> str:
    """A file of `site/`, which comes with the package."""
    return files("curate.demo").joinpath("site", name).read_text("utf-8")


def _piece(text: str) -> DemoPiece:
    title, meta, *rest = text.split("\n", 2)
    day, clock, *words = meta.removeprefix("@").split()
    values = dict(word.split("=", 1) for word in words if "=" in word)
    blocks = [block.strip() for block in (rest[0] if rest else "").strip().split("\n\n") if block.strip()]
    summary = blocks.pop(0).removeprefix(">").strip() if blocks and blocks[0].startswith(">") else ""
    return DemoPiece(
        id=values["id"],
        title=title.strip(),
        day=int(day),
        clock=time.fromisoformat(clock),
        summary=summary,
        blocks=tuple(blocks),
        topic=values.get("topic", "other"),
        event=values.get("event", ""),
        copy_of=values.get("copy", ""),
        author=values.get("author", "").replace("_", " "),
        tags=tuple(tag for tag in values.get("tags", "").split("/") if tag),
        flags=frozenset(word for word in words if "=" not in word),
    )


def parse(name: str, text: str) -> DemoSite:
    """One file of `site/`; `name` is the source's id."""
    head, *entries = ("\n" + text).split("\n# ")
    keys = dict(line.split(": ", 1) for line in head.strip().splitlines())
    return DemoSite(
        id=name,
        name=keys["name"],
        host=keys["host"],
        kind=keys["kind"],
        path=keys.get("path", ""),
        about=keys.get("about", ""),
        options=frozenset(keys.get("options", "").split()),
        encoding=keys.get("encoding", "utf-8"),
        language=keys.get("language", "zh-CN"),
        pieces=tuple(_piece(entry) for entry in entries),
    )


@cache
def sites() -> tuple[DemoSite, ...]:
    """All sources of the demo, by name of file."""
    folder = files("curate.demo").joinpath("site")
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".md"))
    return tuple(parse(name.removesuffix(".md"), read_text(name)) for name in names)


def truth() -> tuple[Truth, ...]:
    """The ground truth of every entry of the demo, of both nights, to compare a night's judgement with."""
    return tuple(
        Truth(
            source=site.id,
            id=piece.id,
            url="" if site.kind == "originals" else site.url(piece),
            title=plain(piece.title),
            topic=piece.topic,
            event=piece.event,
            copy_of=piece.copy_of,
            advert="advert" in piece.flags,
            night=piece.night,
        )
        for site in sites()
        for piece in site.pieces
    )
