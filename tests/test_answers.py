"""What readers are answered: signatures, encryption, numbers, words, repetitions, and nothing of who asked."""

from __future__ import annotations

import json
import random
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from curate.answers.encryption import MessageCipher, read_key
from curate.answers.endpoint import SUCCESS, Endpoint, Response
from curate.answers.inbound import read_fields, read_inbound
from curate.answers.keyword_rules import BackOfficeReplies, read_back_office
from curate.answers.outbound import MOST_BYTES, Outbound, cut_lines, write_answer
from curate.answers.respond import answer_text
from curate.answers.signature import is_signed, sign
from curate.answers.table import AnswerTable, make_table
from curate.config.schema import AnswerSettings
from tests.site_samples import CONFIG, issue

TOKEN = "a-token"
NOW = 1_790_000_000.0
OLD_KEY, KEY = (b64encode(bytes([n]) * 32).decode().rstrip("=") for n in (1, 2))
DIGESTS = [issue(number) for number in (314, 313, 312)]
TABLE = make_table(CONFIG.model_copy(update={"answers": AnswerSettings()}), DIGESTS, [], BackOfficeReplies())


def cipher(key: str = KEY) -> MessageCipher:
    secret = read_key(key)
    assert secret
    return MessageCipher(secret, "wx-account")


def message(text: str, **changes: str) -> bytes:
    fields = {
        "ToUserName": "gh_account",
        "FromUserName": "reader-1",
        "CreateTime": "1790000000",
        "MsgType": "text",
        "Content": text,
        "MsgId": "77",
        **changes,
    }
    return f"<xml>{''.join(f'<{k}><![CDATA[{v}]]></{k}>' for k, v in fields.items())}</xml>".encode()


def signed(nonce: str = "n1", at: float = NOW) -> dict[str, str]:
    timestamp = str(int(at))
    return {"timestamp": timestamp, "nonce": nonce, "signature": sign(TOKEN, timestamp, nonce)}


def sealed(body: bytes, key: str = KEY, nonce: str = "n1", at: float = NOW) -> tuple[dict[str, str], bytes]:
    encrypted = cipher(key).encrypt(body, b"0123456789abcdef")
    query = signed(nonce, at)
    query["msg_signature"] = sign(TOKEN, query["timestamp"], nonce, encrypted)
    return query, f"<xml><ToUserName>gh</ToUserName><Encrypt>{encrypted}</Encrypt></xml>".encode()


class Desk:
    """An endpoint, and what it counted."""

    def __init__(self, *ciphers: MessageCipher, table: AnswerTable = TABLE) -> None:
        self.asked: list[str] = []
        self.endpoint = Endpoint(TOKEN, ciphers, lambda: table, self.asked.append)

    def send(self, body: bytes, query: Mapping[str, str] | None = None, now: float = NOW) -> Response:
        return self.endpoint.receive(query or signed(), body, now, lambda size: b"s" * size)

    def text(self, said: str) -> str:
        answered = self.send(message(said, MsgId=f"id of {said}"), signed(nonce=said))
        return "" if answered.body == SUCCESS else read_fields(answered.body)["Content"]  # type: ignore[index]


def test_the_signature_is_that_of_the_platforms_guide() -> None:
    assert sign("AAAAA", "1714037059", "486452656") == "899cf89e464efb63f54ddac96b0a0a235f53aa78"
    assert is_signed("899cf89e464efb63f54ddac96b0a0a235f53aa78", "486452656", "AAAAA", "1714037059")
    assert not is_signed("899cf89e464efb63f54ddac96b0a0a235f53aa79", "486452656", "AAAAA", "1714037059")


def test_what_is_encrypted_comes_back_and_a_flipped_bit_does_not() -> None:
    for size in (0, 1, 11, 31, 32, 33, 2000):
        text = ("字" * size).encode()
        encrypted = cipher().encrypt(text, b"0123456789abcdef")
        assert cipher().decrypt(encrypted) == text
        assert replace(cipher(), appid="another").decrypt(encrypted) is None
        assert cipher(OLD_KEY).decrypt(encrypted) is None
    assert cipher().decrypt("not base64!") is None
    assert cipher().decrypt("") is None


