"""Sentences that tell nothing of a piece: credits, invitations, notices of rights and of paying, empty talk.

What they are about varies, and so does their wording; what they share is that they are made of few words. So a
sentence is weighed by how much of it such words cover: 本文为付费文章，购买后可见 is made of them, a report on 付费会员
is not.
"""

from __future__ import annotations

import re

from curate.text.lines import letters_of
from curate.text.scripts import simplify_text
from curate.text.tokenize import HAN

# Share of a sentence's letters (of its words, in English) that words of notices cover in a notice.
_SHARE = {"zh": 0.6, "en": 0.6}
_WORDS = 4  # letters of such words that a Chinese notice has at least
# The same for words that any talk is made of, with those of notices.
_TALK_SHARE = {"zh": 0.75, "en": 0.88}
_LEAST = {"zh": 5, "en": 2}  # letters, or words, that talk leaves over in a sentence that says something

_ABOUT_ITSELF = (
    "本文 此文 该文 本篇 全文 原文 正文 文章 文中 文末 内容 稿件 专栏 小节 章节 付费 会员 订阅 解锁 购买 开通 充值 试读 试看 试听 免费 剩余 余下 可见 "
    "查看 查阅 登录 注册 登陆 阅读 继续 后续 完整 授权 许可 同意 允许 未经 书面 禁止 严禁 谢绝 不得 转载 摘编 复制 镜像 引用 使用 改编 商业 商用 非商业 "
    "版权 著作权 所有 归 侵权 侵删 删除 必究 追究 法律 责任 出处 注明 标明 署名 转自 摘自 选自 整理自 来自 来源 首发 原载 原创 发布于 发表于 免责 声明 "
    "仅供参考 仅供 参考 交流 学习 立场 观点 不构成 不代表 代表 建议 投资 谨慎 甄别 核实 AI 人工智能 大模型 机器 生成 辅助 翻译 自动 整理 摘要 润色 撰写 "
    "创作 审核 校对 公众号 视频号 小程序 微信 微信号 微博 知乎 小红书 关注 点赞 在看 转发 分享 收藏 评论 评论区 留言 扫码 扫一扫 二维码 长按 识别 点击 "
    "链接 下方 上方 左下角 右上角 按钮 星标 设为 置顶 蓝字 加群 入群 进群 交流群 社群 群聊 客服 添加 回复 关键词 领取 获取 下载 广告 推广 推荐 赞助 "
    "责编 责任 编辑 记者 通讯员 作者 撰文 文字 摄影 图片 图源 供图 配图 题图 视频 网络 字数 分钟 预计 大约 约需 时长 打赏 赞赏 投稿 爆料 线索 "
    "商务 合作 联系 邮箱 电话 热线 更多 精彩 往期 相关 上一篇 下一篇 返回 目录 首页 欢迎 感谢 支持 更新 最后 编辑于 浏览 浏览器 不支持 启用 "
    "脚本 刷新 加载 页面 网页 网站 本站 本号 本网 本报 本刊 平台 用户 上传 提供 存储 服务 信息 隐私 条款 协议 错误 指正 反馈 图文 直播 回放 收听 观看 播放 "
    "节目 播客 订户 读者朋友 敬请 期待"
)
# Words of any sentence; they weigh neither way.
_SMALL = "请 如 如需 如有 如果 若 请勿 即可 由 仅 本 原 后 可 于 并 或 与 和 的 为 是 在 系 该 均 将 须 需 需要 自 此 以下 以上 部分 任何 进行 其他 及 及其 等 我们 您 你 不 了 也 以 有 就 都 被 对 从 到 这 那 最后 自己"
_TALK = (
    "大家好 各位 朋友们 朋友 小伙伴 同学们 亲爱的 今天 今日 今晚 昨天 明天 最近 近期 近来 这次 这回 这里 这篇 这期 本期 本次 上期 上次 上一期 下期 下次 下面 接下来 "
    "那么 那 好了 好的 好 废话 不多说 话不多说 闲话 少说 言归正传 进入 正题 主题 话题 开始 先 首先 让 就 来 来看 看看 看一看 看 一起 聊聊 聊一聊 聊 说说 说一说 "
    "谈谈 谈一谈 讲讲 讲一讲 讲 介绍 介绍一下 讨论 探讨 分析 一下 具体 怎么 怎么样 怎样 如何 什么 什么样 为什么 哪些 多少 到底 究竟 回事 一回事 小编 笔者 本人 博主 "
    "我 我们 咱们 你 你们 他们 它们 大家 自己 带 带你 带来 带大家 给 给大家 为大家 跟着 跟随 了解 认识 学习 走进 盘点 揭晓 答案 一 一个 一些 一种 一篇 一文 几个 很多 "
    "许多 有 有些 没有 又 到了 又到 又是 终于 来了 啊 吧 呢 吗 呀 哦 啦 嘛 哈哈 哈 嗯 呵呵 都 也 还 还是 就是 只是 但是 但 不过 所以 因为 因此 然后 而且 而 才 再 "
    "这 这个 这些 这样 那个 那些 那样 此 其 之 着 过 得 地 到 去 会 能 能够 可以 可能 应该 要 想 想要 希望 知道 觉得 感觉 感兴趣 值得 一定 真的 非常 很 比较 更 最 "
    "不错 不妨 时间 时候 时刻 新 一年 一天 一周 每天 每周 每月 写 写写 写在 前面 记录 记录一下 总结 系列 第一 第二 第三 第四 第五 篇 期 集 章 节 文 教程 笔记 日志 博客 博文 "
    "帖子 题目 标题 如题 不说 多说 直接 上 下 上图 干货 事情 事 东西 问题 情况 方面 地方 内容 简单 简要 详细 主要 关于 对于 以及 跟 从 把 被 对 个 种 次"
)
_ENGLISH_NOTICE = (
    "subscribe subscribers subscriber subscribed subscription subscriptions newsletter newsletters sign signup login log member members membership "
    "paid premium paywall paying free trial unlock unlocked upgrade read reading reader readers more full article articles story stories post posts "
    "posted content continue continued continues cookies cookie privacy policy terms conditions rights reserved copyright copyrighted permission reproduced reproduction "
    "republished republish reprinted originally appeared appears published publish version first click tap here link links linked below above follow following us share shared "
    "sharing comment comments commenting ad ads advert advertisement advertising sponsored sponsor sponsors sponsorship affiliate commission commissions disclosure disclaimer "
    "generated generate ai assisted assistance machine translated translation automatically edited editor editors author authors writer photo photos photograph image images "
    "picture pictures credit credits courtesy source via video watch listen podcast episode download app page site website blog feed rss email inbox mail emails newsletters edition editions publishing delivered "
    "donate donation support patreon minutes minute min updated update view views browser javascript enable enabled loading thanks thank please welcome join community "
    "today week weekly daily roundup series part next previous related recommended tags tag categories category filed under exclusive only available remaining purchase buy "
    "whole entire text excerpt preview original summary contact feedback tips opinions views expressed own necessarily reflect endorse "
    "formerly previously now unlocked ungated locked public publicly behind"
)
_ENGLISH_TALK = (
    "hello hi hey everyone everybody folks all let let's lets us take look looks looking dive deep into going go get got start started begin here here's there there's "
    "talk talking tell discuss discussing cover covering explore exploring explain show see find learn know want wanted need thought think thinking just really very quick "
    "short little bit something anything nothing things thing stuff about time again back new now day days year years month last long ago since still well so yes no ok okay "
    "say said make made do did done write writing wrote written different type kind sort guide guides tutorial notes note question answer topic subject idea ideas happened happens happen enough good great"
)
_ENGLISH_SMALL = (
    "a an the this that these those it its it's is are was were be been being am i i'm i've i'll i'd me my mine we we're we've we'll our ours you you're you'll your yours he she "
    "his her him they them their who whom which what when where why how and or but if then than as at by for from in of off on onto out over to up down with without not "
    "don't doesn't didn't can can't could will won't would should shall may might must has have had having one two some any many much few other others another each every "
    "both either more most also too only own same such before after while during through between because until against once"
)

