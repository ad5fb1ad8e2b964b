"""A mail server on loopback that says what a test tells it to say, and keeps what it is handed."""

from __future__ import annotations

import base64
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

GOOD = {
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "AUTH": "235 welcome",
    "DATA": "354 go on",
    ".": "250 queued as 7",
}


@dataclass
class FakeMail:
    """`says` has other words for a verb (or "RCPT a@b.c"); "" hangs up. `tls` is what STARTTLS and wrapping need."""

    port: int = 0
    says: dict[str, str] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    is_wrapped: bool = False
    can_sign_in: bool = True
    mails: list[bytes] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    was_encrypted: bool = False

    def answer(self, verb: str, rest: str = "") -> str:
        return self.says.get(f"{verb} {rest}", self.says.get(verb, GOOD.get(verb, "250 ok")))


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        fake: FakeMail = self.server.fake  # type: ignore[attr-defined]
        if fake.is_wrapped:
            self._encrypt(fake)
        if not self._say(fake.says.get("CONNECT", "220 fake")):
            return
        while line := self.rfile.readline():
            verb, _, rest = line.decode().strip().partition(" ")
            fake.heard.append(line.decode().strip())
            if not self._hear(fake, verb.upper(), rest):
                return

    def _hear(self, fake: FakeMail, verb: str, rest: str) -> bool:
        if verb == "EHLO":
            extensions = ["AUTH PLAIN"] * fake.can_sign_in
            extensions += ["STARTTLS"] * bool(fake.tls and not fake.is_wrapped and not fake.was_encrypted)
            lines = ["fake", *extensions, "8BITMIME"]
            return all(
                self._say(f"250{'-' if n < len(lines) else ' '}{line}") for n, line in enumerate(lines, 1)
            )
        if verb == "STARTTLS":
            self._say("220 go on")
            self._encrypt(fake)
            return True
        if verb == "QUIT":
            self._say("221 bye")
            return False
        if verb == "RCPT":
            rest = rest.partition("<")[2].rstrip(">")
        if not self._say(said := fake.answer(verb, rest)):
            return False
        if verb == "DATA" and said.startswith("354"):
            data = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                data.append(line)
            if (said := fake.answer(".")).startswith("250") or not said:
                fake.mails.append(b"".join(data))
            return self._say(said)
        return True

    def _say(self, words: str) -> bool:
        if words:
            self.wfile.write(f"{words}\r\n".encode("gb18030"))
            self.wfile.flush()
        return bool(words)

    def _encrypt(self, fake: FakeMail) -> None:
        assert fake.tls is not None
        self.connection = fake.tls.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb")
        fake.was_encrypted = True


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what some tests want."""


def login_in(heard: list[str]) -> list[str]:
    """The user and password of an AUTH PLAIN."""
    plain = next(line for line in heard if line.startswith("AUTH PLAIN"))
    return base64.b64decode(plain.split()[2]).decode().split("\0")[1:]


@contextmanager
def faked_mail(fake: FakeMail) -> Iterator[FakeMail]:
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.fake = fake  # type: ignore[attr-defined]
        fake.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield fake
        server.shutdown()
