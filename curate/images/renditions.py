"""The same picture in a format that the platform takes: addresses that ask for WebP or AVIF, asked for as JPEG.

TABLE `RENDITIONS`: where a picture's server makes the format that its address names, the address for JPEG. What such an
address answers is looked at as everything else is; where it fails, the address as it was found is asked after it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_NEW = r"(?:webp|avif|heif|awebp)"  # formats that the platform takes away (RULES img-host)


class Rendition(NamedTuple):
    """A form of addresses, and what stands there for JPEG instead."""

    form: re.Pattern[str]
    jpeg: str


def _rendition(form: str, jpeg: str) -> Rendition:
    return Rendition(re.compile(form, re.IGNORECASE), jpeg)


RENDITIONS: tuple[Rendition, ...] = (
    _rendition(rf"(?<=[?&;])tp={_NEW}(?:&|$)", ""),  # mmbiz.qpic.cn: a wish beside the picture's own format
    _rendition(rf"(?<=[?&]wx_fmt=){_NEW}\b", "jpeg"),  # mmbiz.qpic.cn
    _rendition(rf"(?<=[?&]format=){_NEW}\b", "jpg"),  # pbs.twimg.com, Shopify, many proxies
    _rendition(rf"(?<=[?&])(fmt|fm|f|type|output|ext|imgtype)={_NEW}\b", r"\1=jpg"),  # imgix, weserv, Baidu
    _rendition(rf"(?<=format[,/]){_NEW}\b", "jpg"),  # Aliyun OSS, Huawei OBS, Qiniu, Tencent COS, UPYUN
    _rendition(rf"/format:{_NEW}(?=/)", ""),  # miro.medium.com
    _rendition(r"(?<=[/,])f_(?:webp|avif|auto)\b", "f_jpg"),  # Cloudinary
    _rendition(
        rf"(\.(?:jpe?g|png|gif)(?:_\d+x\d+\w*\.\w+)?)_?\.{_NEW}(?=$|[?#])", r"\1"
    ),  # a.jpg.webp, a.jpg_.webp
    _rendition(
        rf"(\.(?:jpe?g|png|gif))[@!][^/?#]*{_NEW}(?=$|[?#])", r"\1"
    ),  # hdslb.com, UPYUN's named versions
    _rendition(rf"(?<=zhimg\.com/)([^?#]*)\.{_NEW}(?=$|[?#])", r"\1.jpg"),
)
# An address that its server has signed is no longer good once it is changed.
_SIGNED = re.compile(r"[?&](?:[\w-]*sign(?:ature)?|auth_key|token|hmac|x-expires|s)=", re.IGNORECASE)


def as_jpeg(address: str) -> str:
    """The address that asks for JPEG, or the address itself where none is known."""
    if _SIGNED.search(address):
        return address
    asked = address
    for form, jpeg in RENDITIONS:
        asked = form.sub(jpeg, asked)
    return asked.rstrip("?&;") if asked != address else address