# What begins or makes up a credit, an invitation or a statement, whatever else the sentence holds.
_STATED = re.compile(
    r"^\s*[▲△↑▼●■◆*【\[(（]?\s*(?:(?:文|图|报道)(?=\s*[/／|丨])|责任编辑|责编|编辑|校对|审核|监制|排版|来源|作者|记者|撰文|撰稿|采写|摄影|图源|配图|题图|封面图?|翻译|编译|出品|策划|统筹|整理"
    r"|文字|视频|监审|值班|美编|实习生|投稿|邮箱|微信|标签|分类|关键词|目录|字数|地址|电话|时间|地点|主讲|嘉宾|购买|链接|原文|原标题|参考(?:资料|文献)?)"
    r"\s*(?:[:：|丨/]|$)"
    r"|^\s*(?:▲|△|↑|图为|图[:：\d])|摄\s*[)）]?$|图[/／]|视觉中国"
    rf"|^\s*[(（【]?[^。，]{{0,12}}(?:记者|通讯员)[^。，]{{0,20}}(?:报道|摄影?|文|图)[)）】]?[。]?\s*$|^\s*[(（][^。，]{{0,20}}(?:记者|通讯员)[{HAN}\s]{{2,12}}[)）]?$"
    r"|(?:本文|文章|稿件|本稿|内容|图片|资料|信息|素材|数据)\s*(?:均|皆|全部|部分|系|仅|由|为|是|经)?\s*(?:转载|来源|来自|原标题|首发|原载|仅代表|摘自|选自|节选自|授权|AI|人工智能|机器)"
    r"|(?:本文|文章|全文)[^。，]{0,12}(?:翻译|编译|译者|译自|投稿|发表于|发布于|发布在|最先|首先发|同步发|字数|来自|出自|刊于|载于)"
    r"|(?:本文|文章|全文|本篇)[^。]{0,80}(?:整理|编译|改编|删减|节选|修订)(?:而来|而成|而得)?(?:[，。]|$)"
    r"|^\s*[（(][^（）()]*[）)]\s*[。.]?$|^\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?\s*(?:更新|修订|补充|勘误)"
    r"|(?:^\s*|(?:本文|此文|全文|原文|译文|正文|文章|内容|摘要|标题|文字|图片|配图|封面|音频|以上|以下|上文|本页|本期)[^。，]{0,6})(?:由|经)\s*(?:AI|人工智能|大模型|机器|Chat\s?GPT|GPT)[^。，]{0,10}(?:生成|翻译|整理|撰写|创作|辅助|润色|摘要)"
    r"|(?:版权|著作权)(?:所有|归|声明)|未经[^。，]{0,10}(?:授权|许可|同意|允许)|转载(?:请|自|须|需|或)|请勿转载|(?:禁止|谢绝|严禁)转载"
    r"|(?:欢迎|敬请|恳请|记得)(?:大家|各位|您|你|读者|朋友们?)?(?:来|在|前来|随时)?(?:关注|投稿|加入|订阅|留言|转发|扫码|添加|联系|收藏|评论|打赏|交流|指正)"
    r"|^\s*(?:点击|长按|扫码|扫描|关注|识别|星标)[^。]{0,30}(?:二维码|公众号|蓝字|我们|下方|上方|阅读|图片|链接|关注)"
    r"|(?:仅供参考|不构成[^。]{0,10}建议|不代表[^。]{0,12}(?:立场|观点))|(?:剩余|余下|还有)\s*\d+(?:\.\d+)?\s*[%％]|(?:订阅|购买|付费|登录|开通|解锁)[^。，]{0,8}后[^。，]{0,6}(?:可见|阅读|查看|解锁|观看)"
    r"|^\s*(?:(?:photos?|images?|pictures?|videos?)(?: (?:sources?|credits?|courtesy))?|credits?|source|related|updated|published|tags|categories|filed under|listen|watch|transcript|via|keywords|author|editor|words)\s*(?:by\b|:)"
    r"|all rights reserved|©|getty images|\bphoto(?:graph)? by\b|\(photo|\bvia (?:ap|reuters|getty)\b|appeared first on|(?:this|an? (?:\w+ )?version)\b[^.]{0,40}(?:originally|first|previously) (?:published|posted|appeared)|^[(\[]?(?:originally|first|previously) (?:published|posted|appeared)"
    r"|(?:subscribe|sign up|log in|sign in|register|upgrade|join us)\b[^.]{0,40}\b(?:to|for|now|today|our|newsletter)\b|for (?:paid |paying )?(?:subscribers|members) only"
    r"|\b(?:continue|keep) reading|\bread (?:more|on\b(?!\s\w)|on to|on for|the (?:full|rest|original|whole|entire))|click (?:here|to)|follow us|follow (?:me|him|her) on|share this (?:post|article|story|page|entry|link|video)|^share (?:this|on|via)\b|affiliate (?:links?|commission)"
    r"|(?:generated|written|translated|summari[sz]ed|assisted) (?:by|with|using) (?:an? )?(?:ai|gpt|chatgpt|machine|llm|claude)\b|\bai-(?:generated|assisted)|we use cookies|enable javascript|privacy policy|terms of (?:use|service)"
    r"|\b(?:visit|see|check out|head to|go to|reach out|contact|email)\b[^.]{0,80}\b(?:for more|for details|via e?-?mail|to learn more|to find out)\b|find out more|^(?:stay (?:up|tuned|in)|see here|keep up)\b|\bsubscribing to\b|learn more (?:at|about|here|in|on)\b"
    r"|\b\d+[ -]?min(?:ute)?s?[ -]read|^this (?:article|story|post|piece|report|series) (?:was|is|has been) (?:\w+ly )?(?:reported|produced|made|supported|funded|written|published|updated|brought|adapted|co-published|edited|free)\b"
    r"|^the (?:\w+ )?(?:article|text|story|post|piece|essay|interview|talk)(?: below| that follows)? (?:was|is|has been) (?:\w+ly )?(?:written|published|adapted|taken|translated|edited|updated)\b"
    r"|\b(?:use|enter|with) (?:the |our )?(?:promo |offer |coupon |discount )?code [A-Z0-9]{3,}\b|\d+ ?% off your (?:first|next)\b"
    r"|\b(?:independently (?:selected|chosen|reviewed|written)|(?:selected|chosen|reviewed|written) independently)\b|\bby our editor(?:s|ial team)\b"
    r"|\boriginally published (?:in|on) [^.]{1,60}, where people are\b|\b(?:continue|join|continuing|joining) the conversation\b"
    r"|\b(?:tip jar|one[- ]time donation|(?:send|make) (?:us )?an? (?:[\w-]+ )*donation)\b"
    r"|without (?:prior |written |express )*permission|^this (?:is|was) (?:another|a weekly|the \w+ (?:post|part|article)|part \w+ of|an? (?:excerpt|guest post|repost|summary))\b"
    r"|\b(?:view|watch|read|find|see|get|download|check|listen|available)\b[^.]{0,60}\bhere[.!]?$"
    r"|\bthanks to\b[^.]{1,60}\bfor (?:sponsoring|supporting)\b|\bsponsor(?:s|ed|ing)? (?:of )?th(?:is|e) (?:week|month|issue|episode|post|show|feed|newsletter)"
    r"|感谢[^，。]{1,20}(?:赞助|冠名)|本[期文][^，。]{0,6}由[^，。]{1,20}(?:赞助|冠名)"
    r"|(?:an?|this) (?:excerpt|preview) (?:from|of)",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"By (?:[A-Z][\w.'’-]+[ ,]*){1,4}(?:and\b|\||[.]?$)")
