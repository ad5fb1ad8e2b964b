"""The words in which a site speaks to its visitor instead of telling a story: tables that `notices.py` reads by.

Notices that are no articles are written in few words: who is spoken to, what he may not do, and what he must do first. Each sentence is
looked at twice. How much of it is made of REGISTER, the common words of all notices? And does it join the ideas of a
rule of RULES? An article about captchas joins them as well, but is made of other words.

Chinese is compared in simplified characters (`scripts.py`).
"""

from __future__ import annotations

# --- the register ---------------------------------------------------------------------------------------------

_ZH = """
您好 您的 您 你的 你 请您 请 我们 本次 本页 本站 本 该 此 当前 现在 目前 正在 已经 已 曾 被 之后 以后 后 前 即可 方可 才能
可以 可能 可 需要 需 必须 应 无法 不能 不可 不支持 不存在 不符 不 未 没有 没 尚未 尚 的 地 得 了 吗 吧 呢 或者 或 和 与 及 以及
并且 并 而 以 为了 为 由于 因为 因 由 对 从 在 至 到 将 把 会 是 有 如果 如有 如需 如 若 再次 再 先 仅限 仅 只 最 更多 更 其他 其它
所有 全部 部分 一个 一下 一 二 三 几 进行 使用 通过 根据 按照 按 依照 自动 秒钟 秒 分钟 稍后 稍候 稍等 暂时 暂 临时 很抱歉 抱歉
对不起 不好意思 非常 感谢 谢谢 理解 谅解 支持 配合 如有疑问 疑问 帮助 联系 客服 管理员 运营者 运营 了解 情况 原因 详情 提示
温馨 友情 通知 公告 页面 页 网页 网站 网址 站点 站 内容 文章 文 正文 全文 原文 本文 信息 链接 地址 浏览器 账号 公众号 号 用户 会员 作者
发布者 发布 发表 主人 微信 手机 电脑 设备 客户端 应用 app 小程序 二维码 码 网络 环境 系统 服务器 服务 请求 数据 资源 首页 主页 上一页 返回
顶部 搜索框 搜索 关键词 协议 条款 政策 法律 法规 相关 规定 隐私 权限 订阅 版本 密码 口令 图形 图片 字符 机器人 机器 人机 真人 人类 程序
脚本 javascript js cookies cookie 防火墙 安全 地区 区域 国家 所在 版权 限制 访问者 访客 访问 浏览 打开 查看 阅读 观看 收听 显示 展示 加载 继续
跳转 刷新 重试 重新 点击 轻触 触摸 长按 按住 按钮 扫描 扫一扫 扫码 扫 识别 滑动 拖动 拖拽 完成 验证码 验证 校验 认证 确认 确定 检测 检查
登录 登陆 登入 注册 绑定 关注 关闭 开启 启用 开通 打开 购买 付费 支付 解锁 升级 更新 下载 安装 更换 切换 设置 设定 输入 提交 申诉 投诉 举报
删除 删 移除 下架 撤回 撤下 屏蔽 拦截 拦 阻断 阻止 拒绝 禁止 封禁 封停 冻结 停用 停止 迁移 迁至 搬家 更名 改名 变更 转移 原账号 新 旧 失效 过期
维护 繁忙 忙碌 拥挤 出错 错误 错 失败 故障 异常 不正常 正常 频繁 频率 过快 过多 太快 太多 过于 次数 可疑 行为 操作 违规 违反 侵权 涉嫌 违法
找不到 未找到 找 走丢 丢失 丢 迷路 保护 确保 保障 尝试 试试 完整 剩余 感兴趣 寻找 左上角 右上角 角 上方 下方 向上 向下 下一个 上 下 左 右 中 去 来
处理 解决 恢复 换一张 换一换 预计 敬请 不便 带来 给 见 明早 明天 今晚 点 分 半 小时 天 禁 起 止 耐心 大约 还需 剩下 免费 不再 提供 注销 回收 发送者 发送 自主 有误 头条 精彩 文字 字 看 我 机型 内核 建议 推荐 谷歌 chrome edge firefox safari 加载中 初始化 环节 步骤 稍 请求者 所属 主体 归属 对应 相应 存在 排队 等待 等候 人数 人 较多 过 通行 路过 门 知道 取消 同意 接受 拒收 去看看 看看 别处 他人 他 它 们 这里 这 那 哦 啦 呀 噢 哎呀
分享 一篇 转载 来源 于 来自 转自 以下 播放器 播放 视频 音频 倍速 倍 全屏 进度条 横屏 竖屏 暂停 静音 超清 高清 标清 流畅 模式 标签 画质 弹幕 轻 百分之 滑块
平台 公众平台 规范 说明 域名 出售 待售 续费 所有者 注册商 控制台 尽快 主题 话题 微博 笔记 帖子 帖 问题 动态 是否 似乎 再试
拼图 缺口 图中 依次 指定 位置 方式 版 试用 权益 身份 已满 人工 审核 仍 依然 就 都 也 还 则 时 内 外 间 期间 时间 日 ip 时候 技术 防护 攻击 恶意
流量 来路 ddos 证明 自己 不是 阅读全文 查看全文 展开 电子邮箱 邮箱 请求量 超出 超过 上限 配额 额度 参数 编号 代码 码为 状态 私密 仅自己 可见 权限不足
"""
_EN = """
a an the this that these those it its your you we our us i is are was were be been being has have had do does did not no or and
but if as at by for from in into of on to with without up out off only just also again more most than then there here when while
once until before after because due may might can could cannot will would should must need needs needed please sorry oops oh hello
welcome thank thanks page pages site website web webpage content contents article articles story post posts item link links url
address resource document file server service services system request requests requested requesting access accessing accessed
accessible visit visiting visitor visitors view viewing viewed read reading continue continuing proceed proceeding return back home
homepage go went gone try trying later few moment moments second seconds minute minutes wait waiting shortly soon temporarily
temporary currently now unavailable available unable found find exist exists existed longer moved removed deleted taken down
withdrawn expired invalid missing lost broken error errors wrong something happened problem issue issues blocked block denied
deny forbidden restricted restriction limited limit reached exceeded allowed permission permissions authorized unauthorized
verify verifying verification verified check checking challenge captcha human humans robot robots bot bots automated automatic
automatically unusual suspicious activity traffic network computer device browser browsers javascript js cookie cookies enable
enabled disable disabled turn support supported unsupported update upgrade secure security connection protect protected protection
malicious legitimate attack attacks ddos firewall owner administrator admin contact us support help if sign signed signing log
logged logging login register registered registration account accounts create free subscribe subscriber subscribers subscribed
subscription member members membership premium paid pay plan plans start trial unlock full already password email enter click
tap press hold button below above following link complete completing solve puzzle slide drag region country location territory
legal reasons maintenance undergoing scheduled performing upgrading back online rate too many often slow ip id ray reference
incident code status cloudflare review needs reviewing app apps open download install scan qr mobile phone using use used uses
via order properly work works working correctly experience load loading loaded appear appears seems see seeing why what who how
refresh reload ensure sure make prove confirm think looking looks like any some other another search homepage safe agree accept
consent privacy policy terms purposes choose manage settings video audio play player pause mute fullscreen quality speed copyright
owing host hosting suspended closed private hidden violates violated violating violation standards community guidelines rules
instructions information data store action actions performed trigger triggered triggers several including submitting certain word phrase
sql command malformed solution resolve itself email doing came bottom deliver delivering maintain gateway bad internal timeout time-out
nginx apache openresty cloudfront guard automatic redirect redirected redirects solve occasionally pose processing another different
details detail learn slow connect connecting typed mistyped typo old outdated bookmark bookmarked exactly spelling spelled
sent send coming come get really it's detected systems instead device devices menu navigation correct incorrect
storing stand required require requires attention pardon interruption browsing made unsuccessful incapsula imperva vercel akamai datadome checkpoint
recognize attempting belonging european economic area union eu date better best unlimited limits exceeding whoops confirming
protecting gdpr unfortunately apologize apologies inconvenience caused patience hours hour today tomorrow ago days day month
weixin wechat official platform regulations viewed hmm something else anything went wrong occurred application exception client side console information
components render rendering domain domains parked sale inquire related searches author authors username database result results returning displaying working administrators visitors loads incorrectly establish establishing
week making per allowance remaining left public authenticate authentication authorised authorise session timed resume resuming step steps one
 understand reason reasons doesn t re isn don couldn couldn't can't don't doesn't
we're you're you've isn't it's aren't wasn't has hasn't let's let take takes
"""
REGISTER_ZH = tuple(
    sorted({word for word in _ZH.split() if not word.isascii()}, key=lambda word: (-len(word), word))
)
REGISTER_LATIN = frozenset([*_EN.split(), *(word for word in _ZH.split() if word.isascii())])

