"""News that needs a permit in China: 互联网新闻信息服务管理规定 counts reports and comments on politics, economy, military, diplomacy
and other public affairs, and on emergencies of society, as news whose passing on is licensed.

An item is such news where its section is, or where its title joins what such news is made of: an organ or holder of state
power and its act, or an accident and its victims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from curate.checks.base import CheckFinding, Level, make_finding
from curate.checks.view import IssueView
from curate.domain.message import message
from curate.domain.model import Item
from curate.text.searchable import fold_searchable

NONE, REPRINT = "none", "reprint"

_SECTIONS = re.compile(
    r"时政|政治|政务|要闻|军事|国防|外交|国际|时事|社会新闻|突发|法治|两岸|\b(?:politics|military|defen[cs]e|diplomacy|world|government|society)\b"
)
_STATE = (
    r"(?:党中央|中央(?:政治局|军委|纪委|委员会)?|国务院|全国人大|人大常委会?|全国政协|两会|最高(?:法|检|人民)|外交部|国防部|公安部|国安|中纪委|中组部|中宣部|统战部|解放军|军方|海军|空军|陆军|火箭军|武警|总书记|国家主席|总理|副总理|部长|省委|市委|省长|市长|书记|常委|发言人"
    r"|白宫|国会|参议院|众议院|五角大楼|克里姆林宫|北约|联合国|安理会|欧盟|总统|首相|议长|外长|防长|大使|使馆|政府军|联军|议会|内阁|执政党|在野党|[一-鿿]{2}党|\b(?:president|parliament|congress|senate|white house|kremlin|nato|prime minister|minister|troops|army|government)\b)"
)
_ACT = (
    r"(?:会见|会谈|会晤|出席|发表(?:讲话|声明|谈话)|讲话|通过(?:决议|草案|法案)|审议|表决|印发|发布(?:命令|通告|意见)|任命|免职|任免|当选|就任|辞职|落马|被查|双开|接受审查|开除党籍|访问|抵达|访华|制裁|反制|抗议|谴责|强烈不满|交涉|断交|建交|谈判|停火|签署|演习|军演|开火|空袭|袭击|导弹|撤军|出兵|部署|巡航|增兵|大选|选举|投票|弹劾|罢免|政变|示威|抗议者|戒严|换届|召开|强调|指出|要求|回应|批准|公报"
    r"|\b(?:meets?|visits?|signs?|elects?|elected|election|votes?|voted|sanctions?|condemns?|missiles?|airstrikes?|strikes?|invades?|ceasefire|resigns?|impeach\w*|protests?)\b)"
)
_EMERGENCY = r"(?:地震|爆炸|火灾|起火|坍塌|垮塌|滑坡|泥石流|洪水|溃坝|坠机|空难|沉船|翻船|撞车|车祸|追尾|矿难|透水|瓦斯|踩踏|枪击|持刀|行凶|砍人|绑架|劫持|中毒|泄漏|疫情|命案|恐袭|earthquake|explosion|shooting|plane crash|landslide|stampede|collapse)"
_VICTIMS = r"(?:死亡|遇难|身亡|丧生|死伤|伤亡|受伤|失踪|失联|被困|重伤|轻伤|获救|[\d一二三四五六七八九十百]+\s?(?:人|名|死|伤)|\d(?:\.\d)?\s?级|警方通报|嫌疑人|嫌犯|搜救|救援|疏散|撤离|确诊|killed|dead|injured|missing|wounded|trapped)"
# Organs whose every act is politics; who holds office, and who no longer does; what the police tell.
_CORE = r"(?:中共中央|党中央|国务院|全国人大|全国政协|中央军委|中纪委|中组部|中宣部|外交部|国防部|公安部|财政部|总书记|国家主席|省委|省政府|省政协|省人大|市委常委|市政府常务|红头文件)"
_OFFICE = r"(?:书记|市长|县长|区长|省长|厅长|局长|部长|主官|主任委员|常委|厅级|处级|干部|党组|庭长)"
_CHANGE = r"(?:任免|调整|履新|接任|任命|提名|公示|拟任|当选|被查|受审|双开|落马|受贿|提起公诉|逝世|离任|卸任|升任|出任|赴任|调研|巡河|督导|主持召开|作出批示|重要讲话|率队|带队)"
_POLICE = (
    r"(?:警方|公安局?|民警|检察院|纪委)[^\n。]{0,12}?(?:抓获|打掉|通报|破获|查获|刑拘|逮捕|立案|悬赏|扫黑)"
)
_TOLL = r"(?:遇难|身亡|死亡|坠亡|丧生)[^\n。]{0,4}?\d+\s?人|\d+\s?人[^\n。]{0,3}?(?:遇难|身亡|死亡|丧生)|(?:新增|本土|确诊|封控|密接|风险地区)[^\n。]{0,8}?(?:\d+\s?例|确诊|病例|封闭|升为|解除)"
_PUBLIC = re.compile(
    rf"{_CORE}|{_OFFICE}[^\n。]{{0,14}}?{_CHANGE}|{_CHANGE}[^\n。]{{0,14}}?{_OFFICE}|{_STATE}[^\n。]{{0,20}}?{_ACT}|{_ACT}[^\n。]{{0,12}}?{_STATE}"
)
_ACCIDENT = re.compile(
    rf"{_POLICE}|{_TOLL}|{_EMERGENCY}[^\n。]{{0,24}}?{_VICTIMS}|{_VICTIMS}[^\n。]{{0,16}}?{_EMERGENCY}"
)


class _Kind(NamedTuple):
    name: str  # `check.news.…` in the catalogues
    form: re.Pattern[str]


_KINDS = (_Kind("affairs", _PUBLIC), _Kind("emergency", _ACCIDENT))


def find_unlicensed(view: IssueView) -> Iterator[CheckFinding]:
    """News that the account may not carry: any without a permit, and with one for reprints what comes from elsewhere
    than a permitted source. An account that says nothing of a permit is not asked."""
    if view.licence not in (NONE, REPRINT):
        return
    for item in view.items:
        kind, is_section, words = classify_news(view, item)
        if not kind:
            continue
        if view.licence == REPRINT and is_permitted(view, item):
            continue
        why = "none" if view.licence == NONE else "own" if item.original else "source"
        said = message(f"check.permit.{why}", kind=message(f"check.news.{kind}"), source=item.source)
        level: Level = "warn" if is_section else "hint"
        yield make_finding("permit", level, "title", words, said, message("check.permit.advice"), item)


def classify_news(view: IssueView, item: Item) -> tuple[str, bool, str]:
    """Which kind of licensed news an item is ("" where none), whether its section says so, and by which words."""
    section = view.topics.get(item.topic, "")
    if _SECTIONS.search(f"{section} {item.topic}".lower()):
        return "section", True, f"{section or item.topic}：{item.title}"
    found = fold_searchable(item.title)
    for kind in _KINDS:
        if match := kind.form.search(found.text):
            return kind.name, False, found.quote(*match.span())
    return "", False, ""


def is_permitted(view: IssueView, item: Item) -> bool:
    """Whether an item's source is in the account's list, by its name or by its original's host or a host above it."""
    host = view.hosts.get(item.key, "")
    parts = host.split(".")
    hosts = {".".join(parts[n:]) for n in range(len(parts) - 1)}
    return not item.original and (
        item.source.casefold() in view.permitted or not hosts.isdisjoint(view.permitted)
    )


def read_permitted(text: str) -> frozenset[str]:
    """The names and hosts in a list of permitted sources, one a line; `#` begins a remark."""
    lines = (line.strip().casefold() for line in text.lstrip("\ufeff").splitlines())
    return frozenset(line.removeprefix("www.") for line in lines if line and not line.startswith("#"))
