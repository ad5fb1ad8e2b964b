"""One request of the platform and what it is answered: signature, encryption, repetition, answer.

Whoever cannot sign gets nothing. Whoever can gets an answer or "success": anything else the platform shows to readers
as "该公众号暂时无法提供服务". Origin: developers.weixin.qq.com, 接收普通消息, 被动回复用户消息, 消息加解密说明.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from curate.answers.deliveries import Deliveries
from curate.answers.encryption import SALT, MessageCipher, decrypt_with_any
from curate.answers.inbound import MOST_BODY, Inbound, read_fields, read_inbound
from curate.answers.outbound import Outbound, write_answer, write_fields
from curate.answers.respond import respond
from curate.answers.signature import is_fresh, is_signed, sign
from curate.answers.table import AnswerTable

SUCCESS = b"success"  # the platform asks no more, and shows nothing


@dataclass(frozen=True, slots=True)
class Response:
    """What goes back over HTTP."""

    status: int
    body: bytes = b""
    media_type: str = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An account's end of the platform's messages.

    `ciphers`: of the current key and the previous one, the current first. Where there are any, only what is encrypted
    is read: a signature alone does not cover the body. `count` is told what was asked for, once a message.
    """

    token: str = field(repr=False)
    ciphers: tuple[MessageCipher, ...]
    table: Callable[[], AnswerTable]
    count: Callable[[str], None]
    deliveries: Deliveries = field(default_factory=Deliveries)

    def verify(self, query: Mapping[str, str], now: float) -> Response:
        """The answer to the question whether this address is the account's: `echostr`, to who can sign."""
        return Response(200, query.get("echostr", "").encode()) if self._knows(query, now) else Response(403)

    def receive(
        self, query: Mapping[str, str], body: bytes, now: float, make_salt: Callable[[int], bytes]
    ) -> Response:
        """The answer to a message. `now`: seconds since 1970; `make_salt` gives so many random bytes."""
        if not self._knows(query, now):
            return Response(403)
        if len(body) > MOST_BODY:
            return Response(413)
        fields = read_fields(body)
        as_json = body.lstrip()[:1] == b"{"
        cipher: MessageCipher | None = None
        if fields is not None and self.ciphers:
            if not self._is_sealed(query, fields):
                return Response(403)
            found = decrypt_with_any(fields["Encrypt"], self.ciphers)
            if found is None:
                return Response(403)
            plain, cipher = found
            fields = read_fields(plain)
        inbound = read_inbound(fields) if fields is not None else None
        if inbound is None:
            return Response(200, SUCCESS)
        if self.deliveries.is_replay(query.get("signature", ""), inbound.delivery, now):
            return Response(403)
        answer = self._answer(inbound, now)
        if not answer:
            return Response(200, SUCCESS)
        written = write_answer(answer, inbound, int(now), as_json=as_json)
        if cipher:
            written = self._seal(written, cipher, query, now, make_salt(SALT), as_json=as_json)
        return Response(200, written, "application/json" if as_json else "application/xml")

    def _knows(self, query: Mapping[str, str], now: float) -> bool:
        """Whether the request comes from who has the token, and of now."""
        timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        signed = is_signed(query.get("signature", ""), self.token, timestamp, nonce)
        return signed and is_fresh(timestamp, now)

    def _is_sealed(self, query: Mapping[str, str], fields: Mapping[str, str]) -> bool:
        parts = (query.get("timestamp", ""), query.get("nonce", ""), fields.get("Encrypt", ""))
        return bool(parts[2]) and is_signed(query.get("msg_signature", ""), self.token, *parts)

    def _answer(self, inbound: Inbound, now: float) -> Outbound:
        """The answer; the same again to the same delivery, which is counted once."""
        known = self.deliveries.recall(inbound.delivery, now)
        if known is not None:
            return known
        answer = respond(inbound, self.table())
        self.deliveries.remember(inbound.delivery, answer, now)
        if answer.asked:
            self.count(answer.asked)
        return answer

    def _seal(
        self,
        written: bytes,
        cipher: MessageCipher,
        query: Mapping[str, str],
        now: float,
        salt: bytes,
        *,
        as_json: bool,
    ) -> bytes:
        encrypted, timestamp, nonce = cipher.encrypt(written, salt), str(int(now)), query.get("nonce", "")
        fields = {
            "Encrypt": encrypted,
            "MsgSignature": sign(self.token, timestamp, nonce, encrypted),
            "TimeStamp": int(timestamp),
            "Nonce": nonce,
        }
        return write_fields(fields, as_json=as_json)