# Only what bids a reader to go on, where a report would have its subject.
_ANNOUNCED = re.compile(
    r"(?:一起|赶紧|快)?来?(?:看一?看|瞧瞧|聊一?聊|盘点)(?:一下)?(?:吧|[!！~～]?$)|(?:话|废话|闲话)(?:不多说|少说)|言归正传|直接上(?:干货|图|代码)|^(?:大家好|hello|hi\b|各位|你们?好|您好|初次见面|好久不见|好久没)"
    r"|一探究竟|^(?:我们|咱们|先)[^，。]{0,3}来[^。]{0,20}(?:一下|吧)|敬请(?:期待|关注)|^(?:下面|接下来|那么|今天)[^，。]{0,10}(?:我们|咱们|就|小编)[^，。]{0,4}(?:来|一起|就|给大家|为大家|带大家)[^。]{0,24}$"
    r"|\blet(?:'|’)?s (?:take|have) an? (?:\w+ )?(?:look|dive|peek)\b"
    r"|^let(?:'|’)?s (?:take|have|dive|look|talk|see|get|start|go|explore)\b"
    r"|^(?:good )?(?:morning|evening|afternoon),? (?:folks|all|everyone|everybody|friends)\b|^good (?:morning|evening|afternoon)\b|^happy (?:\w+day|new year|holidays)\b|^(?:dear|alrighty?|greetings|here it is|thanks|thank you|check back)\b|\bcheck back\b|\bgive (?:it|this|that|the \w+) a (?:read|try|listen|look|watch|shot)\b|^let me\b|^(?:listen (?:to|now|here|in)|watch (?:the|this|now|here|our)|tune in)\b|^before (?:i|we)\b"
    r"|^(?:i|we) hope (?:everyone|everybody|you|you're|your|all)\b|^(?:please|feel free|re-?blog|retweet|scroll (?:down|to))\b|^(?:n\.?b\.?|p\.?s\.?|note|disclaimer|spoilers?(?: alert| warning)?|heads[- ]up|fair warning|full disclosure)\s*(?:[:!—–-]|,\s)"
    r"|^warning[:!]\s+(?:\S+\s){0,4}(?:ahead|follows?|below|spoilers?)\b|^(?:注|备注|注意|提示|小贴士|剧透(?:警告|预警|注意)|p\.?s\.?)\s*[:：!！]"
    r"|^welcome (?:to|back)\b|^here(?:'|’)?s (?:what|how|why|an? (?:look|list|quick|glimpse|taste|peek|summary|overview|rundown|round-?up))\b",
    re.IGNORECASE,
)


