"""Random sequences of sending drafts while one fault or another strikes, and what must hold after every step.

At most one draft an issue in a box; every draft that is said to be there has the post as it was sent, with all of its
pictures; nothing of one account's in another's; no secret in an address, a header, a word, a log or an exception.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from curate.app.drafts.box import DraftBox, account_key
from curate.app.drafts.send import DraftJob, DraftSender
from curate.config.delivery_schema import DraftSettings
from curate.config.schema import Network
from curate.delivery.model import DraftKind, DraftPicture, DraftPost, DraftRecord
from curate.delivery.refusals import DRAFT_CODES
from curate.delivery.requests import place_of
from curate.domain.errors import CurateError
from curate.domain.message import Message, message
from curate.fetch.wechat_api import Official
from curate.fetch.wechat_session import Secrets, WechatSession
from curate.i18n.catalogue import failure_of, say
from curate.storage import Archive
from curate.storage.drafts import Drafts
from tests.draft_platform import BEGIN, DraftPlatform, PlatformAccount

TIMEOUT = 10.0  # seconds
SHORT, SLOW = 0.3, 0.5  # of the fault that is slow: what is waited for, and what it takes
ISSUES = (41, 42)
KINDS: tuple[DraftKind, ...] = ("news", "newspic")
REFUSED = b"a picture that the platform does not take"


class Killed(Exception):  # noqa: N818 - what a signal does
    """The process ends here."""


@dataclass
class FragileStore:
    """The archive's drafts in a process that may be killed before or after any write."""

    store: Drafts
    writes_left: int = 10**9

    def keep(self, record: DraftRecord) -> None:
        self._live(lambda: self.store.keep(record))

    def keep_upload(self, *args: object) -> None:
        self._live(lambda: self.store.keep_upload(*args))  # type: ignore[arg-type]

    def __getattr__(self, name: str) -> object:
        return getattr(self.store, name)

    def _live(self, write: Callable[[], None]) -> None:
        self.writes_left -= 1
        if self.writes_left == 0:
            raise Killed
        write()
        if self.writes_left < 0:
            raise Killed


