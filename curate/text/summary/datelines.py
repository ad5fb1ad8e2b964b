"""What stands before a report's first sentence: who tells it, where and when, tags and labels.

    lead     = (tags | bracket | dateline | reporter | label)*
    dateline = [据] teller [place] [day] verb [bracket] separator
    verb     = 电 | 讯 | 报道 | 消息 | 获悉 …

新华社北京11月20日电（记者…）, （中央社記者…電）, IT之家 11 月 20 日消息，, 36氪获悉，, LONDON, Nov 20 (Reuters) -.
Both scripts are matched by one grammar: `simplify_text` replaces the characters that it names, one for one.
"""

from __future__ import annotations

import re

from curate.text.scripts import simplify_text
from curate.text.tokenize import HAN

_SPACE = r"[ \u3000\xa0]*"
_DAY = (
    rf"(?:(?:北京|当地|美东)时间|今日|今天|昨日|昨天)?{_SPACE}"
    rf"(?:(?:\d{{4}}{_SPACE}年{_SPACE})?\d{{1,2}}{_SPACE}月{_SPACE}\d{{1,2}}|\d{{1,2}}){_SPACE}[日号]"
    rf"{_SPACE}(?:凌晨|清晨|早间|上午|午间|中午|下午|傍晚|晚间|晚|夜间|\d{{1,2}}:\d{{2}})?"
)
_VERB = r"(?:综合|专|独家|最新|官方)?(?:报[道导]|消息|快讯|电讯|专电|电|讯)"
# How the name of a paper, an agency, a station or a site ends.
_TELLER = (
    r"(?:[社报网台氪刊]|之家|新闻|财经|科技|时报|在线|周刊|杂志|观察|编辑部|智库|日报|晚报|早报|快讯|体育|娱乐|汽车"
    r"|本[报刊网站台社号]|[A-Za-z][\w.]{1,15})"
)
# How the name of one who tells what he did himself ends.
_INSTITUTION = r"(?:[馆部局委厅署]|警方|政府|公司|集团|法院|检察院|交易所|中心|协会)(?:官网|官方|官微)?"
_ROLE = r"(?:实习|首席|特约|见习|本报|本刊|本网|全媒体|驻外)*(?:记者|通讯员|编辑|作者|撰文|编译|特派员|特约撰稿人?)"
_IN_BRACKETS = r"[（(【\[][^（）()【】\[\]]{0,60}[）)】\]]"
_SEPARATOR = rf"{_SPACE}(?:[，,：:|丨｜。—–-]+{_SPACE}|(?=[（(【\[])|[ \u3000\xa0]+|$)"
_NAMED = r"[^，。！？；：、,!?;:（）()【】“”\"\n]"