@pytest.mark.parametrize("key", ["", "short", "!" * 43, KEY + "A"])
def test_what_is_no_key_is_refused(key: str) -> None:
    assert read_key(key) is None


def test_the_address_is_proved_by_who_has_the_token() -> None:
    endpoint = Desk().endpoint
    assert endpoint.verify({**signed(), "echostr": "8312"}, NOW) == Response(200, b"8312")
    assert endpoint.verify({**signed(), "echostr": "8312", "signature": "0" * 40}, NOW).status == 403
    assert endpoint.verify({**signed(at=NOW - 3600), "echostr": "8312"}, NOW).status == 403
    assert endpoint.verify({}, NOW).status == 403


def test_a_number_is_answered_with_its_item() -> None:
    item = DIGESTS[0].lead
    for said in ("31401", " 31401。", "３１４０１", "回复31401", "编号 31401", "第31401条"):
        assert item.title[:10] in Desk().text(said), said
    assert "清晨读报" in Desk().text("314")
    assert "第 314 期" in Desk().text("第 314 期")


def test_an_unknown_number_gets_the_nearest_issue_and_is_not_counted_by_itself() -> None:
    desk = Desk()
    text = desk.text("40001")
    assert "没有编号 40001" in text
    assert "第 314 期" in text
    desk.text("31299")
    desk.text("0")
    desk.text("13800138000")
    assert desk.asked == ["unknown", "unknown", "unknown", "help"]


def test_words_are_answered_in_their_order() -> None:
    desk = Desk()
    topic = CONFIG.topics[-1]
    assert topic.name in desk.text(topic.name)
    assert "第 314 期" in desk.text("最新")
    title = DIGESTS[1].lead.title
    assert str(DIGESTS[1].number) in desk.text(title[:8])
    assert "回复编号" in desk.text("帮助")
    assert "回复编号" in desk.text("絮絮叨叨的一句别的话")
    assert desk.asked == [f"topic:{topic.id}", "314", "search", "help", "help"]


def test_the_back_offices_rules_are_taken_over() -> None:
    own = read_back_office(
        {
            "is_add_friend_reply_open": 1,
            "is_autoreply_open": 1,
            "add_friend_autoreply_info": {"type": "text", "content": "你好，欢迎"},
            "message_default_autoreply_info": {"type": "text", "content": "编辑下午回复"},
            "keyword_autoreply_info": {
                "list": [
                    {
                        "rule_name": "投稿",
                        "reply_mode": "reply_all",
                        "keyword_list_info": [{"type": "text", "match_mode": "contain", "content": "投稿"}],
                        "reply_list_info": [
                            {"type": "text", "content": "发到信箱"},
                            {"type": "text", "content": "写明姓名"},
                            {"type": "video", "content": "https://v.example/1"},
                        ],
                    },
                    {
                        "rule_name": "地图",
                        "reply_mode": "random_one",
                        "keyword_list_info": [{"type": "text", "match_mode": "equal", "content": "地图"}],
                        "reply_list_info": [{"type": "img", "content": "media-1"}],
                    },
                    {"rule_name": "空", "keyword_list_info": [], "reply_list_info": []},
                ]
            },
        }
    )
    assert [rule.name for rule in own.rules] == ["投稿", "地图"]
    assert own.left_out == ("投稿",)
    table = make_table(CONFIG.model_copy(update={"answers": AnswerSettings()}), DIGESTS, [], own)
    assert answer_text("请问怎么投稿？", table).text == "发到信箱\n\n写明姓名"
    assert answer_text("地图", table).media == "media-1"
    assert answer_text("城市地图在哪里", table).media == ""
    desk = Desk(table=table)
    greeted = desk.send(message("", MsgType="event", Event="subscribe"))
    assert "你好，欢迎" in greeted.body.decode()
    assert (
        "<MediaId><![CDATA[media-1]]></MediaId>"
        in desk.send(message("地图", MsgId="78"), signed("n2")).body.decode()
    )


