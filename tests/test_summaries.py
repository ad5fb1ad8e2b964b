"""The step that gives each pick its summary, of what a feed says."""

from curate.config.schema import DigestSettings
from curate.domain.model import Article, Pick, Story
from curate.pipeline.summarize import with_summaries
from curate.text.clean import plain
from tests.nouns import entry

POINT = "给家里的老人留一把备用钥匙，并且告诉邻居它放在哪里。"
SAID = "城东的新馆今天向读者开放，首日接待读者三千余人。"


def summary_of(content: str) -> str:
    one = entry(title="一件小事", content=content)
    article = Article(one.title, plain(content), by="feed")
    found = with_summaries({one.key: article}, [Pick(Story(one), "ai", 1.0, 1.0, ())], DigestSettings())
    return found[one.key].summary


def test_a_point_of_a_list_is_no_summary_where_the_feed_has_running_text() -> None:
    assert summary_of(f"<ul><li>{POINT}</li></ul><p>{SAID}</p>") == SAID


def test_a_list_is_quoted_where_the_feed_has_nothing_else() -> None:
    assert summary_of(f"<ul><li>{POINT}</li></ul>") == POINT


def test_a_caption_is_no_part_of_a_summary() -> None:
    caption = "读者在新馆门口排起了长队等候。"
    assert (
        summary_of(f"<figure><img src='a.jpg'><figcaption>{caption}</figcaption></figure><p>{SAID}</p>")
        == SAID
    )
