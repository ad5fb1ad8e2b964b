"""Sentences that are prose and yet tell nothing of a piece: a step of a manual, who is spoken to, who somebody is,
who told it, when it takes place. Each is known by how it is made, not by what it is about."""

from __future__ import annotations

import re

from curate.text.lines import letters_of
from curate.text.scripts import simplify_text
from curate.text.tokenize import HAN

# What a hand does on a screen; what may stand before it where nobody is named who does it.
_ACT_ZH = r"(?:点击|点按|点开|单击|双击|长按|轻触|右键|按下|按住|勾选|选中|选择|打开|进入|返回|切换到|拖动|拖到|输入|填写|填入|粘贴|复制|安装|下载|重启|滑动|找到|登录|新建|保存|前往|依次)"
_STEP_ZH = re.compile(
    rf"^(?:一般|通常|然后|接着|之后|随后|再|先|即|也|都|是|会|可以?|只需要?|直接|首先|最后|分别|在[^，。]{{1,12}}[中里上内下]?|(?:从|通过|按)[^，。]{{1,8}}|请|需要?|要|你|您|我们|用户|[，\s])*?{_ACT_ZH}"
)
_ACTS_ZH = re.compile(_ACT_ZH)
_ACT_EN = (
    r"(?:click|tap|press|select|choose|open|go to|navigate to|head to|scroll (?:down|up|to)|type|enter|paste|copy|drag|double-click"
    r"|right-click|toggle|swipe|launch|save|install|download|restart|check|uncheck|log in|sign in|hit)"
)
_THING = (
    r"(?= (?:the|your|an?|on|to|it|up|into|in|down|this|that|any|all)\b| [A-Z“\"'‘\[])"  # what is pressed
)
_STEP_EN = re.compile(
    r"(?i:(?:first|next|then|now|usually|normally|simply|just|to \w+(?: \w+){1,6}|in (?:the )?\w+(?: \w+){0,3}"
    rf"|you(?: can| need to| should| must)?|please),? )*(?i:{_ACT_EN}){_THING}"
)
_ACTS_EN = re.compile(rf"\b(?i:{_ACT_EN}){_THING}")
_SCREEN_ZH = re.compile(
    r"[点单双]击|点[按开]|长按|轻触|右键|勾选|粘贴|选中|切换到|设置|菜单|按钮|选项|页面|界面|文件|命令|窗口|浏览器|对话框|图标|标签页|后台|终端|控制台|密码|账号|版本号|地址栏"
)
_ACTS = 2  # of a step