def test_feeds_yaml_greets_before_the_back_office() -> None:
    settings = AnswerSettings(greeting="早上好", fallback="再写一遍")
    config = CONFIG.model_copy(update={"answers": settings})
    table = make_table(config, DIGESTS, [], BackOfficeReplies("旧的", "旧的"))
    assert (table.greeting, table.help) == ("早上好", "再写一遍")


def test_one_answer_of_several_is_the_same_for_the_same_delivery() -> None:
    rule = {
        "rule_name": "早安",
        "reply_mode": "random_one",
        "keyword_list_info": [{"content": "早安", "match_mode": "equal"}],
        "reply_list_info": [{"type": "text", "content": f"第{n}种"} for n in range(4)],
    }
    own = read_back_office({"keyword_autoreply_info": {"list": [rule]}})
    table = make_table(CONFIG, DIGESTS, [], own)
    given = {n: answer_text("早安", table, str(n)).text for n in range(40)}
    assert len(set(given.values())) == 4
    assert all(answer_text("早安", table, str(n)).text == text for n, text in given.items())


def test_a_repeated_delivery_is_answered_alike_and_counted_once() -> None:
    desk = Desk()
    first = desk.send(message("31401"))
    assert [desk.send(message("31401")), desk.send(message("31401"), signed("n2"))] == [first, first]
    assert desk.asked == ["31401"]
    event = message("", MsgType="event", Event="CLICK", EventKey="最新", MsgId="")
    assert desk.send(event, signed("n3")) == desk.send(event, signed("n4"))
    assert desk.asked == ["31401", "314"]


def test_a_signature_is_good_for_one_message_and_five_minutes() -> None:
    desk = Desk()
    assert desk.send(message("31401")).status == 200
    assert desk.send(message("31402", MsgId="78")).status == 403, "the same signature over another message"
    assert desk.send(message("31402", MsgId="78"), signed("n9", NOW - 301)).status == 403
    assert desk.send(message("31402", MsgId="78"), signed("n9", NOW - 299)).status == 200


@pytest.mark.parametrize("key", [KEY, OLD_KEY], ids=["current", "previous"])
def test_what_comes_encrypted_is_answered_with_the_key_it_came_with(key: str) -> None:
    desk = Desk(cipher(), cipher(OLD_KEY))
    query, body = sealed(message("31401"), key)
    answered = desk.send(body, query)
    fields = read_fields(answered.body)
    assert fields
    assert is_signed(fields["MsgSignature"], TOKEN, fields["TimeStamp"], fields["Nonce"], fields["Encrypt"])
    plain = cipher(key).decrypt(fields["Encrypt"])
    assert plain
    assert DIGESTS[0].lead.title[:10] in plain.decode()
    assert b"reader-1" in plain


def test_an_account_with_a_key_reads_nothing_in_the_clear() -> None:
    desk = Desk(cipher())
    assert desk.send(message("31401")).status == 403
    query, body = sealed(message("31401"))
    assert desk.send(body.replace(b"<Encrypt>", b"<Encrypt>A"), query).status == 403
    assert desk.send(body, {**query, "msg_signature": "0" * 40}).status == 403
    assert (
        desk.send(sealed(message("31401"), b64encode(b"x" * 32).decode().rstrip("="))[1], query).status == 403
    )
    assert desk.asked == []


def test_json_is_answered_in_json() -> None:
    body = json.dumps(
        {
            "ToUserName": "gh",
            "FromUserName": "r",
            "CreateTime": 1,
            "MsgType": "text",
            "Content": "31401",
            "MsgId": 5,
        }
    ).encode()
    answered = json.loads(Desk().send(body).body)
    assert answered["ToUserName"] == "r"
    assert DIGESTS[0].lead.title[:10] in answered["Content"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<xml>",
        b"{",
        b"[1]",
        b"<xml></xml>",
        b"<html>x</html>",
        b'<!DOCTYPE xml [<!ENTITY a "b">]><xml><ToUserName>&a;</ToUserName></xml>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><xml/>',
        b"\xff\xfe\x00",
        b"{" * 5000,
    ],
)
def test_what_cannot_be_read_is_quietly_taken(body: bytes) -> None:
    assert Desk().send(body) == Response(200, SUCCESS)


