"""What the desk says, in Chinese and English."""

from __future__ import annotations

from collections.abc import Callable

WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "title": "编辑台 · {account} 第 {n} 期", "issue": "第 {n} 期", "items": "{n} 条", "minutes": "约 {n} 分钟读完",
        "saved": "已保存 · 第 {n} 步", "untouched": "还没有改动", "undo": "撤销", "redo": "重做", "versions": "版本", "keys": "快捷键", "copy": "复制到公众号",
        "copied": "已复制，到公众号后台正文里粘贴即可", "copy_failed": "没能复制：请再按一次", "copy_refused": "有错误，公众号编辑器会改坏它；先看“检查”",
        "preview": "预览", "theme": "主题", "colour": "颜色", "own_colour": "主题自己的", "light": "浅色", "dark": "深色", "look_hint": "主题和颜色只用在这里的预览和复制；要一直用，写进 feeds.yaml 的 look",
        "contents": "本期", "candidates": "候选", "lead": "头条", "make_lead": "设为头条", "drop": "去掉", "park": "搁下", "park_hint": "这一期不用，下一晚再当候选", "drop_hint": "去掉，也不再当候选",
        "edit": "编辑", "note": "按语", "note_hint": "写一句按语，回车保存", "take": "收进来", "up": "上移", "down": "下移", "move_to": "移到", "save": "保存", "cancel": "取消", "close": "关闭",
        "offers": "候选", "arrivals": "后来到的", "shelf": "搁下的", "filter": "筛选候选", "filter_words": "标题或来源里的词", "all_topics": "全部栏目", "all_sources": "全部来源",
        "none_offers": "没有符合的候选。换个词，或看看“后来到的”。", "none_arrivals": "这一期做好之后还没有新到的内容。", "none_shelf": "架子上没有东西。在一条上按“搁下”（P），下一晚它会再当候选。",
        "more": "再看 {n} 条", "matching": "{n} 条", "also": "另有 {n} 家报道", "score": "得分 {n}", "other": "其他", "drag": "拖动来换次序；键盘用 Alt+↑/↓",
        "words": "开场白、结束语、转发语", "opening": "开场白", "closing": "结束语", "sharing": "请读者转发的话", "checks": "检查", "fine": "全部通过", "errors": "有错误", "warnings": "{n} 处提醒",
        "characters": "{n} / {limit} 字符", "bytes": "{n} 字节", "post_title": "标题 {n} / {limit} 字", "post_digest": "摘要 {n} / {limit} 字", "cut_title": "标题超过 {limit} 字，后台会截断",
        "original_title": "原标题", "original_summary": "原摘要", "headlines": "可选的标题", "title_field": "标题", "summary_field": "摘要", "number_gone": "少了数字 {text}", "number_new": "多了数字 {text}",
        "negation_gone": "少了“{text}”，意思可能反了", "negation_new": "多了“{text}”，意思可能反了", "picture": "图片", "no_picture": "不用图片", "machine_picture": "用回原来的图片", "own_picture": "换成自己的图片", "as_cover": "用它做封面", "cover": "封面", "own_cover": "用自己的图片做封面",
        "tellings": "同题报道", "split": "拆开", "split_hint": "不是同一件事", "merge": "并到另一条", "merge_hint": "和它是同一件事", "merge_do": "合并", "judge": "告诉程序", "is_advert": "这是推广", "not_advert": "不是推广", "wrong_topic": "栏目不对，应该是", "topic_do": "改栏目",
        "block": "不再要", "block_source": "这个来源", "block_author": "这个作者", "block_word": "标题含", "block_do": "从本期去掉", "block_note": "只从这一期去掉；要以后也不读，请在 feeds.yaml 里停用来源",
        "why": "为什么选它", "open_original": "看原文", "version_0": "程序做好时", "restore": "回到这里", "compare": "和程序做的相比", "no_changes": "和程序做的一样", "now": "现在",
        "diff_added": "收进", "diff_gone": "去掉", "diff_moved": "换栏目", "diff_title": "改标题", "diff_summary": "改摘要", "diff_note": "写按语", "diff_lead": "换头条", "was": "原为",
        "said_take": "收进了“{about}”，正文正在取", "said_drop": "去掉了“{about}”", "said_park": "搁下了“{about}”，下一晚再当候选", "said_lead": "头条换成“{about}”", "said_move": "“{about}”现在是{topic}第 {place} 条", "said_edit": "改好了“{about}”", "said_words": "这一期的话改好了",
        "said_image": "“{about}”的图片换好了", "said_cover": "封面换好了", "said_split": "拆开了；以后也不会再并到一起", "said_merge": "合并了；以后也会归到一起", "said_advert": "“{about}”记作推广，去掉了；以后也照此对待", "said_no_advert": "“{about}”不是推广，记下了", "said_topic": "“{about}”改到{topic}，以后照此分栏目", "said_block": "本期里去掉了“{about}”",
        "said_undo": "撤销了一步", "said_redo": "重做了一步", "said_restore": "回到了那一步", "not_here": "这一条已经不在这里了", "must_stay": "这是最后一条了，一期至少要有一条", "at_the_end": "已经到头了", "no_title": "标题不能是空的", "no_word": "写上要去掉的词", "no_picture_bad": "这个文件不是能用的图片", "no_cover": "这张图太小，做不了封面",
        "stale": "这一期刚刚在别处改过，下面是最新的样子；刚才那一步没有做，请再做一次", "busy": "别的命令正占着这个账号，这一步没有做；等它结束再试", "fetching": "正在取正文和图片……", "trouble": "留意", "skip": "跳到本期内容",
        "key_head": "快捷键", "key_move": "上一条 / 下一条", "key_reorder": "上移 / 下移，到头就进相邻栏目", "key_take": "收进候选", "key_drop": "去掉", "key_park": "搁下", "key_lead": "设为头条", "key_edit": "编辑（标题、摘要、图片、拆分……）", "key_note": "写按语", "key_to": "移到别的栏目", "key_undo": "撤销 / 重做", "key_find": "筛选候选", "key_copy": "复制到公众号", "key_side": "在本期和候选之间切换", "key_help": "这一页",
        "tour_1": "左边是这一期在手机上的样子，改一处它就变一处。", "tour_2": "中间是这一期的条目：拖动换次序，指着一条按 D 去掉、P 搁下、L 设为头条、E 编辑、N 写按语。", "tour_3": "右边是没有入选的候选，带着得分和理由；按 T 收进来。", "tour_4": "每一步都马上存下，撤销没有次数限制。改好了按右上角“复制到公众号”。随时按 ? 看快捷键。", "tour_next": "下一步", "tour_done": "开始", "tour_skip": "跳过", "tour": "认识编辑台",
        "show": "看", "chosen": "选定", "doubts": "改动里要留意的", "image_of": "{title} 的图片", "paste_link": "粘贴一个链接", "log_complete": "取到正文", "log_move": "移动",
    },
    "en": {
        "title": "Desk · {account} No. {n}", "issue": "No. {n}", "items": "{n} items", "items_one": "1 item", "minutes": "about {n} min to read",
        "saved": "Saved · step {n}", "untouched": "Nothing changed yet", "undo": "Undo", "redo": "Redo", "versions": "Versions", "keys": "Keys", "copy": "Copy for WeChat",
        "copied": "Copied: paste it into the body of the article editor", "copy_failed": "Copying failed: press it once more", "copy_refused": "There are errors that the WeChat editor would not keep; see the checks",
        "preview": "Preview", "theme": "Theme", "colour": "Color", "own_colour": "The theme's own", "light": "Light", "dark": "Dark", "look_hint": "Theme and color count for this preview and for copying; for good, write them under look in feeds.yaml",
        "contents": "Issue", "candidates": "Candidates", "lead": "Top story", "make_lead": "Lead with it", "drop": "Drop", "park": "Park", "park_hint": "Not in this issue; a candidate again on the next night", "drop_hint": "Drop it: no candidate again",
        "edit": "Edit", "note": "Note", "note_hint": "One line of your own; Enter saves", "take": "Take in", "up": "Up", "down": "Down", "move_to": "Move to", "save": "Save", "cancel": "Cancel", "close": "Close",
        "offers": "Candidates", "arrivals": "Later arrivals", "shelf": "Shelf", "filter": "Filter the candidates", "filter_words": "Words of title or source", "all_topics": "All topics", "all_sources": "All sources",
        "none_offers": "No candidate matches. Try another word, or the later arrivals.", "none_arrivals": "Nothing came since this issue was made.", "none_shelf": "The shelf is empty. Park an item (P), and it is a candidate again on the next night.",
        "more": "Show {n} more", "matching": "{n} found", "also": "told by {n} others", "also_one": "told by 1 other", "score": "score {n}", "other": "Other", "drag": "Drag to reorder; Alt+↑/↓ by keyboard",
        "words": "Opening, closing and sharing words", "opening": "Opening words", "closing": "Closing words", "sharing": "Sharing line", "checks": "Checks", "fine": "All pass", "errors": "Errors", "warnings": "{n} hints", "warnings_one": "1 hint",
        "characters": "{n} / {limit} characters", "bytes": "{n} bytes", "post_title": "title {n} / {limit}", "post_digest": "summary {n} / {limit}", "cut_title": "The title is longer than {limit} characters and will be cut",
        "original_title": "Original title", "original_summary": "Original summary", "headlines": "Headlines to choose from", "title_field": "Title", "summary_field": "Summary", "number_gone": "the number {text} is gone", "number_new": "the number {text} is new",
        "negation_gone": "“{text}” is gone: the meaning may be reversed", "negation_new": "“{text}” is new: the meaning may be reversed", "picture": "Picture", "no_picture": "No picture", "machine_picture": "The picture it had", "own_picture": "A picture of your own", "as_cover": "Make it the cover", "cover": "Cover", "own_cover": "A cover of your own",
        "tellings": "Told the same", "split": "Split", "split_hint": "Another story", "merge": "Merge into", "merge_hint": "It is the same story", "merge_do": "Merge", "judge": "Teach the program", "is_advert": "This is an advert", "not_advert": "Not an advert", "wrong_topic": "Wrong topic: it belongs to", "topic_do": "Correct",
        "block": "No more of", "block_source": "this source", "block_author": "this author", "block_word": "titles with", "block_do": "Take out of this issue", "block_note": "Out of this issue alone; for good, disable the source in feeds.yaml",
        "why": "Why it was chosen", "open_original": "Original", "version_0": "As the machine made it", "restore": "Go back to it", "compare": "Beside the machine's", "no_changes": "The same as the machine made it", "now": "now",
        "diff_added": "taken in", "diff_gone": "gone", "diff_moved": "moved", "diff_title": "title", "diff_summary": "summary", "diff_note": "note", "diff_lead": "lead", "was": "was",
        "said_take": "Took in “{about}”; its text is being fetched", "said_drop": "Dropped “{about}”", "said_park": "Parked “{about}” for the next night", "said_lead": "“{about}” leads now", "said_move": "“{about}” is now number {place} of {topic}", "said_edit": "Changed “{about}”", "said_words": "The issue's own words are changed",
        "said_image": "Changed the picture of “{about}”", "said_cover": "Changed the covers", "said_split": "Split, and kept apart from now on", "said_merge": "Merged, and kept together from now on", "said_advert": "“{about}” is an advert, and out", "said_no_advert": "“{about}” is no advert: noted", "said_topic": "“{about}” belongs to {topic}: noted", "said_block": "Took “{about}” out of this issue",
        "said_undo": "One step back", "said_redo": "One step again", "said_restore": "Back at that step", "not_here": "That is not here any more", "must_stay": "The last item stays: an issue has one", "at_the_end": "It cannot go further", "no_title": "A title cannot be empty", "no_word": "Say which word", "no_picture_bad": "That file is no picture that can be used", "no_cover": "That picture is too small for a cover",
        "stale": "This issue was changed elsewhere a moment ago; here it is as it is now. Your last step was not done: do it again", "busy": "Another command holds this account, so that step was not done; try again when it is over", "fetching": "Fetching text and picture…", "trouble": "Look at", "skip": "Skip to the issue",
        "key_head": "Keys", "key_move": "Previous / next", "key_reorder": "Up / down, at the end into the next section", "key_take": "Take a candidate in", "key_drop": "Drop", "key_park": "Park", "key_lead": "Lead with it", "key_edit": "Edit: title, summary, picture, split …", "key_note": "Write a note", "key_to": "Move to another section", "key_undo": "Undo / redo", "key_find": "Filter the candidates", "key_copy": "Copy for WeChat", "key_side": "Between issue and candidates", "key_help": "This page",
        "tour_1": "On the left the issue as on a phone; it follows every change.", "tour_2": "In the middle its items: drag to reorder; on an item D drops, P parks, L leads, E edits, N writes a note.", "tour_3": "On the right what was not taken, with scores and reasons; T takes it in.", "tour_4": "Every step is saved at once, and undo has no end. When it is right, press “Copy for WeChat” at the top. ? shows the keys.", "tour_next": "Next", "tour_done": "Begin", "tour_skip": "Skip", "tour": "The desk in a minute",
        "show": "Show", "chosen": "chosen", "doubts": "Look at these changes", "image_of": "Picture of {title}", "paste_link": "Paste a link", "log_complete": "text fetched", "log_move": "moved",
    },
}  # fmt: skip


def speaker(language: str) -> Callable[..., str]:
    """A function `t(key, **values)`; an unknown key is a KeyError. One of a thing has its own words in English."""
    words = WORDS.get(language, WORDS["zh"])

    def say(key: str, **values: object) -> str:
        one = f"{key}_one" if values.get("n") == 1 else ""
        return words.get(one, words[key]).format(**values)

    return say
