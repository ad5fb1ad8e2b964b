"""One mail by a server of the editor's own: encrypted, signed in, and what the server said of it.

A password never goes over an open line: but for a server on this machine, one that cannot encrypt is not used. Refusals
are the server's own; a failure names the host alone.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TypeVar

from curate.domain.errors import FetchError
from curate.fetch.errors import Problem
from curate.fetch.outgoing.http import translate_failures
from curate.fetch.wechat_errors import UnansweredError

WRAPPED = (465, 994)  # ports that are encrypted from the first byte; others are asked to begin (STARTTLS)
_OWN_NAME = "[127.0.0.1]"  # a machine at home has no name that a server could check
_TAKEN = (250, 251)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in, and as whom."""

    host: str
    port: int
    user: str = field(repr=False)
    password: str = field(repr=False)


def send_mail(
    server: MailServer, sender: str, recipients: Sequence[str], data: bytes, seconds: float
) -> tuple[int, bytes]:
    """Hand in a mail; the server's last code and words, 250 where it took it for everybody.

    Who was refused is named in the words, though the others have it. FetchError where the mail was not handed in,
    UnansweredError where it was and no answer came.
    """
    smtp = None
    try:
        smtp = _do_part(server.host, seconds, False, lambda: _connect(server, seconds))
        return _hand_in(smtp, server, sender, recipients, data, seconds)
    except smtplib.SMTPResponseException as e:
        words = e.smtp_error
        return e.smtp_code, words if isinstance(words, bytes) else str(words).encode()
    finally:
        if smtp is not None:
            with suppress(OSError):  # the answer counts, not how they part
                smtp.quit()
            smtp.close()


def _connect(server: MailServer, seconds: float) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.port in WRAPPED:
        return smtplib.SMTP_SSL(server.host, server.port, _OWN_NAME, timeout=seconds, context=context)
    smtp = smtplib.SMTP(server.host, server.port, _OWN_NAME, timeout=seconds)
    smtp.ehlo_or_helo_if_needed()
    if smtp.has_extn("starttls"):
        smtp.starttls(context=context)
        smtp.ehlo()
    elif not _is_here(server.host):
        smtp.close()
        raise Problem("mail open line", host=server.host)
    return smtp


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _hand_in(
    smtp: smtplib.SMTP,
    server: MailServer,
    sender: str,
    recipients: Sequence[str],
    data: bytes,
    seconds: float,
) -> tuple[int, bytes]:
    refused: list[tuple[int, bytes]] = []

    def announce() -> tuple[int, bytes]:
        smtp.login(server.user, server.password)
        answer = smtp.mail(sender)
        for recipient in recipients if answer[0] in _TAKEN else ():
            code, words = smtp.rcpt(recipient)
            if code not in _TAKEN:
                refused.append((code, recipient.encode() + b": " + words))
        return answer

    code, words = _do_part(server.host, seconds, False, announce)
    if code not in _TAKEN:
        return code, words
    if len(refused) < len(recipients):
        code, words = _do_part(server.host, seconds, True, lambda: smtp.data(data))
    if refused and code in _TAKEN:
        taken = len(recipients) - len(refused)
        code, words = refused[0][0], b"; ".join(each for _, each in refused)
        words += f" ({taken}/{len(recipients)} taken)".encode()
    return code, words


def _do_part(host: str, seconds: float, is_sent: bool, do: Callable[[], T]) -> T:
    """Do a part of the talk: what the server says against it is its answer, whatever else goes wrong a failure."""
    kind = UnansweredError if is_sent else FetchError
    try:
        with translate_failures(host, seconds):
            try:
                return do()
            except smtplib.SMTPResponseException as e:
                said = e  # an OSError, as all of them are
            except smtplib.SMTPServerDisconnected:
                raise Problem("reset", host=host) from None
            except smtplib.SMTPNotSupportedError:
                raise Problem("mail sign in", host=host) from None
            except socket.gaierror:
                raise Problem("dns", host=host) from None
    except Problem as problem:
        raise kind(message=problem.message(), advice=problem.advice()) from None
    raise said
