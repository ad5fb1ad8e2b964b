"""Made-up events told several times, and pieces on the same subjects that are other events.

Written for these tests: floors of the merging that need no data from elsewhere. `event` is "" for what stands alone.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Telling:
    event: str
    title: str
    text: str


TELLINGS = tuple(
    Telling(*row)
    for row in (
        ("quake", "栖霞岛附近海域发生5.6级地震 暂无人员伤亡", "栖霞岛以东四十公里海域今晨发生5.6级地震，震源深度十五千米，岛上渡轮停航半天。"),
        ("quake", "今早的摇晃，把栖霞岛的人都摇醒了", "5.6级地震过后，栖霞岛渡轮码头排起长队，供电两小时后恢复，没有人受伤。"),
        ("quake", "Magnitude 5.6 quake off Qixia Island halts ferries", "A 5.6 quake struck 40 kilometres east of Qixia Island at a depth of 15 kilometres. Ferries stopped for half a day."),
        ("", "北坪县4.1级地震 震感轻微", "北坪县昨夜发生4.1级地震，部分村庄有震感，未见损失报告。"),
        ("merger", "云帆物流宣布收购飞梭快递", "云帆物流以十八亿元收购飞梭快递，合并后网点增至四千二百个，飞梭品牌保留两年。"),
        ("merger", "18亿元，飞梭卖了：云帆图的是什么", "云帆物流买下飞梭快递，看中的是县城的四千二百个网点，创始人何砚留任。"),
        ("merger", "飞梭快递的老员工怎么看被收购", "收购消息传出后，飞梭快递的分拣员最关心社保，云帆承诺两年内不裁员。"),
        ("", "云帆物流上半年营收增长一成", "云帆物流公布半年报，营收六十二亿元，冷链业务首次盈利。"),
        ("", "快递涨价潮来了？三家公司调整计费方式", "三家快递公司先后调整首重价格，续重不变，电商件不受影响。"),
        ("model", "临洲大学开源语音模型“知音”，听得懂七种方言", "临洲大学发布开源语音模型知音，覆盖七种方言，错误率4.8%，普通笔记本可离线运行。"),
        ("model", "“知音”来了：一个听懂外婆说话的模型", "用外婆的录音试了试知音，方言识别错误率标称4.8%，临洲大学说权重全部开放。"),
        ("model", "Linzhou University opens Zhiyin, a speech model for seven dialects", "Zhiyin runs offline on a laptop, with an error rate of 4.8 percent, says Linzhou University."),
        ("", "语音助手为何总听错名字", "名字里的生僻字和方言口音，是语音助手听错的两大原因，工程师给出三个办法。"),
        ("library", "鹿鸣路图书馆今起24小时开放", "鹿鸣路图书馆通宵开放，凌晨有热水和值班员，首夜来了一百六十人。"),
        ("library", "凌晨三点，鹿鸣路图书馆还有四十个人", "通宵开放首夜，鹿鸣路图书馆来了一百六十人，多是备考的学生和下夜班的护士。"),
        ("", "城东图书馆闭馆修缮三个月", "城东图书馆因屋面渗水闭馆修缮，预约图书可到鹿鸣路图书馆取。"),
        ("", "一座图书馆的噪声地图", "把分贝仪放进阅览室一周，我们画出了图书馆的噪声地图，最吵的是饮水机旁。"),
        ("rate", "央行宣布下调存款准备金率0.25个百分点", "央行决定下调存款准备金率0.25个百分点，释放长期资金约五千亿元，十二月五日起执行。"),
        ("rate", "降准0.25个百分点，对房贷有什么影响", "央行降准释放约5000亿元，专家说存款准备金率下调不等于房贷利率立刻下降。"),
        ("", "一家县城银行把存款利率调低了", "县城的一家村镇银行把三年期存款利率调低十五个基点，储户排队转存。"),
        ("rocket", "Kestrel-3 reaches orbit on its second attempt", "The Kestrel-3 rocket of Halden Aerospace reached orbit on Friday and put nine satellites at 540 kilometres."),
        ("rocket", "Halden's small rocket makes it at last", "Four months after a failed start, Halden Aerospace's Kestrel-3 placed nine satellites into a 540 kilometre orbit."),
        ("rocket", "哈尔登公司的红隼三号火箭入轨成功 Kestrel-3", "Halden Aerospace 的 Kestrel-3 第二次发射成功，把九颗卫星送入540公里轨道。"),
        ("", "Rocket maker Halden Aerospace names a new finance chief", "Halden Aerospace hired Petra Lindqvist as its chief financial officer; she led a shipping group before."),
        ("", "Why small rockets fail twice as often", "A review of a decade of launches finds that small rockets fail twice as often as large ones, mostly in staging."),
        ("bird", "消失三十年的黑嘴信天翁重回雁栖礁", "巡护员在雁栖礁拍到十一只黑嘴信天翁，上一次记录在三十年前。"),
        ("bird", "它们回来了：雁栖礁的十一只信天翁", "雁栖礁巡护员拍下十一只黑嘴信天翁求偶，专家称人工鸟鸣诱引起了作用。"),
        ("", "观鸟新手带什么望远镜", "八倍还是十倍？观鸟协会的老师给新手的三条建议，以及两副入门望远镜的比较。"),
        ("", "会员日全场五折，领券再减二十", "会员日来了，全场五折起，领券再减二十元，限时三天，扫码进群。"),
        ("", "会员福利：领券立减三十，限时一天", "会员专享福利，领券立减三十元，限时一天，扫码即领，先到先得。"),
    )
)  # fmt: skip
