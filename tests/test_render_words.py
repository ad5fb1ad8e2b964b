"""What the platform punishes in words is told, and news about it is not."""

from __future__ import annotations

import pytest

from curate.render.wechat.lint import lint_fields
from curate.render.wechat.lint_words import find_punished

INDUCEMENTS = (
    "转发到朋友圈，截图发给我们领取红包。",
    "关注本号后回复 666 才能看到完整答案。",
    "加微信 abc12345 进群，电话 13800138000。",
    "集满38个赞即可免费领取一本书",
    "分享本文至三个群，凭截图领资料包",
    "把这篇文章转给三位好友就能抽奖",
    "点在看并转发朋友圈，抽三位读者送书",
    "邀请5位好友进群，免费送课程",
    "想领红包？只需转发本文到朋友圈",
    "不转不是中国人",
    "必转！为了家人都看看",
    "轉發本文到朋友圈，即可領取禮品",
)
FOLLOWING = (
    "关注本号后回复 666 才能看到完整答案。",
    "关注公众号，领取福利",
    "先关注再阅读全文",
    "请先关注我们，才能继续阅读",
    "点击上方关注，即可下载资料",
    "关注“早读”后回复“资料”获取下载链接",
)
CONTACTS = (
    "QQ群：123456789",
    "联系微信号：wx_abc123",
    "VX：lucky8888",
    "咨询热线 400-123-4567",
    "电话：010-62345678",
    "手机 138 0013 8000",
)
NEWS = (
    "市场监管总局：多家平台转发不实信息被处罚",
    "他把照片分享到朋友圈，收到很多祝福",
    "央行关注后续走势，投资者可以看到更多数据",
    "转给一位同事，如果你觉得有用。",
    "投资者关注公司能否获得新订单",
    "公司向股东派发现金红包两亿元",
    "关注儿童近视：先看光照，再看时长",
    "读者来信分享了她的经验，获得编辑部好评",
    "该基金规模 13812345678 元",
    "见 https://site.example/13800138000.html",
    "用户分享链接数同比增长三成",
    "微信支付新增 5 项功能",
    "QQ 音乐月活 5.2 亿",
    "微信 WeChat Pay 在海外上线",
    "如果觉得有用，欢迎转发给朋友。",
    "他们关注了三个问题，再回到现场，看到了变化",
    "研究团队分享数据后，其他人可以获得同样的结果",
    "关注我们，明天见。",
    "点赞之交也能获得支持",
    "折后每瓶百元，再叠加优惠券，有需要的值友可以关注一下。",
)


@pytest.mark.parametrize("text", INDUCEMENTS)
def test_inducements_are_told(text: str) -> None:
    assert [rule for rule, _ in find_punished(text)]


@pytest.mark.parametrize("text", FOLLOWING)
def test_following_for_access_is_told(text: str) -> None:
    assert "words-follow" in [rule for rule, _ in find_punished(text)]


@pytest.mark.parametrize("text", CONTACTS)
def test_contact_data_is_told(text: str) -> None:
    assert [rule for rule, _ in find_punished(text)] == ["words-contact"]


@pytest.mark.parametrize("text", NEWS)
def test_news_of_sharing_following_and_numbers_is_left_alone(text: str) -> None:
    assert list(find_punished(text)) == []


def test_title_and_summary_are_looked_at_too() -> None:
    (found,) = lint_fields("转发到朋友圈即可领取红包", "摘要", "", "zh")
    assert (found.rule, found.level) == ("words-share", "warn")
    assert "红包" in found.what
    assert "分享" in found.consequence
