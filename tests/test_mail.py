"""Mail: what is reported is what the server said, and no password goes over an open line."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from curate.app.services.send import Sent, send_text
from curate.delivery.mail import LIMIT, build_mail
from curate.delivery.services import ServiceMessage
from curate.fetch.outgoing import mail
from tests.fake_mail import FakeMail, faked_mail, login_in
from tests.test_services import NOW, SECRET, account_of

SAID = ServiceMessage("夜读", "【夜读】2026-12-01\n\n一个来源也没有读到 😀\n.一行点开头的")


@pytest.fixture
def server() -> Iterator[FakeMail]:
    with faked_mail(FakeMail()) as one:
        yield one


def send(server: FakeMail, to: str = "a@x.example, 乙 <b@x.example>", host: str = "127.0.0.1") -> Sent:
    config = account_of("smtp")
    environ = {
        "T_HOST": f"{host}:{server.port}", "T_USER": "me@x.example", "T_PASSWORD": SECRET, "T_TO": to,
    }  # fmt: skip
    return send_text(config, config.services[0], SAID, environ, NOW.timestamp())


def test_a_mail_arrives_as_it_was_said(server: FakeMail) -> None:
    sent = send(server)
    assert (sent.taken, sent.of, sent.refusal, sent.is_doubtful) == (1, 1, "", False)
    (data,) = server.mails
    found = message_from_bytes(data.replace(b"\r\n..", b"\r\n."), policy=policy.default)
    assert found["Subject"] == "夜读 · 【夜读】2026-12-01"
    assert found["From"] == "me@x.example"
    assert found["To"] == "a@x.example, b@x.example"
    assert found.get_content().splitlines() == SAID.text.splitlines()
    assert found["Message-ID"].endswith("@x.example>")
    assert max(map(len, data.split(b"\r\n"))) < 998
    assert login_in(server.heard) == ["me@x.example", SECRET]


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ({"AUTH": "535 5.7.8 Error: authentication failed"}, "SMTP 535: 5.7.8 Error: authentication failed"),
        ({"AUTH": "535 登录失败，请用授权码"}, "SMTP 535: 登录失败，请用授权码"),
        ({"MAIL": "550 User has no permission"}, "SMTP 550: User has no permission"),
        (
            {"RCPT": "550 no such user"},
            "SMTP 550: a@x.example: no such user; b@x.example: no such user (0/2 taken)",
        ),
        ({"RCPT b@x.example": "451 greylisted"}, "SMTP 451: b@x.example: greylisted (1/2 taken)"),
        ({"DATA": "451 try later"}, "SMTP 451: try later"),
        ({".": "554 DT:SPM spam"}, "SMTP 554: DT:SPM spam"),
        ({"CONNECT": "421 too many connections"}, "SMTP 421: too many connections"),
    ],
)
def test_what_is_reported_is_what_the_server_said(server: FakeMail, says: dict[str, str], told: str) -> None:
    server.says = says
    sent = send(server)
    assert (sent.taken, sent.refusal, sent.is_doubtful) == (0, told, False)
    assert len(server.mails) == ("1/2" in told)
    assert SECRET not in repr(sent)


@pytest.mark.parametrize("verb", ["CONNECT", "AUTH", "MAIL", "RCPT"])
def test_a_server_that_hangs_up_before_the_mail_has_not_got_it(server: FakeMail, verb: str) -> None:
    server.says = {verb: ""}
    sent = send(server)
    assert (sent.taken, sent.is_doubtful) == (0, False)
    assert sent.refusal
    assert server.mails == []


def test_a_server_that_hangs_up_after_it_may_have_it(server: FakeMail) -> None:
    server.says = {".": ""}
    sent = send(server)
    assert (sent.taken, sent.is_doubtful, len(server.mails)) == (0, True, 1)


def test_a_server_that_is_not_there_or_lets_nobody_sign_in_is_told(server: FakeMail) -> None:
    server.can_sign_in = False
    assert "不支持登录" in send(server).refusal
    server.port = 9
    assert "拒绝连接" in send(server).refusal
    assert "找不到主机" in send(server, host="nowhere.invalid").refusal


# --- encryption -------------------------------------------------------------------------------------------------------


def test_a_password_never_goes_over_an_open_line(server: FakeMail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "_is_here", lambda host: False)
    sent = send(server)
    assert "没有把密码发给它" in sent.refusal
    assert not any("AUTH" in line for line in server.heard)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate of 127.0.0.1 that it signs itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("certificate") / "both.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.mark.parametrize("is_wrapped", [True, False])
@pytest.mark.parametrize("is_trusted", [True, False])
def test_a_line_is_encrypted_to_a_server_whose_certificate_is_trusted(
    is_wrapped: bool, is_trusted: bool, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with faked_mail(FakeMail(tls=context, is_wrapped=is_wrapped)) as server:
        if is_wrapped:
            monkeypatch.setattr(mail, "WRAPPED", (server.port,))
        sent = send(server)
    assert sent.taken == is_trusted, sent
    assert len(server.mails) == is_trusted
    if not is_trusted:
        assert "证书" in sent.refusal
        assert not any("AUTH" in line for line in server.heard)


# --- what is written --------------------------------------------------------------------------------------------------


def test_addresses_are_read_as_people_write_them_and_no_header_is_slipped_in() -> None:
    secrets = {
        "HOST": "smtp.x.example", "USER": "me@x.example", "PASSWORD": "p",
        "TO": "a@x.example；b@x.example，<c@x.example>", "FROM": "夜读\r\n <news@x.example>",
    }  # fmt: skip
    call = build_mail("标题\r\nBcc: e@x.example", "正文", secrets, 1.0)
    assert call.recipients == ("a@x.example", "b@x.example", "c@x.example")
    assert (call.host, call.port, call.sender) == ("smtp.x.example", 465, "news@x.example")
    assert message_from_bytes(call.data, policy=policy.default)["Bcc"] is None
    assert build_mail("t", "x", secrets, 1.0).data == build_mail("t", "x", secrets, 1.0).data
    assert build_mail("t", "x", {**secrets, "PORT": "587"}, 1.0).port == 587
    assert len(call.data) < LIMIT
    assert "p@" not in repr(call)
