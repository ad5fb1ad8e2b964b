"""Messages to groups and phones: cut between items, and reported as the service itself says, HTTP 200 or not."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlsplit

import pytest

from curate.app.services.alerts import alert, ping_switch
from curate.app.services.send import send_messages, send_text, write_messages
from curate.cli.main import run
from curate.cli.services.telling import tell_sent
from curate.config.schema import Config, Network, NotifySettings, Service
from curate.delivery.alerts import Condition
from curate.delivery.messages import digest_messages
from curate.delivery.services import SERVICES, ServiceMessage, sign_dingtalk, sign_feishu
from curate.domain.errors import ConfigError
from curate.domain.message import message
from tests.fake_service import Fake
from tests.render_samples import chinese, english, of_length, one_item
from tests.site_samples import CONFIG

NOW = datetime(2026, 11, 30, 22, tzinfo=UTC)
# What each says when it takes a message, and what when it does not; the latter mostly with HTTP 200.
TAKEN: dict[str, tuple[int, Any]] = {
    "wecom": (200, {"errcode": 0, "errmsg": "ok"}),
    "dingtalk": (200, {"errcode": 0, "errmsg": "ok"}),
    "feishu": (200, {"code": 0, "msg": "success", "data": {}}),
    "telegram": (200, {"ok": True, "result": {}}),
    "discord": (204, ""),
    "slack": (200, "ok"),
    "bark": (200, {"code": 200, "message": "success"}),
    "serverchan": (200, {"code": 0, "message": ""}),
    "ntfy": (200, {"id": "x", "event": "message"}),
    "webhook": (202, ""),
    "apprise": (200, {"received": True}),
}
REFUSED: dict[str, list[tuple[int, Any]]] = {
    "wecom": [
        (200, {"errcode": 93000, "errmsg": "invalid webhook url"}),
        (200, {"errcode": 45009}),
        (200, ""),
    ],
    "dingtalk": [
        (200, {"errcode": 310000, "errmsg": "keywords not in content"}),
        (200, "<html>login</html>"),
    ],
    "feishu": [(200, {"code": 19021, "msg": "sign match fail"}), (400, {"code": 9499, "msg": "Bad Request"})],
    "telegram": [
        (400, {"ok": False, "description": "chat not found"}),
        (200, {"ok": False}),
        (200, {"ok": 1}),
    ],
    "discord": [(400, {"message": "Cannot send an empty message", "code": 50006}), (404, "")],
    "slack": [(200, "invalid_payload"), (403, "invalid_token"), (200, "")],
    "bark": [(200, {"code": 400, "message": "device key is empty"}), (200, {})],
    "serverchan": [(200, {"code": 40001, "message": "bad key"}), (200, {"code": "0"}), (200, [])],
    "ntfy": [(403, {"error": "forbidden"}), (507, "")],
    "webhook": [(500, "no"), (302, "")],
    "apprise": [  # which says success to the first four
        (200, {"errcode": 93000, "errmsg": "invalid webhook url"}),
        (200, {"errcode": 310000, "errmsg": "keywords not in content"}),
        (200, {"code": 40001, "message": "bad key"}),
        (200, {"ok": False}),
        (403, "forbidden"),
        (500, ""),
    ],
}
SECRET = "very-secret-value"


def account_of(kind: str, **changes: Any) -> Config:
    update = {
        "services": (Service(name="群", kind=kind, env="T"),),
        "network": Network(timeout=5),
        "notify": NotifySettings(to=("群",), on=("issue", "failure", "health")),
        **changes,
    }
    return CONFIG.model_copy(update=update)


def environ_of(fake: Fake, kind: str = "") -> dict[str, str]:
    path = f"{fake.address}/hook/{SECRET}"
    path = path.replace("http:", "form:") if kind == "apprise" else path
    return {"T_URL": path, "T_TOKEN": f"1:{SECRET}", "T_CHAT": "-100", "T_KEY": SECRET, "T_SECRET": SECRET}


@pytest.mark.parametrize("kind", sorted(TAKEN))
def test_what_is_reported_is_what_the_service_said(fake: Fake, kind: str) -> None:
    config, environ = account_of(kind), environ_of(fake, kind)
    said = ServiceMessage("标题", "正文 & <b> 😀")
    fake.answers = [TAKEN[kind]]
    sent = send_text(config, config.services[0], said, environ, NOW.timestamp())
    assert (sent.taken, sent.of, sent.refusal) == (1, 1, "")
    for answer in REFUSED[kind]:
        fake.answers = [answer]
        sent = send_text(config, config.services[0], said, environ, NOW.timestamp())
        assert sent.taken == 0, answer
        assert f"HTTP {answer[0]}" in sent.refusal
        assert not sent.is_doubtful
    assert all("正文" in unquote_plus(text) for text in fake.texts())


def test_every_service_has_its_refusals_here() -> None:
    assert SERVICES.keys() - {"smtp"} == TAKEN.keys() == REFUSED.keys()  # mail: tests/test_mail.py


@pytest.mark.parametrize("kind", sorted(TAKEN))
def test_no_secret_is_told_whatever_happens(fake: Fake, kind: str) -> None:
    config, environ = account_of(kind), environ_of(fake, kind)
    said = ServiceMessage("标题", "正文")
    told = [repr(SERVICES[kind].build(said, {k[2:]: v for k, v in environ.items()}, 1.0))]
    for answer in ((500, f"cannot find /hook/{SECRET}"), (0, "")):
        fake.answers = [answer]
        told.append(repr(send_text(config, config.services[0], said, environ, 1.0)))
    environ["T_URL"] = f"http://127.0.0.1:9/hook/{SECRET}"
    told.append(repr(send_text(config, config.services[0], said, environ, 1.0)))
    assert not [text for text in told if SECRET in text]


def test_an_answer_that_is_lost_leaves_it_open_and_nothing_is_sent_twice(fake: Fake) -> None:
    config = account_of("wecom")
    fake.answers = [(0, "")]
    sent = send_text(config, config.services[0], ServiceMessage("t", "x"), environ_of(fake), 1.0)
    assert (sent.taken, sent.is_doubtful, len(fake.asked)) == (0, True, 1)


LONG = one_item("很长的一段。" * 50, title="长" * 10_000)


@pytest.mark.parametrize("kind", sorted(SERVICES))
@pytest.mark.parametrize("digest", [chinese(), english(), LONG], ids=["zh", "en", "10,000-character title"])
def test_no_message_is_over_the_limit_and_items_stay_whole(kind: str, digest: Any) -> None:
    row = SERVICES[kind]
    texts = digest_messages(digest, row.limit, row.measure)
    assert all(0 < row.measure(text) <= row.limit for text in texts)
    joined = "\n\n".join(text.partition(")\n")[2] if text.startswith("(") else text for text in texts)
    for section in digest.sections:
        for item in section.items:
            assert f". {item.title[:20]}" in joined
    assert "\ufffd" not in joined


def test_an_issue_ends_at_the_first_message_that_is_not_taken(fake: Fake) -> None:
    config = account_of("discord")
    fake.answers = [TAKEN["discord"], REFUSED["discord"][0], TAKEN["discord"]]
    messages = write_messages(config.services[0], of_length(chinese(), 40))
    sent = send_messages(config, config.services[0], messages, environ_of(fake), 1.0)
    assert sent.taken == 1
    assert sent.of >= 2
    assert "50006" in sent.refusal
    assert len(fake.asked) == 2


def test_signatures_are_those_of_the_services(fake: Fake) -> None:
    # Reckoned with `openssl dgst -sha256 -hmac … -binary | base64`.
    assert (
        sign_dingtalk("this is secret", 1_700_000_000_000) == "sSFWELbV2YwjdDQhWZwTcWlX5BWUx5J6TPpsZmuPii0="
    )
    assert sign_feishu("demo", 1_599_360_473) == "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8="
    for kind in ("dingtalk", "feishu"):
        config = account_of(kind)
        fake.answers = [TAKEN[kind]]
        send_text(config, config.services[0], ServiceMessage("t", "x"), environ_of(fake), 1_700_000_000.0)
    query = parse_qs(urlsplit(fake.asked[0][0]).query)
    assert query == {
        "timestamp": ["1700000000000"],
        "sign": [sign_dingtalk(SECRET, 1_700_000_000_000)],
    }
    body = json.loads(fake.asked[1][2])
    assert (body["timestamp"], body["sign"]) == ("1700000000", sign_feishu(SECRET, 1_700_000_000))


def test_a_secret_that_is_not_set_and_an_unknown_name_are_told() -> None:
    config = account_of("telegram")
    with pytest.raises(ConfigError, match="T_TOKEN"):
        send_text(config, config.services[0], ServiceMessage("t", "x"), {"T_CHAT": "1"}, 1.0)


@pytest.mark.parametrize("kind", ["ghost", "pigeon"])
def test_what_takes_no_messages_is_told_and_ends_no_night(kind: str, fake: Fake, tmp_path: Path) -> None:
    config = account_of(kind)
    with pytest.raises(ConfigError, match=kind):
        send_text(config, config.services[0], ServiceMessage("t", "x"), environ_of(fake), 1.0)
    (sent,) = alert(config, tmp_path, failing(), environ_of(fake), NOW)
    assert kind in sent.refusal


# The library apprise, whose own yes is not to be believed.


@pytest.mark.parametrize(
    ("url", "refusal"),
    [
        (
            "wecombot://a1b2c3d4-e5f6-7890-abcd-ef1234567890",
            {"errcode": 45009, "errmsg": "freq out of limit"},
        ),
        ("dingtalk://abcdefghijklmnop", {"errcode": 310000, "errmsg": "keywords not in content"}),
        ("schan://12345678", {"code": 40001, "message": "bad pushtoken"}),
    ],
)
def test_what_apprise_takes_for_success_is_a_refusal_here(
    url: str, refusal: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    requests = pytest.importorskip("requests")
    apprise = pytest.importorskip("apprise")

    def answer(adapter: object, request: object, **options: object) -> Any:
        assert options["proxies"] == {}
        response = requests.Response()
        response.status_code, response._content = 200, json.dumps(refusal).encode()
        response.request, response.url = request, "https://service.example/"
        return response

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", answer)
    believing = apprise.Apprise()
    assert believing.add(url)
    assert believing.notify(body="x"), (
        "the reason why it is not believed; where this fails it has been mended"
    )
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:1")
    config = account_of("apprise")
    sent = send_text(config, config.services[0], ServiceMessage("t", "x"), {"T_URL": url}, 1.0)
    assert sent.taken == 0
    assert str(next(iter(refusal.values()))) in sent.refusal
    assert url.partition("://")[2] not in sent.refusal


def test_a_yes_of_apprise_is_told_with_what_was_answered_and_its_doubt(
    fake: Fake, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.answers = [(200, f"fine, {SECRET}")]
    config = account_of("apprise")
    sent = send_text(config, config.services[0], ServiceMessage("t", "x"), environ_of(fake, "apprise"), 1.0)
    assert (sent.taken, sent.of, sent.is_doubtful, sent.answer) == (1, 1, True, "HTTP 200: fine, …")
    tell_sent(sent)
    told = capsys.readouterr().err
    assert "apprise 说已送达" in told
    assert "HTTP 200: fine" in told
    assert "看一眼" in told


def test_what_apprise_cannot_send_is_told_and_nothing_is_sent(
    fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, fake.answers = account_of("apprise"), [(200, "")]

    def refusal_of(text: str, url: str) -> str:
        sent = send_text(config, config.services[0], ServiceMessage("t", text), {"T_URL": url}, 1.0)
        assert sent.taken == 0
        return sent.refusal

    good = environ_of(fake, "apprise")["T_URL"]
    assert "认不得" in refusal_of("x", f"nothing://{SECRET}")
    assert "认不得" in refusal_of("x", f"{good} nothing://{SECRET}")
    assert SECRET not in refusal_of("x", "form://127.0.0.1:9/very-secret-value")
    monkeypatch.setattr("apprise.plugins.custom_form.NotifyForm.body_maxlen", 10)
    assert "10" in refusal_of("长" * 11, good)
    assert fake.asked == []
    monkeypatch.setitem(sys.modules, "apprise", None)
    assert "没有装" in refusal_of("x", good)


# Alerts.


def failing() -> list[Condition]:
    return [Condition("failure", message("alerts.status.4"), "status 4")]


def test_the_same_failure_is_told_on_the_first_night_the_third_and_weekly_and_once_when_it_is_over(
    fake: Fake, tmp_path: Path
) -> None:
    config, environ = account_of("wecom"), environ_of(fake)
    fake.answers = [TAKEN["wecom"]]
    told = []
    for night in range(1, 25):
        for _ in range(2):  # run twice a night
            before = len(fake.asked)
            conditions = failing() if night <= 22 else []
            alert(config, tmp_path, conditions, environ, NOW + timedelta(days=night))
            told += [night] * (len(fake.asked) - before)
    assert told == [1, 3, 8, 15, 22, 23]
    assert "恢复了" in fake.texts()[-1]
    assert "连续 22 晚" in fake.texts()[-2]


def test_an_alert_that_nobody_took_is_told_again(fake: Fake, tmp_path: Path) -> None:
    config, environ = account_of("wecom"), environ_of(fake)
    fake.answers = [REFUSED["wecom"][0]]
    assert alert(config, tmp_path, failing(), environ, NOW)[0].taken == 0
    fake.answers = [TAKEN["wecom"]]
    assert alert(config, tmp_path, failing(), environ, NOW)[0].taken == 1
    assert alert(config, tmp_path, failing(), environ, NOW) == []


def test_only_what_is_wanted_is_told(fake: Fake, tmp_path: Path) -> None:
    config = account_of("wecom", notify=NotifySettings(to=("群",), on=("issue",)))
    assert alert(config, tmp_path, failing(), environ_of(fake), NOW) == []
    assert alert(CONFIG, tmp_path, failing(), environ_of(fake), NOW) == []


def test_the_dead_mans_switch_is_told_and_cannot_harm(fake: Fake) -> None:
    config = account_of("wecom", notify=NotifySettings(ping_env="HC"))
    fake.answers = [(200, "OK"), (200, "OK"), (404, "not found")]
    environ = {"HC": f"{fake.address}/{SECRET}"}
    assert ping_switch(config, environ, "start") == ""
    assert ping_switch(config, environ, "", "第 3 期") == ""
    assert ping_switch(config, environ, "fail") == "HTTP 404"
    assert [path for path, *_ in fake.asked] == [f"/{SECRET}/start", f"/{SECRET}", f"/{SECRET}/fail"]
    assert SECRET not in ping_switch(config, {"HC": f"http://127.0.0.1:9/{SECRET}"}, "start")
    assert ping_switch(config, {}, "start") == ""


def test_the_terminal_sends_an_issue_once(
    issue_home: Path, fake: Fake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    feeds = issue_home / "feeds.yaml"
    text = "services:\n  - {name: 编辑群, kind: wecom, env: TEAM}\nnotify: {to: [编辑群]}\n"
    feeds.write_text(feeds.read_text("utf-8") + text, "utf-8")
    fake.answers = [TAKEN["wecom"]]
    assert run(["send", "编辑群", "-C", str(issue_home)]) == 1
    assert "TEAM_URL" in capsys.readouterr().err
    monkeypatch.setenv("TEAM_URL", f"{fake.address}/{SECRET}")
    assert run(["send", "编辑群", "--dry-run", "-C", str(issue_home)]) == 0
    assert fake.asked == []
    assert run(["send", "编辑群", "-C", str(issue_home)]) == 0
    many = len(fake.asked)
    assert many
    assert run(["send", "编辑群", "-C", str(issue_home)]) == 2
    assert "--again" in capsys.readouterr().err
    assert run(["notify", "test", "-C", str(issue_home)]) == 0
    assert '对方的回应：200 {"errcode": 0' in capsys.readouterr().err
    fake.answers = [REFUSED["wecom"][0]]
    assert run(["notify", "test", "编辑群", "-C", str(issue_home)]) == 5
    told = capsys.readouterr().err
    assert "93000" in told
    assert SECRET not in told


def test_what_a_group_took_in_part_is_not_sent_yet_and_goes_on_where_it_ended(
    issue_home: Path, fake: Fake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    feeds = issue_home / "feeds.yaml"
    feeds.write_text(
        feeds.read_text("utf-8") + "services: [{name: 群, kind: wecom, env: TEAM}]\n", encoding="utf-8"
    )
    monkeypatch.setenv("TEAM_URL", f"{fake.address}/{SECRET}")
    monkeypatch.setitem(SERVICES, "wecom", replace(SERVICES["wecom"], limit=300))

    def send(*flags: str) -> int:
        return run(["send", "群", *flags, "-C", str(issue_home)])

    fake.answers = [TAKEN["wecom"], REFUSED["wecom"][0]]
    assert send() == 5
    assert "接着发" in capsys.readouterr().err
    first, refused = fake.texts()
    fake.answers, fake.asked = [TAKEN["wecom"]], []
    assert send() == 0
    assert fake.texts()[0] == refused
    assert first not in fake.texts()
    assert send() == 2, "now it has all of it"
    fake.asked = []
    assert send("--again") == 0
    assert fake.texts()[:2] == [first, refused]
    fake.answers = [TAKEN["wecom"], REFUSED["wecom"][0]]
    assert send("--again") == 5
    assert run(["issue", "title", "7", "2", "改过的标题", "-C", str(issue_home)]) == 0
    fake.answers, fake.asked = [TAKEN["wecom"]], []
    capsys.readouterr()
    assert send() == 2, "the messages are others"
    assert "接不上" in capsys.readouterr().err
    assert fake.asked == []
