"""What judgement says to the editor, in Chinese and English. One table, so that nothing is said in two ways."""

from __future__ import annotations

# name -> (Chinese, English); the fields in braces are filled by `say`
PHRASES: dict[str, tuple[str, str]] = {
    # stories
    "merge.address": ("地址相同", "the same address"),
    "merge.editor": ("编辑说是一回事", "the editor says that they are one"),
    "merge.copy": ("文字约 {percent}% 相同", "about {percent}% of the text is the same"),
    "merge.event": ("同一事件，都提到{shared}", "the same event: both mention {shared}"),
    "merge.event.plain": ("措辞相近，像同一事件", "similar wording, probably the same event"),
    "merge.via": ("{why}（与《{title}》相比）", "{why} (compared with “{title}”)"),
    "merged": ("并入《{title}》：{why}", "merged into “{title}”: {why}"),
    "told": ("往期已讲过：《{title}》", "told in an earlier issue: “{title}”"),
    "told.place": (
        "第 {number} 期第 {item} 条已讲过：《{title}》",
        "told in issue {number}, item {item}: “{title}”",
    ),
    "told.same.place": ("第 {number} 期第 {item} 条已发布", "published in issue {number}, item {item}"),
    "told.same": ("往期已发布", "published in an earlier issue"),
    "list": ("、", ", "),
    "quote": ("“{word}”", "“{word}”"),
    # topics
    "topic.own": ("编辑在文中标明了主题", "the editor named the topic in the piece"),
    "advert.editor": ("编辑标为推广", "the editor marked it as an advert"),
    "topic.label": ("编辑标过这一条", "labelled by the editor"),
    "topic.text": ("由标题与摘要判断，把握 {percent}%", "from title and summary, {percent}% sure"),
    "topic.keywords": (
        "提到{shared}，把握 {percent}%",
        "mentions {shared}, {percent}% sure",
    ),
    "topic.keyed": ("标题提到{shared}，先按词归类", "the title mentions {shared}, sorted by that"),
    "topic.category": (
        "来源自带分类{shared}，把握 {percent}%",
        "the feed's own category {shared}, {percent}% sure",
    ),
    "topic.source": (
        "把握只有 {percent}%，按来源的常见主题归类",
        "only {percent}% sure, sorted by what the source usually writes about",
    ),
    "topic.other": ("把握只有 {percent}%，归入其他", "only {percent}% sure, left in Other"),
    # signals
    "freshness.minutes": ("{n} 分钟前发布", "published {n} minutes ago"),
    "freshness.hours": ("{n} 小时前发布", "published {n} hours ago"),
    "freshness.days": ("{n} 天前发布", "published {n} days ago"),
    "freshness.undated": ("来源没有给出时间", "the source gives no time"),
    "source": ("来源“{name}”权重 {weight}", "source “{name}” weighs {weight}"),
    "source.never": ("来源“{name}”权重为 0，不作头条", "source “{name}” weighs 0 and never leads"),
    "tellings": ("另有 {n} 个来源也在讲", "told by {n} other sources"),
    "tellings.copies": ("另有 {n} 个来源转载", "copied by {n} other sources"),
    "audience": ("读者关心{shared}", "the audience cares about {shared}"),
    "positioning": ("符合账号定位：{shared}", "close to the account's positioning: {shared}"),
    "positioning.near": ("内容贴近账号定位", "close in meaning to the account's positioning"),
    "substance.full": ("正文较充实（约 {n} 字）", "a substantial text (about {n} characters)"),
    "substance.thin": ("正文约 {n} 字", "about {n} characters of text"),
    "hype": ("标题有夸张之嫌：{shared}", "the title looks like hype: {shared}"),
    "advert": ("疑似推广（{percent}%）：{shared}", "looks like an advert ({percent}%): {shared}"),
    "advert.meaning": ("读起来像推广（{percent}%）", "reads like an advert ({percent}%)"),
    "continuity": (
        "第 {number} 期第 {item} 条的后续，又有 {n} 个来源在讲",
        "continues issue {number}, item {item}: {n} more sources tell it",
    ),
    "readers.topic": (
        "读者转发“{name}”的频率是其他栏目的 {ratio} 倍（90% 区间 {low}–{high}，{n} 次推送）",
        "readers pass on “{name}” {ratio} × as often (90% interval {low}–{high}, {n} pushes)",
    ),
    "readers.source": (
        "读者转发“{name}”的频率是其他来源的 {ratio} 倍（90% 区间 {low}–{high}，{n} 次推送）",
        "readers pass on source “{name}” {ratio} × as often (90% interval {low}–{high}, {n} pushes)",
    ),
    "readers.leaving": (
        "“{name}”的内容带来的取关是其他的 {ratio} 倍（90% 区间 {low}–{high}，{n} 次推送）",
        "pieces of “{name}” lose followers {ratio} × as often (90% interval {low}–{high}, {n} pushes)",
    ),
    "readers.join": ("；", "; "),
    "pick.explore": (
        "入选：不计读者反馈时排得上，为“{name}”留的位置（{score} 分）",
        "picked: it ranks without what readers did; a place kept for “{name}” ({score} points)",
    ),
    "bulletin.column": (
        "标题只有栏目名和期号、日期，看不出这一篇讲什么",
        "the title has a column's name and a number or a day, and not what this piece tells",
    ),
    "bulletin.several": (
        "标题并列好几条新闻，是一期汇编",
        "the title puts several pieces of news side by side",
    ),
    "bulletin.never": ("汇编和只有期号的标题不作头条", "bulletins never lead"),
    "original": ("本号稿件", "written by this account"),
    # composition
    "pick.lead": ("入选并作头条（{score} 分）", "picked as the lead ({score} points)"),
    "pick": ("入选（第 {rank} 名，{score} 分）", "picked (rank {rank}, {score} points)"),
    "pick.original": ("入选：本号稿件", "picked: written by this account"),
    "pick.demoted": ("入选，但因疑似推广排在后面", "picked, but ranked low as a likely advert"),
    "drop.advert": ("未入选：{why}", "not picked: {why}"),
    "drop.items": (
        "未入选：得 {score} 分，本期 {n} 条已满",
        "not picked: {score} points, the issue's {n} items were full",
    ),
    "drop.bare": (
        "；正文里没有可作摘要的句子，略微靠后",
        "; its text has no sentence to quote, which counts a little",
    ),
    "drop.affair": (
        "；与已入选的《{title}》说的是一件事，再选一篇要强得多",
        "; of the same affair as “{title}”, which was picked: a further piece must be much stronger",
    ),
    "drop.topic": (
        "未入选：得 {score} 分，“{name}”栏目 {n} 条已满",
        "not picked: {score} points, “{name}” had its {n} items",
    ),
    "drop.source": (
        "未入选：得 {score} 分，同一来源已有 {n} 条",
        "not picked: {score} points, its source had {n} items already",
    ),
    "drop.language": (
        "未入选：这一期只收{languages}，标题和正文都不是（digest.languages）",
        "not picked: this issue takes {languages} only (digest.languages)",
    ),
    "zh": ("中文", "Chinese"),
    "en": ("英文", "English"),
    "drop.closed": ("未入选：“{name}”栏目的名额为 0", "not picked: “{name}” has a quota of 0"),
    "drop.alike": (
        "未入选：与已入选的《{title}》太相近",
        "not picked: too much like “{title}”, which was picked",
    ),
    "other": ("其他", "Other"),
}


def say(name: str, language: str = "zh", /, **values: object) -> str:
    """The phrase in the account's language: Chinese unless `language` is "en"."""
    return PHRASES[name][1 if language == "en" else 0].format(**values)


def listed(words: list[str], language: str = "zh") -> str:
    """Words in quotation marks, joined as the language joins them."""
    return say("list", language).join(say("quote", language, word=word) for word in words)