def _alternatives(names: str) -> str:
    return "|".join(re.escape(name) for name in sorted(set(names.split()), key=len, reverse=True))


_COVERED = re.compile(f"(?P<notice>{_alternatives(_ABOUT_ITSELF)})|{_alternatives(_SMALL)}")
_TALKED = re.compile(_alternatives(f"{_ABOUT_ITSELF} {_SMALL} {_TALK}"))
_NOTICE_WORDS, _SMALL_WORDS = frozenset(_ENGLISH_NOTICE.split()), frozenset(_ENGLISH_SMALL.split())
_TALK_WORDS = frozenset(_ENGLISH_TALK.split()) | _NOTICE_WORDS | _SMALL_WORDS
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def is_notice(sentence: str, text_language: str) -> bool:
    """Whether a sentence is a credit, an invitation, or a notice of rights, paying or making."""
    folded = simplify_text(sentence)
    if _STATED.search(folded) or _BYLINE.match(sentence):
        return True
    if text_language == "zh":
        letters = notice = 0
        letters = len(letters_of(folded))
        for match in _COVERED.finditer(folded):
            if match["notice"]:
                notice += len(match[0])
            else:
                letters -= len(match[0])
        return notice >= _WORDS and notice >= _SHARE["zh"] * letters
    words = [word for word in _words(sentence) if word not in _SMALL_WORDS]
    return bool(words) and sum(word in _NOTICE_WORDS for word in words) >= _SHARE["en"] * len(words)


def announces(sentence: str) -> bool:
    """Whether a sentence greets, or only says that something will be said: 话不多说，我们来看看吧。"""
    return bool(_ANNOUNCED.search(simplify_text(sentence)))


def says_little(sentence: str, text_language: str) -> bool:
    """Whether a sentence is made of words that any talk is made of."""
    folded = simplify_text(sentence)
    if text_language == "zh":
        letters = len(letters_of(folded))
        covered = _measure_cover(_TALKED, folded)
        return letters * (1 - covered) < _LEAST["zh"] or covered >= _TALK_SHARE["zh"]
    words = _words(sentence)
    talk = sum(word in _TALK_WORDS for word in words)
    return len(words) - talk < _LEAST["en"] or talk >= _TALK_SHARE["en"] * len(words)


def _measure_cover(pattern: re.Pattern[str], sentence: str) -> float:
    letters = len(letters_of(sentence))
    return sum(len(match[0]) for match in pattern.finditer(sentence)) / letters if letters else 1.0


def _words(sentence: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(sentence)]
