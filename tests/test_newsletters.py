"""Drafts of newsletters: made once, brought up afterwards, never a second one, and a refusal told as one."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest

from curate.app.services.newsletter import keep_draft, write_letter
from curate.config.schema import Config, Network, Service
from curate.delivery.newsletters import NEWSLETTERS, sign_ghost
from tests.fake_service import Fake
from tests.render_samples import TEMPLATES, chinese
from tests.site_samples import CONFIG
from tests.test_services import SECRET

KEY = f"abc:{'0f' * 32}"
LETTER = write_letter(chinese(), CONFIG, TEMPLATES)


def listing(kind: str, *drafts: dict[str, Any]) -> dict[str, Any]:
    answers: dict[str, dict[str, Any]] = {
        "buttondown": {"results": list(drafts)},
        "ghost": {"posts": list(drafts)},
        "listmonk": {"data": {"results": list(drafts)}},
    }
    return answers[kind]


MADE: dict[str, dict[str, Any]] = {
    "buttondown": {"id": "e1"},
    "ghost": {"posts": [{"id": "e1"}]},
    "listmonk": {"data": {"id": 1}},
}


def send(fake: Fake, kind: str) -> Any:
    config: Config = CONFIG.model_copy(
        update={"services": (Service(name="信", kind=kind, env="N"),), "network": Network(timeout=5)}
    )
    environ = {"N_URL": fake.address, "N_KEY": KEY, "N_USER": "api", "N_TOKEN": SECRET, "N_LISTS": "1, 2"}
    return keep_draft(config, config.services[0], LETTER, environ, 1_700_000_000.0)


@pytest.mark.parametrize("kind", sorted(NEWSLETTERS))
def test_a_draft_is_made_once_and_brought_up_afterwards(fake: Fake, kind: str) -> None:
    fake.answers = [
        (200, listing(kind, {"id": "other", "subject": "x", "title": "x", "name": "x"})),
        (201, MADE[kind]),
    ]
    assert send(fake, kind).taken == 1
    mine = {"id": "e1", "updated_at": "2026-11-30T00:00:00Z"} | dict.fromkeys(
        ("subject", "title", "name"), LETTER.subject
    )
    fake.answers = [(200, listing(kind, mine)), (200, MADE[kind])]
    assert send(fake, kind).taken == 1
    paths = [path for path, _, body in fake.asked if body]
    assert len(paths) == 2
    assert "e1" not in paths[0]
    assert "/e1" in paths[1]
    sent = fake.asked[1][2].decode()
    assert chinese().lead.title in sent
    assert '"status": "draft"' in sent or kind == "listmonk", "listmonk's campaigns begin as drafts"


@pytest.mark.parametrize("kind", sorted(NEWSLETTERS))
@pytest.mark.parametrize(
    "answers",
    [
        [(401, {"detail": "Invalid token."})],
        [(200, "<html>login</html>")],
        [(200, {"errors": [{"message": "no"}]})],
        ["list", (200, {"error": "quota"})],
        ["list", (422, {"detail": "subject too long"})],
        ["list", (200, "")],
    ],
    ids=["token", "a page", "an error with 200", "refused with 200", "422", "nothing"],
)
def test_a_refusal_is_told_as_one(fake: Fake, kind: str, answers: list[Any]) -> None:
    fake.answers = [(200, listing(kind)) if answer == "list" else answer for answer in answers]
    sent = send(fake, kind)
    assert sent.taken == 0
    assert sent.refusal.startswith("HTTP ")
    assert SECRET not in repr(sent)


@pytest.mark.parametrize("kind", sorted(NEWSLETTERS))
def test_an_answer_that_is_lost_makes_no_second_draft(fake: Fake, kind: str) -> None:
    fake.answers = [(200, listing(kind)), (0, "")]
    sent = send(fake, kind)
    assert (sent.taken, sent.is_doubtful) == (0, True)
    mine = {"id": "e1"} | dict.fromkeys(("subject", "title", "name"), LETTER.subject)
    fake.answers, fake.asked[:] = [(200, listing(kind, mine)), (200, MADE[kind])], []
    assert send(fake, kind).taken == 1
    assert "/e1" in fake.asked[-1][0]


def test_ghosts_token_is_signed_with_the_keys_second_half() -> None:
    head, claims, signature = sign_ghost(KEY, 1_700_000_000.0).split(".")

    def read(part: str) -> bytes:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))

    assert json.loads(read(head)) == {"alg": "HS256", "typ": "JWT", "kid": "abc"}
    assert json.loads(read(claims)) == {"iat": 1_700_000_000, "exp": 1_700_000_300, "aud": "/admin/"}
    wanted = hmac.new(bytes.fromhex("0f" * 32), f"{head}.{claims}".encode(), hashlib.sha256).digest()
    assert read(signature) == wanted
    assert sign_ghost("abc:not hexadecimal", 1.0).endswith("."), "Ghost will say that it is no key"


def test_the_letter_names_issue_and_sources() -> None:
    assert "312" in LETTER.subject
    for text in (LETTER.html, LETTER.markdown):
        assert chinese().lead.source in text
        assert "<script" not in text