def test_events_without_an_answer_and_other_messages() -> None:
    desk = Desk()
    for n, event in enumerate(("unsubscribe", "SCAN", "LOCATION", "VIEW")):
        assert desk.send(message("", MsgType="event", Event=event, MsgId=""), signed(f"e{n}")).body == SUCCESS
    assert "回复编号" in desk.send(message("", MsgType="image"), signed("i")).body.decode()
    assert (
        "314"
        in desk.send(message("", MsgType="voice", Recognition="最新", MsgId="v"), signed("v")).body.decode()
    )
    assert desk.asked == ["help", "314"]


def test_no_answer_is_longer_than_a_message_and_none_is_cut_inside_a_line() -> None:
    rows = "\n".join(f"31{n:03d} {'很长的标题😀' * 12}" for n in range(40))
    cut = cut_lines(rows, MOST_BYTES, "……")
    assert len(cut.encode()) <= MOST_BYTES
    assert all(line in rows.split("\n") for line in cut.split("\n")[:-1])
    one = cut_lines("字" * 10_000)
    assert len(one.encode()) <= MOST_BYTES
    assert one.endswith("字…")
    assert all(len(text.encode()) <= MOST_BYTES for text in TABLE.numbers.values())


def test_a_text_cannot_break_out_of_its_answer() -> None:
    inbound = read_inbound(read_fields(message("x")) or {})
    assert inbound
    hostile = "]]></Content><Content><![CDATA[别的\x00\x0b\ud800&<b>"
    body = write_answer(Outbound("x", hostile), inbound, 1, as_json=False)
    root = etree.fromstring(body)
    assert [child.tag for child in root] == ["ToUserName", "FromUserName", "CreateTime", "MsgType", "Content"]
    assert root.findtext("Content") == "]]></Content><Content><![CDATA[别的&<b>"


def test_nothing_of_a_reader_shows_where_a_message_is_printed() -> None:
    inbound = read_inbound(read_fields(message("我的手机 13800138000")) or {})
    assert "reader-1" not in repr(inbound)
    assert "13800138000" not in repr(inbound)
    assert TOKEN not in repr(Desk(cipher()).endpoint)
    assert "x02" not in repr(cipher())


def mutate(body: bytes, chance: random.Random) -> bytes:
    data = bytearray(body)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) or 1)
        how = chance.randrange(4)
        if how == 0 and data:
            data[min(at, len(data) - 1)] = chance.randrange(256)
        elif how == 1:
            del data[at : at + chance.randint(1, 20)]
        elif how == 2:
            data[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 12)))
        else:
            data[at:at] = data[at : at + chance.randint(1, 60)]
    return bytes(data)


def is_well_formed(answered: Response) -> bool:
    if answered.status != 200:
        return answered.body == b""
    return answered.body == SUCCESS or read_fields(answered.body) is not None


@pytest.mark.parametrize("many", [400, pytest.param(20_000, marks=pytest.mark.slow)])
def test_mutated_bodies_never_crash_and_never_make_a_malformed_answer(many: int) -> None:
    chance = random.Random(7)
    plain, safe = Desk(), Desk(cipher())
    bodies = [
        message("31401"),
        message("", MsgType="event", Event="subscribe", MsgId=""),
        message("地铁 &amp; 书"),
    ]
    for n in range(many):
        inside = mutate(chance.choice(bodies), chance)
        assert is_well_formed(plain.send(inside, signed(f"p{n}")))
        query, outside = sealed(inside, nonce=f"s{n}")
        body = outside if n % 2 else mutate(outside, chance)
        assert is_well_formed(safe.send(body, query))


def test_the_table_reads_back_as_it_was_written() -> None:
    from curate.domain.serialization import from_json, to_json

    assert from_json(AnswerTable, to_json(TABLE)) == replace(TABLE, numbers=dict(TABLE.numbers))


def test_an_account_without_issues_has_something_to_say() -> None:
    empty: Any = make_table(CONFIG, [], [], BackOfficeReplies())
    for said in ("1", "最新", "你好", "帮助"):
        assert "还没有内容" in answer_text(said, empty).text
