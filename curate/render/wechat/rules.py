"""The rules of the WeChat editor as a table: how grave each is, what happens if it is ignored, who says so."""

from __future__ import annotations

from typing import NamedTuple

SOURCES = {
    "S1": "wechatjs/verify-article-structure-spec, verify_article_structure.md",
    "S1e": "wechatjs/verify-article-structure-spec, cli/engine",
    "S1f": "wechatjs/verify-article-structure-spec, published bodies among its fixtures",
    "S2": "wechatjs/mp-darkmode, doc/cn/principle.md and src/modules/constant.js",
    "D1": "developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_add",
    "U": "UEditor 1.4.3, its paste filter",
    "P": "measured in Chromium with the editors themselves",
    "T1": "doocs/md, clipboard export",
    "T2": "caol64/wenyan-core, post renderer",
    "T3": "mdnice/markdown-nice, converter",
    "T4": "lyricat/wechat-format, renderer",
    "T5": "tenngoxars/WeMD, copy normaliser",
    "T6": "wechat-md, renderer and its notes of live tests",
    "I1": "whyubel1eve/Mars-Editor-APP, pull request 3",
    "I2": "doocs/md issues 10, 904, 1324",
    "F2": "back-office limits as operators report them",
    "F3": "common practice without a primary source",
    "O1": "微信公众平台运营规范（the platform's own rules for accounts: inducements, contact data）",
}


class LintRule(NamedTuple):
    """`zh` and `en` say what happens if the rule is ignored; `sources` are keys of SOURCES, or a text where another package adds it."""

    id: str
    level: str  # "error": the channel fails; "warn": told, and shipped
    zh: str
    en: str
    sources: str