_TL_DR = re.compile(r"TL;?\s?DR\b[\s:：–—-]*", re.IGNORECASE)
_TAGS = re.compile(r"(?:#[^#\s]{1,30}#|[#＃][^\s#，。]{1,30}(?=\s))\s*")
# Told by its day, by the teller's name, by 据, or by 获悉, which nobody but a teller says of himself.
_DATELINE = re.compile(
    rf"(?:{_NAMED}{{0,24}}?(?:{_IN_BRACKETS}{_SPACE})?{_DAY}{_SPACE}{_VERB}"
    rf"|{_NAMED}{{0,16}}?{_TELLER}{_SPACE}(?:{_IN_BRACKETS}{_SPACE})?(?:{_DAY})?{_SPACE}{_VERB}"
    rf"|{_NAMED}{{0,12}}?{_DAY}{_SPACE}/[^/\n]{{2,20}}/"
    rf"|{_NAMED}{{0,20}}?{_INSTITUTION}{_SPACE}(?:最新)?(?:消息|通报)"
    rf"|{_NAMED}{{0,12}}?{_DAY}(?=[|丨｜])"
    rf"|据{_NAMED}{{2,30}}?(?:报[道导]|消息|电|讯)"
    rf"|据{_NAMED}{{0,6}}?(?:悉|了解)"
    rf"|{_NAMED}{{2,30}}?(?:独家)?获悉"
    rf"){_SPACE}(?:{_IN_BRACKETS}(?:{_SEPARATOR})?|{_SEPARATOR})"
)
_REPORTER = re.compile(
    rf"(?:{_NAMED}{{0,8}}{_TELLER}{_SPACE})?{_ROLE}{_SPACE}[:：/丨|]?{_SPACE}"
    rf"[{HAN}·]{{2,4}}(?:[ 、\u3000]+[{HAN}·]{{2,4}}){{0,3}}?{_SPACE}[{HAN}]{{0,8}}(?:报道|摄影报道|发自[{HAN}]{{2,6}})"
    rf"{_SEPARATOR}"
)
_LABEL = re.compile(
    r"(?:编者按语?|[\w\u4e00-\u9fff]{1,8}(?<!按)按(?=[:：])|按语|导[读语言]|引[言子]|前言|摘要|核心提[示要]|内容(?:提要|简介|摘要)|文章(?:摘要|简介|概要)|提要|要点|总结|小结|结论|速览|概[述要]"
    r"|简介|序言|背景|写在前面|编者的话|正文|太长不看|一句话(?:总结|概括)|abstract|summary|introduction|overview"
    r"|description|excerpt|synopsis|intro|updated?|editor(?:'|’)?s note)"
    r"\s*(?:[:：丨|｜】\]]|[-–—]{1,2}\s)\s*",
    re.IGNORECASE,
)
# A bracket that opens a text: whatever 【…】 holds is a tag or a headline; another is a lead by its words.
_HEADED = re.compile(r"[【\[［〖〔]([^【】\[\]［］〖〗〔〕\n]{1,40})[】\]］〗〕]\s*(?:[:：丨|]\s*)?")
_ROUND = re.compile(r"[（(]([^（）()\n]{1,60})[）)]\s*(?:[-–—]{1,2}\s+|[:：]\s*)?")
_LEADS_IN = re.compile(
    rf"{_ROLE}|{_DAY}|{_VERB}$|{_TELLER}$|^(?:原创|转载|转|译|连载|图文|视频|组图|更新|推荐|系列|[一二三四五六七八九十上中下\d]+)$"
)
# A credit in brackets, wherever it stands, is none of the sentence.
_CREDIT = re.compile(
    r"[（(【\[［](?:(?:图片?|文字?|摄影?|视频|供图|来源|作者|记者|编译|制图)[/／:：丨|\s][^（）()【】\[\]]{0,40}"
    r"|(?:图源|图片来源|资料图|题图|配图|封面图?|图据|图自|示意图|效果图)[^（）()【】\[\]]{0,40}"
    r"|[^（）()【】\[\]]{0,20}(?:供图|摄影?|图片|绘制|制图)|[如见]?[上下左右]?图\s?\d*[-–.]?\d*"
    r"|(?:photo|image|picture|credit|source|illustration|courtesy|via|via:|©)[^()\[\]]{0,60}"
    r"|(?:https?://|www\.)[^\s（）()]{1,200})[）)】\]］]\s*",
    re.IGNORECASE,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATE = rf"(?:{_MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?)"
_DASH = r"\s*(?:[-–—]{1,3}|:)\s+"
_WIRE = r"(?:\([A-Z][\w.&/ -]{1,40}\)|/[A-Z][\w.& -]{1,40}/)(?:\s*[-–—:]{1,3}\s+|\s*(?:--|—)(?=[A-Z]))"
_ENGLISH = re.compile(
    rf"(?:[A-Z][\w.'’/-]*(?:[ ,]+[A-Z][\w.'’/-]*){{0,5}},?(?:\s+|\s*--\s*))?(?:{_DATE}\s+)?{_WIRE}"
    rf"|[A-Z][\w.'’/-]*(?:[ ,]+[A-Z][\w.'’/-]*){{0,5}},?\s+\(?{_DATE}\)?{_DASH}"
    rf"|{_DATE}\s*(?:\([A-Z][\w.&/ -]{{1,40}}\))?{_DASH}"
    r"|(?=[A-Z .'’-]{4})[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]+){0,3}(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?){0,2}(?:\s*[—–]\s*|\s+-{1,2}\s+|:\s+)(?=[\"“‘']?[A-Z])"
)
# A heading that runs into the sentence after it: Podcasting As A Career The industry has grown …
_GLUED = re.compile(
    r"(?:[A-Z0-9][\w'’&/-]*[:,]? (?:(?:a|an|and|the|of|in|on|to|for|with|vs\.?|or|is|as|by|at|from) ){0,2}){2,9}[A-Z0-9][\w'’&/-]*[ \u00a0]+"
    r"(?=(?:The|This|These|There|When|While|If|After|Although|Since|Our|Many|Most|Every|It['’]s|We['’]re|You['’]re|I['’](?:m|ve)) [a-z]"
    r"|(?:An?|In|On|At|For|As|We|I|It|He|She|They|My) (?:the |a |an )?[a-z]{2,} [a-z]+ [a-z])"
)
_GRAMMAR = (_TAGS, _TL_DR, _DATELINE, _REPORTER, _LABEL)
_LEFT_OVER = " \u3000，,、；;：:。.|丨｜·•-—–"  # what stands between a lead and the sentence
_ROUNDS = 6  # leads that stand one behind another


def without_lead(paragraph: str) -> str:
    """A paragraph without what names its teller, the day or a tag, and without credits in brackets."""
    return _without_leads(_without_credits(_without_leads(paragraph)))


def _without_leads(text: str) -> str:
    for _ in range(_ROUNDS):
        end = _lead(simplify_text(text))
        if not end:
            break
        text = text[end:].lstrip(_LEFT_OVER)
    return text


def _without_credits(text: str) -> str:
    kept, last = [], 0
    for match in _CREDIT.finditer(simplify_text(text)):
        kept.append(text[last : match.start()])
        last = match.end()
    return "".join([*kept, text[last:]]).lstrip(_LEFT_OVER) if kept else text


def _lead(folded: str) -> int:
    """Where the first part of a lead ends, 0 where the text begins at once."""
    for pattern in _GRAMMAR:
        if match := pattern.match(folded):
            return match.end()
    if match := _HEADED.match(folded):
        return match.end()
    if (match := _ROUND.match(folded)) and _LEADS_IN.search(match[1].strip()):
        return match.end()
    if match := _ENGLISH.match(folded) or _GLUED.match(folded):
        return match.end()
    return 0