# Who somebody is, without news of him.
_CALLING_EN = (
    r"(?:professor|lecturer|author|writer|journalist|reporter|columnist|editor|founder|co-?founder|director|researcher|scientist|engineer|developer"
    r"|designer|consultant|fellow|student|historian|economist|analyst|lawyer|attorney|physician|psychologist|artist|photographer|musician|teacher|speaker"
    r"|host|president|chair|partner|manager|strategist|correspondent|contributor|critic|poet|novelist|philosopher|scholar|curator|architect|coach)"
)
_CAPITAL = r"[A-Z][\w.'’-]*"
_BIOGRAPHY_EN = re.compile(
    rf"^(?:(?:Dr|Prof|Mr|Ms|Mrs)\.? )?(?P<name>{_CAPITAL}(?: (?:{_CAPITAL}|de|van|von|der|la|bin)){{1,3}})(?: \([^)]*\))?,? (?:is|was|works as|has been|serves as) "
    rf"(?:currently |also |both )?(?:an?|the|one of)\b(?! new\b)[^.;:]{{0,60}}\b{_CALLING_EN}s?\b"
)
# What post somebody holds and where, which is no news even of him whom the title names.
_POST_EN = re.compile(
    rf"^(?:{_CAPITAL}(?: {_CAPITAL}){{0,3}} (?:is|was) (?:currently |also )?(?:(?:an?|the) )?(?:[\w-]+ ){{0,4}}(?i:{_CALLING_EN}|faculty|staff)(?: \([^)]*\))? (?:at|of|in|for|with) [^,;:]{{2,120}}\.$"
    rf"|I(?:['’]m| am|['’]ve been| have been|) (?:currently |also |now )?(?:teach(?:ing)?|work(?:ing)?|serv(?:e|ing)|stud(?:y|ying)|(?:an?|the) (?:[\w-]+ ){{0,4}}(?i:{_CALLING_EN}))\b[^;:]{{0,80}}\b(?:at|for|in|as)\b[^;:]{{2,80}}\.$"
    rf"|As (?:an? |the )?(?:[\w-]+ ){{0,4}}(?i:{_CALLING_EN})(?: and [\w ]{{2,40}})? (?:at|of|for) {_CAPITAL}[^,]{{0,40}}, (?:he|she|{_CAPITAL})\b)",
)
_CALLING_ZH = r"(?:教授|副教授|讲师|导师|研究员|院士|博士后?|硕士|作者|作家|译者|诗人|记者|编辑|主编|创始人|合伙人|总监|主任|院长|会长|理事|秘书长|工程师|设计师|律师|学者|专家|顾问|画家|摄影师|导演|主持人|博主|撰稿人)"
_BIOGRAPHY_ZH = re.compile(
    rf"^(?P<name>[{HAN}·]{{2,12}})[，,:：\s]*(?:[（(][^）)]*[）)][，,]?)?(?:[，,](?:男|女)[，,。]|(?:[，,]|生于)?[^，。]{{0,4}}\d{{4}}年[^，。]{{0,6}}生|[，,]?(?:现为|现任|曾任|毕业于|任教于|就职于|供职于)[^，。]{{2,30}}"
    rf"|[，,][^，。]{{0,24}}{_CALLING_ZH}(?=[，、。；]))"
)

# Who told something, and nothing of what: Об этом сообщает …, Lo ha detto …, 以上消息由…发布。
_ATTRIBUTION = re.compile(
    r"^(?:(?:об|про) этом\b|как (?:сообщ|передаёт|передает|пишет|уточн|отмет)\w*[^,]*\.?$|так (?:сказал|заявил|сообщил|прокомментировал)\w*"
    r"|lo (?:ha|hanno) (?:detto|dichiarato|annunciato|riferito|reso noto|scritto)|lo (?:dijo|informó|anunció|confirmó|aseguró|señaló)|así lo\b"
    r"|c['’]est ce qu['’]|(?:das|dies|darüber) (?:teilte|gab|berichtet\w*|sagte|meldet\w*|erklärte|bestätigte)\b|assim o\b"
    r"|(?:that|this)['’]?s? (?:is )?(?:according to|what)\b|so (?:says|said)\b"
    r"|(?:这|以上|上述|相关|该)(?:一|些|则|条|是)?(?:消息|信息|内容|情况|新闻|数据)?[^，。]{0,4}(?:由|来自|据|是)[^，。]{2,40}(?:公布|发布|透露|消息|获悉|了解到的?|报道|介绍的?)。?$"
    r"|(?:the )?(?:news|announcement|report|information|statement) (?:was|were|comes?|came) (?:first )?(?:reported|announced|made|released|published|confirmed|from|via)\b[^,;]{0,60}\.?$)",
    re.IGNORECASE,
)

# Whom a text speaks to by name, as a letter does: Friends of Millbrook, we …
_ADDRESSED = re.compile(
    r"^(?!(?:In|On|At|For|Since|After|Before|During|Last|Next|This|By|From|With|As|To|Like|Until|Throughout|Early|Late|Here|There|Now|Then|And|But|So|Yes|No|Well)\b)"
    r"(?:(?:[A-Z][\w'’-]*|of|and|the)(?: (?:[A-Z][\w'’-]*|of|and|the|at|in))+|Friends|Folks|Readers|Everyone|Neighbou?rs|Colleagues|Ladies and gentlemen), (?:we|you|I(?:['’](?:m|ve|d))?|let|please) "
)
_DAY_NAMED = re.compile(
    r"\d|^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|^(?:Yesterday|Today|Tomorrow|Tonight)"
)