@dataclass
class Scene:
    """Two accounts with two issues each, one archive, one platform."""

    platform: DraftPlatform
    archive: Archive
    rng: Random
    name: str
    texts: dict[tuple[str, int, str], tuple[int, int]] = field(default_factory=dict)  # version and posts
    edited: set[str] = field(default_factory=set)  # drafts that the editor changed in the back office
    told: list[str] = field(default_factory=list)
    timeout: float = TIMEOUT
    sent: int = 0
    refused: int = 0

    def __post_init__(self) -> None:
        for letter in "ab":
            appid = f"wx{self.name}{letter}"
            self.platform.accounts[appid] = PlatformAccount(appid, f"s3cret-of-{appid}")

    def posts(self, appid: str, issue: int, kind: DraftKind) -> tuple[DraftPost, ...]:
        """The posts of an issue as they are now: of one version, each with pictures of its own and one that all share."""
        version, many = self.texts.get((appid, issue, kind), (0, 1))
        return tuple(_post(issue, kind, version, n) for n in range(many if kind == "news" else 1))

    def send(
        self, appid: str, issue: int, kind: DraftKind, *, replaces: bool = False, writes: int = 10**9
    ) -> bool:
        """Run the command once; whether it said that the draft is there."""
        account = self.platform.accounts[appid]
        secrets = Secrets(appid, account.secret)
        network = Network(wechat=self.platform.url, timeout=self.timeout)
        job = DraftJob(
            (issue,), kind, self.posts(appid, issue, kind), DraftSettings(author="编辑部"), replaces
        )
        store = FragileStore(self.archive.drafts, writes)
        with Official(network, "curate/test") as official:
            session = WechatSession(official, secrets, self.platform.sleep, DRAFT_CODES)
            box = DraftBox(session, store, account_key(appid), self.platform.clock)  # type: ignore[arg-type]
            try:
                box.count()
                DraftSender(box, self.platform.sleep, self._tell).send(job)
            except Killed:
                return False
            except CurateError as e:
                self.refused += 1
                failure = failure_of("", e, "zh")
                self.told += [failure.reason, failure.hint, *_words_of(e)]
                assert len(failure.reason) > 3, "told in words"
                assert failure.hint, "with what to do"
                return False
        self.sent += 1
        return True

    def _tell(self, said: Message) -> None:
        self.told.append(say(said, "zh"))

    # --- what happens meanwhile

    def live_on(self) -> None:
        """Something that editors and time do."""
        rng, account = self.rng, self.rng.choice(list(self.platform.accounts.values()))
        what = rng.choice(["text", "text", "posts", "publish", "tidy", "edit", "wait", "own", ""])
        key = (account.appid, rng.choice(ISSUES), rng.choice(KINDS))
        version, many = self.texts.get(key, (0, 1))
        if what == "text":
            self.texts[key] = (version + 1, many)
        elif what == "posts":
            self.texts[key] = (version, rng.randint(1, 3))
        elif what == "publish" and account.drafts:
            account.drafts.pop(rng.choice(list(account.drafts)))
        elif what == "tidy":
            account.material.clear()  # covers that are deleted are gone for drafts to come
        elif what == "edit" and account.drafts:
            media_id = rng.choice(list(account.drafts))
            self.platform.sleep(5)
            account.drafts[media_id]["update_time"] = self.platform.stamp
            self.edited.add(media_id)
        elif what == "wait":
            self.platform.sleep(rng.choice([30, 200, 4000]))
        elif what == "own":
            self.draft_by_hand(account, key[1])

    def draft_by_hand(self, account: PlatformAccount, issue: int) -> None:
        """A draft that the editor pasted long ago, called as ours is."""
        article = {
            "article_type": "news",
            "title": _post(issue, "news", 0, 0).title,
            "content": "by hand",
            "content_source_url": _post(issue, "news", 0, 0).source_url,
            "thumb_media_id": "by-hand",
        }
        made = int((self.platform.now - timedelta(hours=1)).timestamp())
        account.drafts[f"hand-{len(account.drafts)}-{self.rng.random()}"] = {
            "articles": [article],
            "update_time": made,
        }

    # --- what must hold

    def check(self) -> None:
        """At most one draft an issue, whole, with nothing of another account's."""
        for account in self.platform.accounts.values():
            drafts = {name: d for name, d in account.drafts.items() if not name.startswith("hand")}
            waiting = [d for _, owner, _, d in self.platform.pending if owner is account]
            every = [*drafts.values(), *waiting]
            held = [
                (a["title"].partition("·")[0], a["article_type"]) for d in every for a in d["articles"][:1]
            ]
            assert len(held) == len(set(held)), f"two drafts of one issue: {held}"
            for draft in drafts.values():
                for article in draft["articles"]:
                    _check_article(article, account)

    def check_sent(self, appid: str, issue: int, kind: DraftKind) -> None:
        """The draft of an issue is there as its posts are now, with every picture."""
        account = self.platform.accounts[appid]
        posts = self.posts(appid, issue, kind)
        titles = [post.title for post in posts]
        found = [
            d
            for name, d in account.drafts.items()
            if [a["title"] for a in d["articles"]] == titles
            and d["articles"][0]["article_type"] == kind
            and not name.startswith("hand")
        ]
        assert len(found) == 1, f"the draft of {issue} in {appid}: {len(found)}"
        for post, article in zip(posts, found[0]["articles"], strict=True):
            shown = [account.addresses[_as_given(each)] for each in _addresses(article["content"])]
            assert shown == [picture.digest for picture in post.pictures], "every picture, each in its place"
            if kind == "newspic":
                ids = [each["image_media_id"] for each in article["image_info"]["image_list"]]
                assert [account.given[each] for each in ids] == [p.digest for p in post.material]

    def check_secrets(self, log: str = "") -> None:
        """No secret in an address, a header, a word, a log; AppIDs and tokens in no word."""
        asked, told = "\n".join(self.platform.asked), "\n".join((*self.told, log))
        for account in self.platform.accounts.values():
            assert account.secret not in asked, "an address or a header"
            for each in (account.secret, account.appid, *filter(None, account.tokens)):
                assert each not in told, "a word"


def _post(issue: int, kind: DraftKind, version: int, place: int) -> DraftPost:
    own = [_picture(f"{issue}-{kind}-{n}-{version // 2}", n) for n in range(1 + (issue + place) % 3)]
    shared = _picture("logo", 9)
    pictures = (*own, shared) if kind == "news" else ()
    images = "".join(f'<img src="{place_of(picture.digest)}">' for picture in pictures)
    return DraftPost(
        issue=issue,
        kind=kind,
        title=f"第 {issue} 期·{place}·{version}",
        digest="摘要",
        source_url=f"https://a.example/{issue}",
        content=f"<p>正文 {version}</p>{images}" if kind == "news" else f"正文 {version}",
        pictures=pictures,
        material=(_picture(f"cover-{issue}-{place}", 0), *(own if kind == "newspic" else ())),
    )


def _picture(text: str, number: int) -> DraftPicture:
    return DraftPicture(f"{number:02d}.jpg", text.encode(), message("draft.item", number=number, title=text))


def _addresses(content: str) -> list[str]:
    return re.findall(r'src="([^"]*)"', content)


def _as_given(address: str) -> str:
    """The address as the platform gave it: over http, and not escaped."""
    return address.replace("&amp;", "&").replace("https://", "http://", 1)


def _check_article(article: dict[str, object], account: PlatformAccount) -> None:
    for address in _addresses(str(article["content"])):
        assert _as_given(address) in account.addresses, "a picture of this account's, or it is dropped"
    media = [article.get("thumb_media_id")]
    info = article.get("image_info")
    if isinstance(info, dict):
        media = [each["image_media_id"] for each in info["image_list"]]
    assert all(each in account.given for each in media), "media of this account's"


def _words_of(error: BaseException) -> Iterator[str]:
    """What of an exception and of those behind it could be printed."""
    yield "".join(traceback.format_exception(error))
    while error.__cause__ is not None:
        error = error.__cause__
        yield repr(error) + str(error)


# --- faults: each sets something going before a step


