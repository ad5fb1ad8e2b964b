"""What usual topics are usually about: the words that a young account has not written down yet.

A row of the table has the names under which a topic goes, and words that tell it. Anyone who knows the language would
write the same; they were not taken from titles. Names of persons are left out where they would soon be old.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from curate.config.schema import Topic
from curate.text.entry_text import fold_text

_ROWS = {
    # Money
    "财经 金融 理财 投资 经济 finance economy": "基金 债券 国债 保险 保单 投保 理赔 寿险 险企 银行 存款 贷款 信贷 利率 降息 加息 降准 汇率 外汇 人民币 美元 欧元 黄金 金价 白银 期货 原油 油价 信托 私募 公募 净值 申购 赎回 定投 信用卡 央行 货币 通胀 CPI GDP PMI 财政 税收 个税 关税 社保 养老金 年金 收益率 年化 财富 理财 金融 准备金 逆回购 基金经理 债基 货币基金 ETF QDII 保监会 银保监会 负债 信用评级 热钱 美联储 人民银行 经济学家 经济增长 进出口 顺差 逆差 bank bonds inflation",
    "股票 股市 证券 a股 stocks": "股价 个股 股指 沪指 深成指 上证 深证 创业板 科创板 中小板 北交所 沪深 两市 恒指 恒生 港股 美股 道指 纳指 标普 A股 B股 H股 涨停 跌停 涨幅 跌幅 大涨 大跌 暴涨 暴跌 牛市 熊市 反弹 回调 震荡 领涨 领跌 收涨 收跌 高开 低开 尾盘 早盘 午盘 收盘 盘中 板块 概念股 蓝筹 权重股 题材股 龙头股 主力资金 融资融券 减持 增持 解禁 限售股 停牌 复牌 重组 定增 配股 派息 券商 证券 散户 研报 目标价 评级 退市 新股 打新 破发 上市公司 业绩预告 业绩预增 股东 股权 证监会 上交所 深交所 持股 流通股 后市 stocks shares nasdaq dow",
    "商业 公司 企业 创业 创投 business startups": "融资 上市 IPO 财报 营收 净利润 收购 并购 首席执行官 CEO 创始人 董事长 高管 创业 独角兽 投资人 估值 风投 商业模式 裁员 供应链 电商 零售 门店 加盟 连锁 出海 市场份额 股权 集团 营销 竞争对手 代工 产能 关店 破产 反垄断 亏损 盈利 startup acquisition revenue layoffs funding valuation earnings",
    "电商 零售 消费 ecommerce retail": "淘宝 天猫 京东 拼多多 亚马逊 抖音 直播带货 主播 带货 电商 双十一 618 商家 店铺 超市 便利店 门店 快递 物流 外卖 退货 消费者 零售 新零售 免税 奢侈品 奶茶 咖啡 白酒 茅台",
    "房产 楼市 地产 房地产 买房 realty property": "楼市 房价 楼盘 地产 房地产 开发商 房企 户型 二手房 新房 公寓 别墅 写字楼 商铺 住宅 小区 业主 物业 买房 购房 售楼 开盘 均价 平米 平方米 居室 一居 两居 三居 四居 精装 毛坯 现房 期房 首付 房贷 公积金 限购 限贷 地王 土拍 土地 地块 拿地 容积率 绿化率 学区房 租房 租金 房租 房东 租客 中介 拆迁 棚改 旧改 经适房 经济适用房 保障房 廉租房 公租房 房产税 房产证 产权 不动产 交房 入住 样板间 样板房 城中村 楼面价 商品房 置业 联排 洋房 豪宅 新盘 楼王 板式 塔楼 复式 跃层 loft 花园 庭院 社区 商业地产 万科 碧桂园 保利 绿地 中海",
    # Learning and work
    "教育 升学 校园 education": "高考 中考 考研 考试 分数线 录取 志愿 招生 大学 高校 学院 学校 中学 小学 幼儿园 教师 老师 学生 家长 校长 教授 班主任 课程 教材 作业 复习 备考 真题 试题 试卷 英语 语文 作文 听力 四级 六级 雅思 托福 留学 签证 研究生 博士 硕士 本科 专科 高职 学位 学历 毕业 毕业生 校园 宿舍 奖学金 辅导 补习 双减 MBA 自考 成考 考生 考点 准考证 查分 保研 复试 调剂 双一流 清华 北大 哈佛 剑桥 SAT GRE GMAT 国考 省考 公务员考试 司法考试 会计师 资格考试 school students teachers university",
    "职场 招聘 求职 career": "职场 求职 简历 面试 跳槽 辞职 离职 加班 薪资 工资 年薪 月薪 年终奖 升职 同事 下属 员工 上班 下班 打工人 副业 岗位 招聘 校招 猎头 实习 裁员 劳动合同 绩效 hr 管理者",
    # Technology
    "科技 数码 it 手机 电脑 互联网 tech technology gadgets": "手机 智能手机 电脑 笔记本 平板 iPhone iPad Mac 苹果 三星 华为 小米 荣耀 OPPO vivo 诺基亚 联想 戴尔 惠普 索尼 佳能 尼康 英特尔 AMD 英伟达 高通 相机 单反 微单 卡片机 像素 屏幕 触屏 处理器 芯片 骁龙 显卡 CPU GPU 内存 硬盘 固态 主板 显示器 液晶 键盘 鼠标 耳机 音箱 路由器 智能手表 手环 无人机 安卓 Android iOS Windows 微软 谷歌 百度 腾讯 阿里 软件 浏览器 微信 微博 搜索引擎 互联网 网站 宽带 5G 4G 3G 基站 运营商 联通 电信 物联网 机器人 电池 续航 快充 评测 新品 发布会 跑分 报价 行货 降价 投影仪 打印机 散热 轻薄本 游戏本 一体机 蓝牙 WiFi USB 3D打印 黑客 漏洞 smartphone laptop chip android iphone gadget",
    "人工智能 ai 大模型 机器学习 深度学习": "人工智能 大模型 语言模型 机器学习 深度学习 神经网络 强化学习 智能体 生成式 多模态 算力 微调 提示词 具身智能 人形机器人 自动驾驶 OpenAI ChatGPT GPT Claude Gemini DeepSeek Anthropic LLM robotics AGI",
    "开发 编程 开源 程序员 计算机 coding programming software": "开源 编程 代码 程序员 架构 数据库 前端 后端 云原生 微服务 容器 开发者 框架 编译器 算法 运维 重构 GitHub Linux 内核 Python Java JavaScript TypeScript Rust Golang Docker Kubernetes SQL Redis React Vue debugging compiler framework kernel database",
    "网络安全 信息安全 cybersecurity": "漏洞 黑客 勒索 病毒 木马 数据泄露 钓鱼 隐私 加密 补丁 零日 后门 防火墙 CVE malware ransomware vulnerability breach exploit",
    "区块链 加密货币 web3 crypto": "区块链 比特币 以太坊 加密货币 虚拟货币 挖矿 矿机 代币 稳定币 NFT DeFi bitcoin ethereum blockchain token",
    "产品 设计 product design ux": "产品经理 用户体验 交互 设计 设计师 界面 原型 字体 配色 排版 图标 海报 品牌设计 工业设计 平面设计 UX UI Figma 可用性 用户研究 设计系统 typography interface",
    "汽车 新能源车 cars auto": "汽车 轿车 SUV MPV 新能源 电动车 纯电 混动 插混 油耗 排量 发动机 变速箱 底盘 轮胎 车型 新车 试驾 车主 4S店 二手车 驾驶 自动驾驶 智驾 续航 充电桩 特斯拉 比亚迪 蔚来 理想 小鹏 大众 丰田 本田 日产 宝马 奔驰 奥迪 福特 吉利 长城 奇瑞 长安 保时捷 上牌 车展 召回 驾照 停车 cars ev tesla",
    # Science and nature
    "科学 科普 science": "论文 科学家 物理 天文 生物 化学 数学 实验 实验室 基因 细胞 蛋白质 量子 粒子 黑洞 宇宙 星系 行星 恒星 望远镜 化石 恐龙 进化 物种 气候 地质 海洋 神经科学 诺贝尔 自然杂志 考古 study scientists physics quantum astronomy genome researchers",
    "航天 太空 space": "航天 火箭 卫星 飞船 空间站 航天员 宇航员 月球 火星 探测器 发射 轨道 长征 神舟 天宫 嫦娥 NASA SpaceX 星舰 rocket orbit satellite spacecraft",
    "健康 医疗 医学 养生 health medicine": "健康 医生 医院 患者 疾病 症状 治疗 药物 疫苗 感染 癌症 肿瘤 糖尿病 高血压 心脏 血管 血压 血糖 肠胃 减肥 营养 维生素 睡眠 失眠 养生 中医 中药 体检 免疫 医保 药品 临床 孕妇 vaccine cancer disease patients",
    "心理 心理健康 情感 婚恋 psychology": "心理 情绪 焦虑 抑郁 压力 孤独 自卑 性格 人格 亲密关系 恋爱 爱情 婚姻 婆婆 媳妇 老公 老婆 男友 女友 前任 分手 相亲 出轨 离婚 单身 咨询师",
    "育儿 亲子 母婴 家庭教育 parenting": "宝宝 孩子 婴儿 新生儿 怀孕 孕妈 产后 母乳 奶粉 辅食 早教 幼儿 亲子 家长 父母 爸爸 妈妈 儿童 绘本 玩具 叛逆 二胎 育儿",
    "环境 能源 气候 环保 climate energy": "气候 碳中和 碳排放 减排 污染 雾霾 环保 光伏 风电 水电 核电 电网 储能 锂电 氢能 煤炭 天然气 石油 新能源 垃圾分类 生态 物种 climate emissions solar",
    "农业 三农 农村 农产品 agriculture farming": "农业 农村 农民 农户 种植 养殖 粮食 小麦 水稻 玉米 大豆 棉花 蔬菜 水果 果树 苹果树 生猪 猪价 猪肉 养猪 牛羊 鸡蛋 化肥 农药 饲料 种子 大棚 收成 丰收 宅基地 土地流转 合作社 乡村振兴 亩产 农机",
    # The world
    "社会 民生 法治 society": "男子 女子 老人 少年 少女 女孩 男孩 男童 女童 儿子 女儿 丈夫 妻子 夫妻 夫妇 老汉 老太 大爷 大妈 小伙 警方 民警 警察 派出所 公安 被捕 抓获 被抓 被拘 拘留 嫌疑人 嫌犯 法院 判刑 获刑 被判 判决 死刑 起诉 检方 检察院 律师 杀人 杀害 杀死 命案 凶手 抢劫 盗窃 小偷 诈骗 骗子 被骗 绑架 强奸 猥亵 毒品 贩毒 赌博 醉驾 酒驾 车祸 交通事故 肇事 逃逸 坠楼 跳楼 坠亡 自杀 身亡 死亡 遇难 受伤 失踪 失联 火灾 起火 爆炸 坍塌 溺水 触电 中毒 救援 获救 消防 尸体 遗体 街头 村民 市民 居民 农民工 讨薪 乞丐 城管 保姆 暴雨 台风 地震 洪水 中奖 索赔 赔偿 纠纷 投诉 捐款 见义勇为 打人 殴打 砍伤 虐待",
    "法律 司法 law": "法律 法院 法官 律师 判决 起诉 诉讼 刑法 民法 合同 立法 司法解释 检察院 最高法 最高检 仲裁 侵权 赔偿 刑事 民事 原告 被告 条例",
    "时政 政治 politics": "总书记 国家主席 主席 总理 国务院 人大 政协 两会 中央 中共 纪委 反腐 落马 省委 市委 书记 省长 市长 部长 厅长 官员 干部 外交部 发言人 外长 大使 访华 出访 会见 会谈 会晤 峰会 声明 制裁 联合国 安理会 总统 首相 国会 议会 参议院 众议院 议员 国务卿 防长 大选 选举 竞选 投票 民调 白宫 政府 内阁 政党 共和党 民主党 台湾 两岸 国民党 民进党 南海 导弹 核武 核试验 军队 军方 空袭 恐怖袭击 恐怖分子 武装 示威 抗议 政变 难民 北约 欧盟 朝鲜 韩国 日本 伊朗 伊拉克 阿富汗 叙利亚 利比亚 埃及 以色列 巴勒斯坦 乌克兰 俄罗斯 美国 英国 法国 德国 印度 巴基斯坦 越南 菲律宾 election president parliament minister",
    "国际 世界 全球 world international": "总统 首相 联合国 外交 外长 白宫 美国 英国 法国 德国 日本 韩国 朝鲜 印度 俄罗斯 乌克兰 伊朗 以色列 巴勒斯坦 加沙 叙利亚 阿富汗 欧盟 北约 欧洲 非洲 中东 拉美 东南亚 难民 移民 制裁 停火 空袭 大选 议会 ceasefire ukraine gaza election",
    "军事 国防 military": "军事 军队 解放军 战机 轰炸机 直升机 航母 军舰 驱逐舰 护卫舰 潜艇 坦克 导弹 火炮 雷达 武器 弹药 步枪 士兵 官兵 将军 部队 演习 军演 国防 战争 战役 二战 抗战 空军 海军 陆军 美军 俄军 退役 missile troops navy",
    "交通 城市 cities transport": "地铁 公交 高铁 机场 航班 铁路 公路 隧道 大桥 拥堵 停车 骑行 共享单车 城市规划 旧城 街区 市政 城镇化 街道",
    # Leisure
    "体育 运动 足球 篮球 sports": "NBA CBA 湖人 勇士 火箭队 热火 凯尔特人 马刺 公牛 尼克斯 骑士 雄鹿 小牛 独行侠 季后赛 总决赛 常规赛 全明星 世界杯 欧洲杯 亚洲杯 欧冠 英超 西甲 意甲 德甲 法甲 中超 亚冠 足协 国足 男足 女足 男篮 女篮 女排 男排 国乒 国羽 曼联 曼城 切尔西 阿森纳 利物浦 皇马 巴萨 拜仁 国米 AC米兰 尤文 足球 篮球 排球 网球 乒乓 羽毛球 游泳 田径 马拉松 体操 跳水 举重 拳击 冰球 滑冰 滑雪 高尔夫 F1 车手 斯诺克 围棋 奥运 冬奥 亚运 全运会 金牌 银牌 铜牌 夺冠 冠军 亚军 决赛 半决赛 四强 八强 淘汰赛 小组赛 球员 球队 球星 球迷 主帅 主教练 教练 前锋 后卫 中锋 门将 中场 进球 助攻 篮板 绝杀 逆转 客场 主场 赛季 转会 续约 伤病 裁判 红牌 点球 帽子戏法 比分 战胜 击败 横扫 惨败 不敌 完胜 战平 大满贯 法网 温网 美网 澳网 赛事 赛程 football basketball tennis league match",
    "游戏 电竞 手游 game games gaming": "游戏 网游 手游 端游 页游 单机 主机游戏 玩家 公测 内测 封测 首测 开服 新服 资料片 副本 装备 战士 法师 公会 帮派 战场 攻略 魔兽 暴雪 英雄联盟 LOL DOTA 王者荣耀 绝地求生 原神 米哈游 任天堂 Switch PS3 PS4 PS5 Xbox Steam 电竞 战队 皮肤 通关 外挂 私服 玩法 RPG FPS MMO MMORPG 格斗 截图 CG 原画 激活码 点卡 道具 坐骑 阵营 关卡 怪物 江湖 武侠 仙侠 穿越火线 地下城 nintendo playstation gamers",
    "娱乐 明星 综艺 entertainment": "明星 艺人 演员 导演 主演 歌手 影帝 影后 女星 男星 电影 影片 票房 首映 上映 预告片 片场 电视剧 剧集 热播 收视 综艺 真人秀 主持人 春晚 演唱会 专辑 新歌 单曲 MV 红毯 金马 金像 金鸡 奥斯卡 戛纳 格莱美 恋情 绯闻 结婚 婚礼 离婚 分手 怀孕 产女 产子 出轨 粉丝 偶像 选秀 写真 剧组 杀青 出演 饰演 新剧 大片 好莱坞 韩星 港星 TVB 湖南卫视 古装 偶像剧 喜剧 走光 狗仔 经纪人 celebrity hollywood movie album",
    "影视 电影 电视剧 film movies": "电影 影片 导演 主演 演员 编剧 票房 首映 上映 预告片 院线 影院 影评 剧集 电视剧 纪录片 动画片 电影节 奥斯卡 戛纳 金马 豆瓣 流媒体 Netflix 续集 翻拍 film trailer director",
    "音乐 music": "音乐 歌手 歌曲 新歌 单曲 专辑 乐队 演唱会 音乐节 唱片 吉他 钢琴 交响乐 古典 摇滚 民谣 说唱 爵士 作曲 歌词 格莱美 album concert",
    "动漫 二次元 漫画 anime": "动漫 动画 漫画 番剧 新番 二次元 手办 声优 cosplay 漫展 轻小说 宫崎骏 海贼王 火影 高达 anime manga",
    "文化 艺术 展览 culture art": "艺术 展览 博物馆 美术馆 画家 油画 国画 书法 雕塑 摄影 非遗 文物 考古 故宫 敦煌 古籍 戏曲 京剧 话剧 舞蹈 诗词 拍卖 exhibition museum",
    "读书 书评 文学 出版 books literature": "读书 书评 小说 作家 作者 出版 出版社 书店 图书 图书馆 书单 诗人 诗歌 散文 随笔 译者 翻译 茅盾文学奖 诺贝尔文学奖 科幻 推理小说 传记 回忆录 新书 文学 books novel author",
    "历史 人文 社会科学 history": "历史 皇帝 皇后 朝代 秦朝 汉朝 唐朝 宋朝 元朝 明朝 清朝 民国 三国 古代 古人 大臣 将军 太监 慈禧 康熙 乾隆 朱元璋 李世民 刘备 曹操 诸葛亮 战国 帝国 革命 史学 哲学 社会学 人类学 考古",
    "旅游 旅行 出行 travel": "旅游 旅行 游客 景区 景点 自驾 攻略 酒店 民宿 机票 航班 签证 邮轮 古镇 海岛 沙滩 雪山 草原 徒步 露营 打卡 度假 导游 黄金周 世界遗产 出境游 travel hotel",
    "美食 饮食 餐饮 food": "美食 做法 食谱 火锅 烧烤 小吃 面条 饺子 米饭 早餐 甜品 蛋糕 烘焙 咖啡 奶茶 茶叶 白酒 葡萄酒 啤酒 海鲜 牛肉 羊肉 调料 厨师 餐厅 餐饮 外卖 recipe restaurant",
    "时尚 美妆 穿搭 fashion beauty": "时尚 穿搭 搭配 时装 时装周 秀场 模特 大牌 奢侈品 香奈儿 包包 高跟鞋 连衣裙 珠宝 腕表 口红 化妆 美妆 护肤 面膜 彩妆 香水 发型 美容 整形 fashion makeup",
    "家居 家装 home": "家居 装修 家具 沙发 床垫 厨房 卫生间 客厅 卧室 收纳 家电 冰箱 洗衣机 空调 扫地机器人 瓷砖 地板 涂料 软装 阳台 绿植 清洁 生活技巧",
    "星座 运势": "星座 白羊座 金牛座 双子座 巨蟹座 狮子座 处女座 天秤座 天蝎座 射手座 摩羯座 水瓶座 双鱼座 运势 塔罗 生肖 属相 风水 占卜 水逆",
    "宠物 动物 pets": "宠物 猫咪 狗狗 小猫 小狗 养猫 养狗 猫粮 狗粮 金毛 柯基 布偶 仓鼠 兽医 铲屎官 动物园 熊猫 dogs cats",
    "彩票 lottery": "彩票 双色球 大乐透 体彩 福彩 开奖 头奖 奖池 中奖 号码 投注 一等奖",
}  # fmt: skip


_WORDS = {name: tuple(words.split()) for names, words in _ROWS.items() for name in names.split()}
# the longest first: 社会科学 is neither 社会 nor 科学
_LONGEST_FIRST = sorted(_WORDS, key=len, reverse=True)
_NAME = re.compile("|".join(rf"\b{name}\b" if name.isascii() else name for name in _LONGEST_FIRST))


def usual_words(topics: Sequence[Topic]) -> list[tuple[str, ...]]:
    """For each topic the words of the usual topics that its name names (商业财经 names two): none where the editor wants
    none, and none that the editor has written under some topic, which says more."""
    taken = {fold_text(word) for topic in topics for word in (topic.name, *topic.keywords)}
    found = []
    for topic in topics:
        names = _NAME.findall(fold_text(topic.name)) if topic.lexicon else []
        words = dict.fromkeys(word for name in names for word in _WORDS[name])
        found.append(tuple(word for word in words if fold_text(word) not in taken))
    return found
