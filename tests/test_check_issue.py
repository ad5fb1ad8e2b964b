"""The checks of an issue against its originals, how grave a finding is, what an overrule is, and the letters."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import PIL.Image
import pytest

from curate.checks.base import CheckFinding
from curate.checks.overrules import read_overrules
from curate.checks.permission_mail import write_mails
from curate.checks.permit import read_permitted
from curate.checks.table import CHECKS, check_issue
from curate.checks.view import IssueView, LinkAnswer, OriginalWords
from curate.checks.word_list import read_list
from curate.desk.events import Logged, Overrule, Undo
from curate.domain.errors import ConfigError
from curate.domain.message import text
from curate.domain.model import Image, Item
from curate.domain.reprint_notice import ReprintNotice
from curate.i18n.catalogue import CATALOGUES, say
from curate.images.encode import encode
from curate.text.encoder import find_encoder
from tests.nouns import NOW, digest, item


def view(*items: Item, **changes: object) -> IssueView:
    return IssueView(digest(items=items or (item(1),)), **changes)  # type: ignore[arg-type]


def found(rule: str, looked_at: IssueView) -> list[CheckFinding]:
    return list(check_issue(looked_at, table={rule: CHECKS[rule]}).findings)


def test_every_check_has_its_words_in_both_languages() -> None:
    for check in CHECKS.values():
        for language in CATALOGUES:
            assert say(check.title, language)
            assert len(say(check.basis, language)) > 10


# --- how grave -------------------------------------------------------------------------------------------------


def test_the_same_words_are_an_error_in_our_line_and_a_warning_in_a_title() -> None:
    words = "集齐20个赞，凭截图领取一本书"
    ours = IssueView(digest(items=(item(1),), sharing=words))
    theirs = view(item(1, title=words))
    assert [(one.place, one.level) for one in found("share", ours)] == [("sharing", "error")]
    assert [(one.place, one.level) for one in found("share", theirs)] == [("title", "warn")]


def test_a_superlative_in_the_news_is_a_fact_and_in_an_advert_a_hint() -> None:
    assert not found("absolute", view(item(1, title="全网最低价的手机涨价了")))
    sells = item(
        1, title="【特惠】全网最低价，限时秒杀，扫码下单立减50元，满减券免费领", summary="点击链接购买。"
    )
    assert {one.level for one in found("absolute", view(sells))} == {"hint"}


def test_the_suggested_lines_of_the_documents_pass() -> None:
    for line in ("觉得有用，转给一位同事。", "替你省下的十分钟，也替朋友省一份。", "转给同事", "转给朋友"):
        judged = check_issue(IssueView(digest(items=(item(1, original=True),), sharing=line)))
        assert judged.findings == ()


# --- titles, quotations, links ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("original", "now"),
    [
        ("公司裁员 300 人", "公司裁员 3000 人"),
        ("药物未获批准", "药物获批准"),
        ("三季度亏损收窄至 1.2 亿", "三季度亏损收窄"),
        ("机场不关闭", "机场关闭"),
        ("No vaccine was approved", "Vaccine was approved"),
    ],
)
def test_a_title_that_says_otherwise_is_told_with_the_original(original: str, now: str) -> None:
    one = item(1, title=now)
    (told, *_) = found("title", view(one, originals={one.key: OriginalWords(original, "")}))
    assert told.level == "warn"
    assert original in say(told.advice, "zh")


@pytest.mark.parametrize(
    ("original", "now"),
    [
        ("公司裁员 300 人", "公司裁员 300 人"),
        ("重磅！公司裁员 300 人", "公司裁员 300 人"),
        ("苹果发布新款手机，售价 5,999 元", "苹果发布新款手机：售价 5999 元"),
        ("不过三年，他成了冠军", "三年里他成了冠军"),
        ("机场今日恢复运行", "机场恢复运行"),
    ],
)
def test_a_title_that_is_only_put_better_is_no_warning(original: str, now: str) -> None:
    one = item(1, title=now)
    told = found("title", view(one, originals={one.key: OriginalWords(original, "")}))
    assert [each for each in told if each.level == "warn"] == []


@pytest.mark.parametrize(
    ("letters", "length", "level"),
    [
        (100, 1000, ""),
        (100, 260, ""),
        (100, 0, ""),
        (90, 100, "hint"),
        (180, 250, "warn"),
        (120, 280, "hint"),
        (30, 400, ""),
    ],
)
def test_the_share_of_an_original_that_is_quoted_is_told(letters: int, length: int, level: str) -> None:
    told = found("quote", view(item(1, summary="字" * letters, length=length)))
    assert [one.level for one in told] == ([level] if level else [])


def test_a_notice_is_a_warning_where_a_picture_or_much_of_the_text_is_taken() -> None:
    forbidden = ReprintNotice("forbidden", "未经授权，不得转载")
    picture = Image("https://p.example/1.jpg", file="images/1.jpg")
    assert [o.level for o in found("reprint", view(item(1, notice=forbidden)))] == ["hint"]
    assert [o.level for o in found("reprint", view(item(1, notice=forbidden, image=picture)))] == ["warn"]
    assert found("reprint", view(item(1, notice=ReprintNotice("credit", "转载请注明出处")))) == []
    assert found("reprint", view(item(1, notice=ReprintNotice("license", "CC BY 4.0")))) == []
    assert len(found("reprint", view(item(1, notice=ReprintNotice("license", "CC BY-NC 4.0"))))) == 1


def test_links_are_judged_only_where_somebody_asked() -> None:
    one = item(1, url="http://a.example/1")
    assert found("link", view(one)) == []
    answers = {
        "error": LinkAnswer(one.url, text("没有了"), is_gone=True),
        "warn": LinkAnswer("https://other.example/"),
        "hint": LinkAnswer(one.url, is_secure=True),
    }
    for level, answer in answers.items():
        assert [each.level for each in found("link", view(one, links={one.key: answer}))] == [level]
    secure = item(1)
    assert found("link", view(secure, links={secure.key: LinkAnswer(secure.url, title=secure.title)})) == []
    changed = LinkAnswer(secure.url, title="第 2 条消息")
    assert [each.level for each in found("link", view(secure, links={secure.key: changed}))] == ["warn"]


def test_only_an_issue_of_our_own_pieces_may_be_declared_original() -> None:
    assert len(found("original", view(item(1), item(2, original=True)))) == 1
    assert found("original", view(item(1, original=True))) == []


# --- permits ---------------------------------------------------------------------------------------------------

NEWS = (
    "外交部发言人就停火协议答记者问并回应提问",
    "国务院印发养老服务意见",
    "化工厂爆炸致 3 人遇难",
    "某省委原副书记被查",
    "总统与议会谈判破裂，内阁辞职",
)
NO_NEWS = (
    "新手机发布，续航多一天",
    "怎样挑一颗西瓜",
    "读书会本周六举行",
    "国产数据库性能评测",
    "程序员的书单",
)


@pytest.mark.parametrize("title", NEWS)
def test_licensed_news_is_told_where_the_account_has_no_permit(title: str) -> None:
    assert found("permit", view(item(1, title=title), licence="none"))
    assert not found("permit", view(item(1, title=title)))


@pytest.mark.parametrize("title", NO_NEWS)
def test_other_news_needs_no_permit(title: str) -> None:
    assert not found("permit", view(item(1, title=title), licence="none"))


def test_a_section_of_public_affairs_is_a_warning() -> None:
    told = found("permit", view(item(1, topic="world"), topics={"world": "国际时政"}, licence="none"))
    assert [one.level for one in told] == ["warn"]


def test_a_permit_for_reprints_holds_for_listed_sources_alone() -> None:
    one = item(1, title=NEWS[0], source="新华社")
    listed = read_permitted("# 名单\n新华社\nwww.people.example\n")
    assert not found("permit", view(one, licence="reprint", permitted=listed))
    other = replace(one, source="路边社")
    assert found("permit", view(other, licence="reprint", permitted=listed))
    hosts = {other.key: "politics.people.example"}
    assert not found("permit", view(other, licence="reprint", permitted=listed, hosts=hosts))
    assert found("permit", view(replace(one, original=True), licence="reprint", permitted=listed))


# --- overrules and letters -------------------------------------------------------------------------------------


def test_an_overrule_holds_while_the_same_is_found() -> None:
    ours = IssueView(digest(items=(item(1, original=True),), sharing="转发后可见答案"))
    (one,) = check_issue(ours).findings
    judged = check_issue(ours, {one.key: "法务看过"})
    assert judged.findings == ()
    assert judged.overruled == ((one, "法务看过"),)
    changed = IssueView(digest(items=(item(1, original=True),), sharing="转发给三个群后可见答案"))
    assert check_issue(changed, {one.key: "法务看过"}).level == "error"
    moved = IssueView(digest(items=(item(1, title="转发后可见答案"), item(2))))
    (key,) = {each.key for each in found("share", moved)}
    later = IssueView(digest(items=(item(2), item(3, entry="id-1", title="转发后可见答案"))))
    assert key in {each.key for each in found("share", later)}, "a number that moves changes nothing"


def test_the_account_may_ignore_a_rule_with_its_reason() -> None:
    judged = check_issue(view(item(1)), ignored={"original": "从不声明"})
    assert judged.findings == ()
    assert [reason for _, reason in judged.overruled] == ["从不声明"]


def test_the_log_is_the_record_of_what_was_accepted() -> None:
    said = [
        Overrule("k1", "share", "像诱导分享", "法务看过", "王"),
        Overrule("k2", "title", "少了数字", "四舍五入", "李"),
    ]
    log = tuple(Logged(n, event, NOW, "terminal") for n, event in enumerate(said, 1))
    held = read_overrules(log)
    assert (held["k1"].event.by, held["k1"].at, held["k2"].event.text) == ("王", NOW, "四舍五入")
    assert set(read_overrules((*log, Logged(3, Undo(), NOW, "desk")))) == {"k1"}
    back = Logged(3, Overrule("k1", "share", "", "", "王"), NOW, "desk")
    assert set(read_overrules((*log, back))) == {"k2"}


def test_a_letter_goes_to_each_source_that_wants_to_be_asked() -> None:
    asks = ReprintNotice("permission", "转载请联系 editor@a.example")
    items = (
        item(1, notice=asks, author="王记者", length=400),
        item(2, notice=asks, image=Image("https://p.example/", file="images/2.jpg")),
        item(3, notice=ReprintNotice("credit", "转载请注明出处"), source="乙报"),
        item(4, notice=ReprintNotice("forbidden", "禁止转载"), source="丙报"),
    )
    mails = {mail.source: mail for mail in write_mails(view(*items))}
    assert set(mails) == {"甲报", "丙报"}
    body = mails["甲报"].body
    for said in ("第 1 条消息", "第 2 条消息", "王记者", "https://a.example/1", asks.text, "早读"):
        assert said in body
    assert "2 篇" in mails["甲报"].subject


def test_a_list_of_words_tells_its_mistakes_by_their_lines() -> None:
    with pytest.raises(ConfigError) as told:
        read_list("好词\n/(/\n", "mine.txt")
    assert "mine.txt 第 2 行" in told.value.problems[0]


def test_an_own_sentence_is_judged_by_its_meaning_too() -> None:
    """Words that no pattern has, by the encoder that is installed; a hint, since it may be wrong."""
    encoder = find_encoder()
    assert encoder
    own = {"closing": "转发量到五百，我把压箱底的资料放出来。\n第三条的标题我们改过，原题太长。"}
    told = [one for one in found("share", view(own=own, encode=encoder.encode)) if one.place == "closing"]
    assert [(one.level, one.found) for one in told] == [("hint", "转发量到五百，我把压箱底的资料放出来。")]
    assert not found("share", view(own=own))


@pytest.mark.parametrize(
    "metadata",
    [
        b"http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
        b'<TC260:AIGC>{"Label":"1","ContentProducer":"x"}</TC260:AIGC>',
        b'AIGC: {"Label": "1"}',
    ],
)
def test_a_picture_that_says_that_a_machine_made_it_is_told(metadata: bytes) -> None:
    file = BytesIO()
    drawn = PIL.Image.linear_gradient("L").resize((600, 400)).convert("RGB")
    exif = PIL.Image.Exif()
    exif[0x010E] = metadata.decode()  # ImageDescription
    drawn.save(file, "JPEG", exif=exif)
    plain = BytesIO()
    drawn.save(plain, "JPEG")
    assert encode(file.getvalue()).is_generated
    assert not encode(plain.getvalue()).is_generated
    picture = Image("https://p.example/", file="images/1.jpg", is_generated=True)
    assert [each.level for each in found("declare", view(item(1, image=picture)))] == ["warn"]
    assert not found("declare", view(item(1, image=replace(picture, is_generated=False))))
