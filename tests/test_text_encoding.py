import codecs
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.text.encoding import decode

SIMPLIFIED = "今天上午，市图书馆新馆向读者开放，首日来了三千多人。馆长说，夜里也开门。"
TRADITIONAL = "今天上午，市圖書館新館向讀者開放，首日來了三千多人。館長說，夜裡也開門。"
PAGE = "<html><head>{meta}<title>{text}</title></head><body><p>{text}</p></body></html>"


def page(text: str, charset: str = "") -> str:
    return PAGE.format(text=text, meta=f'<meta charset="{charset}">' if charset else "")


@pytest.mark.parametrize(
    "encoding", ["gb2312", "gbk", "gb18030", "utf-8", "utf-16-le", "utf-16-be", "utf-16"]
)
@pytest.mark.parametrize("declared", ["", "utf-8", "gb2312", "iso-8859-1", "no-such-charset", "hex", "idna"])
def test_simplified_chinese_is_read_whatever_is_declared(encoding: str, declared: str) -> None:
    text = page(SIMPLIFIED, declared)
    assert decode(text.encode(encoding), f"text/html; charset={declared}") == text


@pytest.mark.parametrize("declared", ["", "big5", "utf-8", "gb2312"])
def test_big5_is_read_whatever_is_declared(declared: str) -> None:
    text = page(TRADITIONAL, declared)
    assert decode(text.encode("big5"), "text/html") == text


@pytest.mark.parametrize("declared", ["", "utf-8", "iso-8859-1", "windows-1252"])
def test_accents_are_read_as_windows_1252(declared: str) -> None:
    text = page("Café “naïve” à la crème – déjà vu, Émile Zola", declared)
    assert decode(text.encode("cp1252"), f'text/html; charset="{declared}"') == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("koi8-r", "Сегодня открылась новая библиотека"),
        ("shift_jis", "今日は新しい図書館が開きました。カタカナ"),
        ("euc-kr", "오늘 새 도서관이 문을 열었습니다"),
        ("iso-2022-jp", "今日は新しい図書館が開きました"),
        ("hz-gb-2312", SIMPLIFIED),
    ],
)
def test_other_declared_encodings_are_believed(encoding: str, text: str) -> None:
    text = page(text, encoding)
    assert decode(text.encode(encoding), "text/html") == text


def test_the_xml_declaration_is_read() -> None:
    text = '<?xml version="1.0" encoding="koi8-r"?><rss><title>Новости</title></rss>'
    assert decode(text.encode("koi8-r"), "text/xml") == text


@pytest.mark.parametrize(
    "mark, encoding",  # noqa: PT006
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_beats_the_header_and_is_taken_off(mark: bytes, encoding: str) -> None:
    assert decode(mark + SIMPLIFIED.encode(encoding), "text/html; charset=big5") == SIMPLIFIED


def test_utf8_cut_off_inside_a_character_is_still_utf8() -> None:
    assert decode(SIMPLIFIED.encode()[:-1], "text/html; charset=gbk") == SIMPLIFIED[:-1]


def test_a_few_stray_bytes_do_not_make_utf8_something_else() -> None:
    body = (SIMPLIFIED * 3).encode() + b"\xff\xfe\x80" + SIMPLIFIED.encode()
    assert decode(body).startswith(SIMPLIFIED)
    assert decode(body).endswith(SIMPLIFIED)


def test_a_few_stray_bytes_do_not_make_gbk_something_else() -> None:
    body = page(SIMPLIFIED, "gbk").encode("gbk") + b"\xff" + SIMPLIFIED.encode("gbk")
    assert decode(body).endswith(SIMPLIFIED)


@given(st.binary(max_size=400), st.text(max_size=40))
def test_any_bytes_become_text(body: bytes, content_type: str) -> None:
    assert isinstance(decode(body, content_type), str)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff"), max_size=200))
def test_utf8_always_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode(), "text/html; charset=gb2312") == text


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"])
def test_wide_encodings_are_known_without_a_mark(encoding: str) -> None:
    text = '<?xml version="1.0"?><rss><channel><title>市图书馆</title></channel></rss>'
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_packed_document_without_a_header_is_unpacked(times: int) -> None:
    data = page(SIMPLIFIED, "gbk").encode("gbk")
    for _ in range(times):
        data = gzip.compress(data)
    assert decode(data, "application/octet-stream") == page(SIMPLIFIED, "gbk")


def test_what_only_begins_like_a_gzip_is_read_as_it_is() -> None:
    assert "text" in decode(b"\x1f\x8b text that was never packed")


@pytest.mark.parametrize("declared", ["", "utf-8", "iso-8859-1"])
@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Мост закрыт на ремонт до пяти часов утра"),
        ("koi8-r", "Мост закрыт на ремонт до пяти часов утра"),
        ("cp1251", "Міст закрито на ремонт, їхати слід в об’їзд"),
        ("cp1251", "Мостът е затворен за ремонт до пет часа сутринта"),
        ("cp932", "橋は朝の五時まで夜間修理のため通行止めになります"),
        ("euc_jp", "東京メトロの線は明日の朝から運転を再開する"),
        ("cp949", "다리 야간 보수는 새벽 다섯 시까지"),
        ("cp949", "서울 지하철은 내일 아침부터 정상 운행된다고 시가 밝혔다"),
        ("gb18030", "百度发布"),
        ("gb18030", "大蓝海"),  # Hangul as well, by its bytes
        ("big5", "捷運明早恢復營運"),
    ],
)
def test_a_script_is_told_by_its_letters_where_nothing_right_is_declared(
    encoding: str, text: str, declared: str
) -> None:
    whole = page(text, declared)
    assert decode(whole.encode(encoding)) == whole


@pytest.mark.parametrize(
    ("declared", "text"), [("euc-kr", "년"), ("windows-1251", "Да"), ("shift_jis", "桥"), ("koi8-r", "мир")]
)
def test_of_a_few_letters_what_is_declared_is_believed(declared: str, text: str) -> None:
    text = text.replace("桥", "橋の")
    whole = page(text, declared)
    assert decode(whole.encode(declared)) == whole


def test_an_emoji_in_utf_8_by_its_two_halves_is_one() -> None:
    sent = "雪来了 \ud83d\ude00 路滑".encode("utf-8", "surrogatepass")
    assert decode(sent) == "雪来了 😀 路滑"
