"""The platform's encryption of messages: AES-256-CBC, as its guide has it (消息加解密说明). Pure; randomness is handed in.

What is encrypted: 16 random bytes, the text's length (4 bytes, big-endian), the text, the account's AppID; filled up to
whole blocks of 32 bytes (PKCS #7). The first 16 bytes of the key are the initial vector.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, field
from hmac import compare_digest

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

KEY_LENGTH = 43  # characters of an EncodingAESKey
BLOCK = 32
SALT = 16  # random bytes before the text


@dataclass(frozen=True, slots=True)
class MessageCipher:
    """One key of an account. It does not show when it is printed."""

    key: bytes = field(repr=False)
    appid: str

    def encrypt(self, text: bytes, salt: bytes) -> str:
        """The text as base64; `salt`: 16 random bytes."""
        appid = self.appid.encode()
        plain = salt + len(text).to_bytes(4, "big") + text + appid
        fill = BLOCK - len(plain) % BLOCK
        work = self._cipher().encryptor()
        return base64.b64encode(work.update(plain + bytes([fill]) * fill) + work.finalize()).decode()

    def decrypt(self, encrypted: str) -> bytes | None:
        """The text; None where it is not encrypted with this key, or for another account."""
        try:
            data = base64.b64decode(encrypted, validate=True)
        except (binascii.Error, ValueError):
            return None
        if not data or len(data) % 16:
            return None
        work = self._cipher().decryptor()
        plain = work.update(data) + work.finalize()
        fill = plain[-1]
        if not 1 <= fill <= BLOCK or plain[-fill:] != bytes([fill]) * fill:
            return None
        content = plain[SALT:-fill]
        length = int.from_bytes(content[:4], "big")
        text, appid = content[4 : 4 + length], content[4 + length :]
        return text if len(text) == length and compare_digest(appid, self.appid.encode()) else None

    def _cipher(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self.key), modes.CBC(self.key[:16]))


def read_key(text: str) -> bytes | None:
    """The 32 bytes of an EncodingAESKey; None where it is none."""
    try:
        key = base64.b64decode(text + "=", validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if len(text) == KEY_LENGTH and len(key) == 32 else None


def decrypt_with_any(encrypted: str, ciphers: Sequence[MessageCipher]) -> tuple[bytes, MessageCipher] | None:
    """The text and the cipher that it was encrypted with: for a while after a change the old key is still in use."""
    for cipher in ciphers:
        text = cipher.decrypt(encrypted)
        if text is not None:
            return text, cipher
    return None
