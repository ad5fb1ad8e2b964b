"""`look.qrcode` as the poster can show it: the editor's picture, or a code of the address, as a `data:` address."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING

from curate.domain.errors import ConfigError, UnreadableError
from curate.i18n.catalogue import failure_of

if TYPE_CHECKING:
    from curate.config.schema import Config


def with_qrcode(config: Config, folder: Path) -> Config:
    """The settings with the code in place of its name. ConfigError where there is no such picture."""
    named = config.look.qrcode
    if not named or "poster" not in config.channels:
        return config
    from curate.images.qrcode import address_code, picture_code  # with Pillow and ZXing, for posters alone

    try:
        code = address_code(named) if "://" in named else picture_code((folder / named).read_bytes())
    except OSError as e:
        reason = f"feeds.yaml: look.qrcode: {named}: 没有这个文件，或读不了（cannot be read: {e.strerror}）"
        raise ConfigError((reason,), "写一个相对于 feeds.yaml 的图片文件，或一个网址。") from e
    except UnreadableError as e:
        told = failure_of(named, e, config.account.language)
        raise ConfigError((f"feeds.yaml: look.qrcode: {named}: {told.reason}",), told.hint) from e
    shown = "data:image/png;base64," + base64.b64encode(code).decode()
    return config.model_copy(update={"look": config.look.model_copy(update={"qrcode": shown})})
