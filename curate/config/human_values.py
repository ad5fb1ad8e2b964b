"""What people write for a span of time or a time zone -> how feeds.yaml has it. Pure."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches

_DIGITS = {"一": "1", "两": "2", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "十": "10"}
_SPAN_WORDS = re.compile(
    r"(\d+|[一二两三四五六七十])\s*个?\s*"
    r"(?:(?P<h>小时|小時|钟头|hours?|hrs?)|(?P<d>天|日|days?)|(?P<w>周|星期|礼拜|weeks?)|(?P<m>分钟?|分鐘|min(?:ute)?s?))",
    re.IGNORECASE,
)


def span_meant(text: str) -> str:
    """`36h` for 36小时 or "36 hours"; "" where no span is meant."""
    match = _SPAN_WORDS.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not match:
        return ""
    number, unit = _DIGITS.get(match[1], match[1]), str(match.lastgroup)
    return f"{int(number) * 7}d" if unit == "w" else f"{number}{unit}"


# What people call a time zone -> its name.
_ZONES = {
    word: zone
    for words, zone in (
        ("北京 上海 中国 深圳 广州 重庆 成都 杭州 东八区 cst beijing china utc+8 gmt+8 utc+08:00 gmt+08:00 +08:00 +8", "Asia/Shanghai"),
        ("香港 hongkong", "Asia/Hong_Kong"),
        ("澳门 macao", "Asia/Macau"),
        ("台北 台湾 taiwan", "Asia/Taipei"),
        ("新加坡", "Asia/Singapore"),
        ("东京 日本 japan", "Asia/Tokyo"),
        ("首尔 韩国", "Asia/Seoul"),
        ("伦敦 英国", "Europe/London"),
        ("巴黎", "Europe/Paris"),
        ("柏林 德国", "Europe/Berlin"),
        ("纽约 美东 美国东部 est", "America/New_York"),
        ("旧金山 洛杉矶 美西 美国西部 pst", "America/Los_Angeles"),
        ("悉尼", "Australia/Sydney"),
        ("世界时 格林威治", "UTC"),
    )
    for word in words.split()
}  # fmt: skip


def zone_meant(value: str, zones: set[str]) -> str:
    """The zone that a city's name, an offset or a slip of the pen means; "" where none is near."""
    word = unicodedata.normalize("NFKC", value).casefold().replace(" ", "")
    for ending in ("时间", "时区", "time"):
        word = word.removesuffix(ending)
    if word in _ZONES:
        return _ZONES[word]
    cities = {
        zone.rpartition("/")[2].casefold().replace("_", ""): zone for zone in sorted(zones, reverse=True)
    }
    whole = {zone.casefold(): zone for zone in zones}
    close = get_close_matches(value.casefold(), whole, n=1, cutoff=0.8)
    return cities.get(word.replace("_", "")) or (whole[close[0]] if close else "")