_TABLE = (
    # tags
    LintRule("tag-safe", "error", "这个标签不在已发布文章里见过的范围内，粘贴后可能被改写或丢失", "the tag is not among those that published articles hold; it may be rewritten or lost", "S1f U P"),
    LintRule("tag-drop", "error", "平台会删掉这个标签，里面的内容可能一起消失", "the platform takes the tag away, perhaps with what is in it", "D1 U T5 S1f"),
    LintRule("tag-rewritten", "error", "编辑器会把它改写成别的标签，样式随之丢失", "the editor turns it into another tag and the style goes", "U P"),
    LintRule("tag-unproven", "warn", "没有已发布文章用过这个标签，不能指望它留得住", "no published article was seen to hold it; do not rely on it", "S1f P"),
    LintRule("tag-section", "error", "div 会变成段落，块里的版式会散", "div becomes a paragraph and the layout in it falls apart", "S1f U"),
    LintRule("tag-list", "error", "列表会多出空行、拆成两行，或丢掉层级", "lists gain empty lines, break in two, or lose their levels", "I1 T6 U T2"),
    LintRule("tag-p-nest", "error", "段落里的块、单元格里的表会被压平成文字", "a block in a paragraph, or a table in a cell, is flattened to text", "U"),
    LintRule("tag-pre", "warn", "pre 不换行，会撑破屏幕", "pre does not wrap and runs off the screen", "S1 P T6"),
    LintRule("tag-hr", "warn", "新编辑器会多出一条灰线", "the new editor adds a grey line of its own", "T6"),
    LintRule("tag-leaf", "warn", "leaf 只能装行内内容，否则块会被拆开", "a leaf may hold inline content only; a block in it is torn apart", "S1 S1f"),
    LintRule("tag-svg", "warn", "这部分 svg 会失效，深色模式下也不会变色", "these parts of svg are lost, and dark mode does not convert them", "S1 S2 T1"),
    LintRule("tag-card", "warn", "名片和小程序卡片只能在编辑器里插入，粘贴无效", "cards are inserted in the editor; pasted ones do nothing", "S1f"),
    # attributes
    LintRule("attr-allow", "error", "这个属性会被删掉", "the attribute is taken away", "S1f"),
    LintRule("attr-id", "error", "id 会被删掉，页内跳转失效", "ids are taken away, so links within the page do nothing", "S1f T1"),
    LintRule("attr-class", "error", "样式表不在了，class 不起作用", "style sheets are gone, so a class does nothing", "S1f T6"),
    LintRule("attr-event", "error", "脚本和可编辑属性会被删掉", "scripts and contenteditable are taken away", "P S1f"),
    LintRule("attr-lang", "error", "编辑器会把整次粘贴当成 Word 文档，清掉样式", "the editor takes the whole paste for a Word document and strips styles", "U P"),
    LintRule("attr-mso", "error", "带 Word 痕迹，编辑器会按 Word 清洗样式", "traces of Word make the editor strip styles", "U"),
    LintRule("attr-imgsize", "warn", "没有 data-w 或写死宽高的图片，在别的屏幕上会变形", "a picture without data-w, or with fixed sizes, is distorted on other screens", "S1 T1"),
    LintRule("attr-darkskip", "warn", "跳过深色转换的节点在夜间会刺眼，官方检测也会指出", "what skips the dark-mode conversion glares at night, and the public checker reports it", "S1 P"),
    # styles
    LintRule("css-inline", "error", "样式表会被删掉，只有行内样式留得住", "style sheets are taken away; only inline styles stay", "T1 T2 T3 T5 S1f"),
    LintRule("css-allow", "error", "这个属性没有在已发布文章里见过，可能被清掉", "the property was not seen in published articles and may be stripped", "S1f P"),
    LintRule("css-deny", "error", "这个属性会被清掉，或破坏深色模式", "the property is stripped, or breaks dark mode", "S1f S1 S2"),
    LintRule("css-var", "error", "变量和计算的定义不会跟着走，值就没了", "definitions of variables do not travel, so the value is gone", "S1f T1 T5"),
    LintRule("css-important", "error", "深色模式要用 !important 覆盖，会被挡住", "dark mode needs !important for itself and is blocked", "S1 S2"),
    LintRule("css-black", "warn", "纯黑会被编辑器吞掉", "the editor swallows pure black", "T3"),
    LintRule("css-fontfamily", "error", "平台的默认字体已调好，自设字体在部分手机上会变样", "the platform's fonts are tuned; your own look different on some phones", "S1 S1e"),
    LintRule("css-lineheight", "error", "行高太小，文字会上下重叠", "lines of text overlap", "S1"),
    LintRule("css-align", "error", "start 和 end 在不同手机上对齐不一致", "start and end align differently between phones", "S1 P"),
    LintRule("css-width", "error", "固定宽度在窄屏溢出，在宽屏偏到一边", "a fixed width overflows narrow screens and stands to one side on wide ones", "S1 P"),
    LintRule("css-height", "error", "固定高度会截掉文字", "a fixed height cuts text off", "S1 P"),
    LintRule("css-nest", "error", "嵌套太深，平台会删掉中间几层和样式", "nested too deep, the platform cuts levels with their styles", "S1 S1e"),
    LintRule("css-gradient", "error", "文字下的渐变或背景图在深色模式会变成一块纯色", "a gradient or picture under text becomes one flat color in dark mode", "S1 S2"),
    LintRule("css-default", "error", "段落没有自己的字号、行高或颜色，会变成编辑器的默认样式", "a paragraph without its own size, line height and color takes the editor's", "P"),
    LintRule("css-rootwrap", "error", "首尾没有护栏段落，第一块会并进光标所在段落而丢样式", "without guards the first block merges into the caret's paragraph and loses its style", "P T1 T5"),
    LintRule("css-dark-bg", "error", "带色调的浅色底在深色模式会变成刺眼的亮块", "a tinted light background turns into a glaring block in dark mode", "S2"),
    LintRule("css-dark-fg", "error", "文字和底色的对比不到 4.5，浅色或深色模式下看不清", "contrast below 4.5: hard to read in light or in dark mode", "S2"),
    LintRule("look-color", "warn", "账号的颜色在浅色或深色模式下看不清，已换成看得清的深浅", "the account's color is too faint in light or in dark mode; a shade that can be read took its place", "S2"),
    # links, pictures, white space
    LintRule("link-external", "error", "普通账号的外部链接会被去掉", "links to other sites are taken away for ordinary accounts", "T1 T4 T6 S1f"),
    LintRule("link-footnote", "warn", "长网址不会断行，会撑破屏幕", "a long address does not wrap and runs off the screen", "T1 T2 T3 T4"),
    LintRule("img-host", "error", "别处的图片粘贴时要重新上传，常常失败", "pictures on other hosts are uploaded anew on paste, and often fail", "D1 I2 S1f"),
    LintRule("img-upload", "warn", "粘贴后看一眼：编辑器没能转存的图片要手动上传", "look after the paste: a picture that the editor could not take over must be uploaded by hand", "D1 I2"),
    LintRule("img-data", "error", "内嵌图片会被编辑器删掉", "the editor deletes embedded pictures", "U P I2"),
    LintRule("ws-newline", "error", "换行会变成空行", "line breaks turn into blank lines", "T6 I1"),
    LintRule("ws-zero", "error", "看不见的字符会打乱换行、方向和搜索", "invisible characters upset wrapping, direction and search", "I1 T1"),
    # words: hints; nothing is refused for them
    LintRule("words-share", "warn", "像诱导分享（用好处或恐吓换转发、集赞、拉人），平台会删文、限流或封号", "reads like induced sharing; the platform deletes such posts and limits or closes accounts", "O1"),
    LintRule("words-follow", "warn", "像诱导关注（关注后才给看、才给领），平台会删文、限流或封号", "reads like induced following; the platform deletes such posts and limits or closes accounts", "O1"),
    LintRule("words-contact", "warn", "有电话、微信号或 QQ 号：可能被判为导流或泄露个人信息", "holds a telephone number or an account of another service, which may count as luring away or as personal data", "O1"),
    # limits
    LintRule("content_api", "warn", "超过接口的 2 万字符，只能靠粘贴", "above the API's 20,000 characters; it can only be pasted", "D1"),
    LintRule("content_paste", "error", "超过 5 万字，后台可能保存不了", "above 50,000 characters of text the back office may refuse to save", "F3"),
    LintRule("title", "error", "标题会被截断", "the title is cut", "D1 F2"),
    LintRule("title-api", "warn", "超过接口文档的 32 字，用接口发会失败", "above the 32 characters of the API's document", "D1"),
    LintRule("digest", "error", "摘要会被截断", "the summary is cut", "D1 F2"),
    LintRule("source_url", "error", "阅读原文的地址太长，存不进去", "the address of 阅读原文 is too long to be saved", "D1"),
)  # fmt: skip

RULES = {rule.id: rule for rule in _TABLE}
# Of the collected rules, what a fragment alone cannot show.
UNCHECKED = {
    "clip-types": "held by the copy page, which puts exactly the fragment on the clipboard",
    "author": "not written by this program", "cover": "pictures are made in the issue's folder",
    "img_body": "sizes of files", "img_paste": "sizes of files", "img_material": "sizes of files",
}  # fmt: skip