# When something takes place: dates, hours, and the words around them. What is left is what it is.
_MONTHS = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
_WEEKDAYS = r"(?:mon|tues?|wednes|wed|thurs?|thu|fri|satur|sat|sun)(?:day)?s?\.?"
_DATED_EN = re.compile(
    rf"\b(?:{_MONTHS}|{_WEEKDAYS}|today|tonight|tomorrow|noon|midnight|morning|afternoon|evening|year|week|month|\d{{1,4}}(?:st|nd|rd|th)?(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?)?|[ecmp][sd]?t|utc|gmt"
    r"|event|conference|meeting|session|webinar|workshop|show|exhibition|concert|festival|ceremony|course|class|takes?|took|taking|place|held|happen(?:s|ed|ing)?|run(?:s|ning)?|start(?:s|ed|ing)?|begin(?:s|ning)?"
    r"|end(?:s|ed|ing)?|open(?:s|ing|ed)?|scheduled|returns?|from|until|till|through|between|will|next|this|last|on|at|in|the|a|an|and|to|is|was|be|it|its|of|for|by|we|our|date|time|doors?)\b",
    re.IGNORECASE,
)
_DATED_ZH = re.compile(
    r"\d+|[一二三四五六七八九十〇]{1,4}(?=[年月日号点时周])|[年月日号点时分秒]|(?:星期|周|礼拜)[一二三四五六日天末]|上午|下午|晚上?|中午|凌晨|今天|今晚|明天|明晚|本周|下周|当天|为期|时间"
    r"|活动|会议|展览|讲座|比赛|直播|大会|论坛|演出|课程|仪式|将|于|在|从|到|至|起|开始|结束|举行|举办|召开|进行|开幕|闭幕|如期|正式|定于|的|了|是|为|正|本次|此次|这次|届时"
)
_UNSPACED = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff\u0e00-\u0eff]")
_SAYING_EN, _SAYING_ZH = 3, 5  # words, or letters, that a date leaves over where something is said
_DIGIT = re.compile(r"\d|[一二三四五六七八九十][月日点]")


def is_aside(sentence: str, title: str, text_language: str) -> bool:
    """Whether a sentence is a step of a manual, speaks to somebody by name, is an attribution or a date alone, or says
    who somebody is whom the title does not name."""
    folded = simplify_text(sentence)
    return (
        is_step(folded)
        or (bool(_ADDRESSED.match(folded)) and not _DAY_NAMED.search(folded.split(",")[0]))
        or bool(_ATTRIBUTION.match(folded))
        or is_date(folded, text_language)
        or is_biography(folded, simplify_text(title))
    )


def is_step(sentence: str) -> bool:
    """Whether a sentence says what to press, and then what: 通常是进入关于后点击版本号。"""
    if _STEP_ZH.match(sentence):
        return len(_ACTS_ZH.findall(sentence)) >= _ACTS and bool(_SCREEN_ZH.search(sentence))
    return bool(_STEP_EN.match(sentence)) and len(_ACTS_EN.findall(sentence)) >= _ACTS


def is_biography(sentence: str, title: str) -> bool:
    """Whether a sentence says who somebody is, and the title does not speak of him."""
    if _POST_EN.match(sentence):
        return True
    found = _BIOGRAPHY_EN.match(sentence) or _BIOGRAPHY_ZH.match(sentence)
    if not found:
        return False
    return not any(part in title for part in re.split(r"[ ·]", found["name"]) if len(part) > 1)


def is_date(sentence: str, text_language: str) -> bool:
    """Whether a sentence says when something takes place, and nothing else."""
    if not _DIGIT.search(sentence) or (text_language != "zh" and _UNSPACED.search(sentence)):
        return False
    if text_language == "zh":
        return len(letters_of(_DATED_ZH.sub("", sentence))) < _SAYING_ZH
    return len(re.findall(r"[^\W\d_]{2,}", _DATED_EN.sub(" ", sentence))) < _SAYING_EN