def _expire(scene: Scene) -> None:
    scene.platform.token_uses = scene.rng.randint(0, 6)


def _take_token(scene: Scene) -> None:
    """Somebody else asks for a new token, and ours is void at once."""
    for account in scene.platform.accounts.values():
        account.tokens.append(f"7o-taken-{account.appid}-{len(account.tokens)}")


def _code(path: str, code: int) -> Callable[[Scene], None]:
    def strike(scene: Scene) -> None:
        scene.platform.codes[path] = [code] * scene.rng.randint(1, 2)

    return strike


def _refuse_picture(scene: Scene) -> None:
    digests = [
        _picture("logo", 9).digest,
        _picture("cover-41-0", 0).digest,
        _picture("42-news-0-0", 0).digest,
    ]
    scene.platform.refused = {scene.rng.choice(digests)}


def _count(table: str) -> Callable[[Scene], None]:
    """The next answers of some path are lost, late or wrong, as `table` of the platform says."""

    def strike(scene: Scene) -> None:
        path = scene.rng.choice([*PATHS, "draft/add", "draft/add"])
        getattr(scene.platform, table)[path] = scene.rng.randint(1, 3)

    return strike


def _slow(scene: Scene) -> None:
    scene.timeout = SHORT
    scene.platform.slow[scene.rng.choice(PATHS)] = SLOW


def _busy(scene: Scene) -> None:
    path = scene.rng.choice([*PATHS, "draft/add", "stable_token"])
    scene.platform.codes[path] = [-1] * scene.rng.randint(1, 4)


def _quota(scene: Scene) -> None:
    scene.platform.quota = len(scene.platform.paths) + scene.rng.randint(0, 12)


def _addresses_odd(scene: Scene) -> None:
    scene.platform.odd_addresses = scene.rng.choice(["missing", "elsewhere", "number"])


def _list_odd(scene: Scene) -> None:
    """The box is full of other drafts, the list tells no media ids, and the answer of a draft is lost."""
    scene.platform.lists_media = scene.rng.random() < 0.5
    scene.platform.cuts["draft/add"] = 1
    for _ in range(scene.rng.choice([1, 25])):
        scene.draft_by_hand(
            scene.rng.choice(list(scene.platform.accounts.values())), scene.rng.choice(ISSUES)
        )


def _whitelist(scene: Scene) -> None:
    scene.platform.whitelisted = False


def _no_right(scene: Scene) -> None:
    scene.platform.has_right = False


def _late(scene: Scene) -> None:
    scene.platform.late = [timedelta(seconds=scene.rng.choice([1, 5, 30, 90]))]


PATHS = [
    "media/uploadimg",
    "material/add_material",
    "draft/add",
    "draft/update",
    "draft/batchget",
    "draft/get",
    "draft/delete",
    "draft/count",
]
FAULTS: dict[str, Callable[[Scene], None]] = {
    "token expires": _expire,
    "token taken": _take_token,
    "not on the whitelist (40164)": _whitelist,
    "no right (48001)": _no_right,
    "digest refused (45004)": _code("draft/add", 45004),
    "words refused (45166)": _code("draft/update", 45166),
    "crop refused (53402)": _code("draft/add", 53402),
    "quota used up (45009)": _quota,
    "busy, then well (-1)": _busy,
    "busy although it was done (-1)": _count("busy_after"),
    "answer lost after the act": _count("cuts"),
    "answer lost before the act": _count("drops"),
    "a gateway's 502 after the act": _count("gateway"),
    "draft appears late": _late,
    "slow": _slow,
    "odd address of a picture": _addresses_odd,
    "full and odd list": _list_odd,
    "picture refused (40005)": _refuse_picture,
    "killed": lambda scene: None,
}


def play(fault: str, seed: int, platform: DraftPlatform, archive: Archive) -> Scene:
    """One sequence; AssertionError where something does not hold."""
    rng = Random(f"{fault} {seed}")
    platform.reset()
    scene = Scene(platform, archive, rng, f"{list(FAULTS).index(fault):02d}x{seed:05d}")
    platform.skew = timedelta(seconds=rng.choice([0, 0, -300, 300]))
    for _ in range(rng.randint(3, 7)):
        scene.live_on()
        if rng.random() < 0.7:
            FAULTS[fault](scene)
        appid, issue = rng.choice(list(platform.accounts)), rng.choice(ISSUES)
        kind: DraftKind = rng.choice(["news", "news", "newspic"])
        writes = rng.randint(1, 8) * rng.choice([1, -1]) if fault == "killed" else 10**9
        if scene.send(appid, issue, kind, replaces=rng.random() < 0.5, writes=writes):
            scene.check_sent(appid, issue, kind)
        scene.check()
        if rng.random() < 0.6:
            platform.heal()
    platform.heal()
    platform.sleep(1200)
    scene.timeout = TIMEOUT
    for appid in platform.accounts:
        for issue in ISSUES:
            assert scene.send(appid, issue, "news", replaces=True), scene.told[-3:]
            scene.check_sent(appid, issue, "news")
    scene.check()
    scene.check_secrets()
    return scene


__all__ = ["BEGIN", "FAULTS", "Scene", "play"]