# --- the rules ------------------------------------------------------------------------------------------------
# A rule joins ideas: of each row all must stand in one sentence. The kinds in the order in which they are asked.
# What a site says of itself (系统维护中，请稍后再试) and what a town says of its water (因维护停水，敬请谅解) differ in what
# is down; so the second idea is the site's own parts and never the mere 请 or 您.

RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("deleted", (r"删除|下架|撤回|撤下|移除|清空|隐藏|私密|仅自己可见", r"内容|文章|文|作者|发布者|发布|作品|原帖|帖子|主人|页面|该|此|博文|微博", r"已|被|由|抱歉|设为|可见|无法|不能|不可")),
    ("deleted", (r"违规|违反|违法|侵权|投诉|举报|涉嫌|不符合", r"无法|不能|不可|屏蔽|停止|查看|访问|浏览|封|冻结|停用|规定")),
    ("deleted", (r"\b(?:removed|deleted|taken down|withdrawn|violat\w+|suspended|private)\b", r"\b(?:page|post|article|content|story|item|author|account|owner|publisher|user|url|link|it)\b", r"\b(?:this|that|has|have|been|was|were|is|are|may|by|you|violat\w+)\b")),
    ("deleted", (r"注销|无法查看|无法显示|不可见", r"内容|账号|文章|原账号|发送|微博|动态|帖|笔记|视频")),
    ("missing", (r"不存在|未找到|找不到|没有找到|失效|已过期|404", r"页|内容|文章|链接|地址|网址|资源|信息|请求|访问|文件|帖|首页|主题|话题|用户|问题|动态|微博|视频|笔记")),
    ("missing", (r"走丢|迷路|丢失|不见了|飞走", r"页|内容|文章|链接|地址|网址|首页")),
    ("missing", (r"\b(?:not found|not (?:be )?f(?:ou|i)nd|does(?:n.?t| not) exist|no longer (?:available|exists?|here)|may have (?:been )?(?:moved|removed)|can.?t (?:be found|find)|could ?n.?t find|missing|broken link|gone)\b", r"\b(?:page|article|content|story|post|url|link|resource|address|looking for|requested|404)\b")),
    ("parked", (r"域名", r"出售|待售|过期|到期|续费|停放|转让")),
    ("parked", (r"\bdomain\b", r"\b(?:for sale|parked|expired|buy|purchase|inquire|renew\w*)\b")),
    ("migrated", (r"迁移|迁至|搬家|更名|改名|转移|变更", r"[该此原]\S{0,4}(?:号|主体|站|页)|账号已|新址|新的(?:账号|公众号|地址)")),
    ("migrated", (r"\b(?:account|page|site|blog|channel)\b", r"\b(?:migrated|has moved|have moved|moved to)\b")),
    ("blocked", (r"验证|校验|认证|滑块|滑动|拖动|按住|拼图|机器人|人机|真人|安全检查|安全检测", r"继续|请|完成|即可|访问|浏览|进行|查看|正在|您|你|点击|不是")),
    ("blocked", (r"异常|可疑|频繁|频率|过快|过多|太快|过高|恶意|攻击|自动化", r"访问|请求|操作|环境|网络|流量|行为|\bip\b")),
    ("blocked", (r"拦截|阻断|阻止|拒绝|禁止|封禁|未授权|没有权限|无权|权限不足", r"访问|请求|您|你|页|防火墙|防护|安全|\bip\b")),
    ("blocked", (r"\b(?:verify|verifying|verification|captcha|robots?|human|bots?|challenge|puzzle|slider?|press and hold|security check|checking (?:your|the|if|that|you))\b", r"\b(?:continue|proceed|please|complete|access|you|your|browser|site|page|are|before|need)\b")),
    ("blocked", (r"\b(?:unusual|suspicious|automated|malicious|too many|rate limit\w*|too (?:often|fast))\b", r"\b(?:traffic|requests?|activity|access|network|visits?|ip|you|your)\b")),
    ("blocked", (r"\b(?:blocked|denied|forbidden|refused|not allowed|unauthorized|(?:don.?t|do not) have permission|not authorized|just a moment|ddos|attention required|security checkpoint)\b", r"\b(?:access|you|your|request|site|page|server|security|firewall|protection|ip|ray|a moment|resource|attention|checkpoint)\b")),
    ("login", (r"登[录陆入]|扫码登|注册", r"请先|先登|后|才能|即可|需|必须|查看|阅读|浏览|继续|尚未|未|没有|立即|(?:请|您|你)\S{0,2}登[录陆入](?:\W|$)|登[录陆入]\S{0,4}(?:账号|密码)")),
    ("login", (r"\b(?:log ?in|sign ?in|logged in|signed in|register|create an? (?:free )?account|password)\b", r"\b(?:please|to (?:continue|read|view|see|access|proceed|your|comment|this)|must|needs?|required|continue|first|or|an account|your password)\b")),
    ("paywall", (r"订阅|付费|会员|购买|解锁|开通|试读|支付", r"阅读|继续|全文|剩余|查看|解锁|后|可看|内容|本文|专享|权益")),
    ("paywall", (r"\b(?:subscri\w+|members?|membership|premium|paid|unlock|paywall|free trial|free articles?|unlimited)\b", r"\b(?:read|continue|access|only|already|full|this (?:article|story|content|post)|for|unlock|exclusive|to|limit)\b")),
    ("region", (r"地区|区域|国家|所在地|版权", r"无法|不能|不可|不支持|限制|暂不|未开放|仅限")),
    ("region", (r"\b(?:region|country|location|territory|european|gdpr|legal reasons)\b", r"\b(?:not available|unavailable|restricted|blocked|cannot|can.?t|unable|isn.?t available)\b")),
    ("script", (r"javascript|java script|脚本|浏览器", r"启用|开启|打开|支持|禁用|过低|过旧|升级|版本|更换|不兼容")),
    ("script", (r"\bjava ?script\b|\bbrowser\b", r"\b(?:enabled?|requires?d?|needs?|turn on|without|disabled|unsupported|outdated|out of date|(?:not|n.?t) support\w*|upgrade|older)\b")),
    ("consent", (r"\bcookies?\b|\bprivacy\b|\bconsent\b|隐私|cookie", r"\b(?:accept|agree|consent|before you continue|manage|partners)\b|同意|接受")),
    ("app", (r"扫一扫|扫码|扫描|二维码|客户端|小程序|微信|手机|\bapp\b", r"打开|开启|查看|阅读|下载|完整|使用|安装|观看")),
    ("app", (r"版本", r"不支持", r"升级|更新")),
    ("app", (r"\b(?:the app|our app|mobile app|qr code|in app|app store)\b", r"\b(?:open|view|download|scan|continue|read|install|get|use)\b")),
    ("busy", (r"维护|升级|繁忙|拥挤|出错|故障|系统错误|服务器错误|排队|开小差|加载失败|超时", r"系统|网站|服务|本站|站点|站[正已暂]|页|稍[后候等]\S{0,2}[再重访试刷]|[再重]试|刷新")),
    ("busy", (r"不可用|无法访问|不能访问|暂时关闭|暂停访问", r"服务|网站|本站|站点|页|稍[后候等]|[再重]试|返回")),
    ("busy", (r"\b(?:maintenance|overloaded|temporarily|try again|something went wrong|an error occurred|internal server error|bad gateway|gateway time-?out|service unavailable|be back|high demand)\b", r"\b(?:site|website|service|server|we|please|again|later|page|wrong|error|unavailable|gateway|demand|back)\b")),
    ("busy", (r"\bapplication\b|\bdatabase\b|\bweb ?server\b|\borigin\b|\berror code 5\d\d\b", r"\b(?:error|contact|connection|connecting|down|returning|refused|timed out|unreachable|unknown|exception|5\d\d)\b")),
    ("reprint", (r"转载|转自|分享|以下文章|来源于", r"一篇|阅读全文|查看|来源于|原文|文章|点击|全文")),
    ("player", (r"播放|倍速|全屏|进度条|横屏|静音", r"倍速|全屏|进度|横屏|暂停|超清|流畅|继续|不支持|画质")),
    ("player", (r"\b(?:play|pause|player|video|audio)\b", r"\b(?:mute|fullscreen|seek|playback|speed|volume|not support|quality)\b")),
    ("message", (r"加载|跳转|稍候|稍等|\b(?:please wait|loading|redirect\w*)\b", r"请|正在|中|\b(?:wait|you|your|now|loading|this)\b")),
)  # fmt: skip
