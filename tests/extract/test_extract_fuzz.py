"""Whatever comes in, an article or an ExtractError comes out."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from written_pages import HERE, page_of

from limitedtimes.errors import ExtractError
from limitedtimes.extract import extract

WRITTEN = [path.read_bytes() for path in sorted(HERE.glob("*.html"))]
PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<div class='teaser'>", "</div>", "<h1>", "<table><tr><td>", "<figure><img src='a.jpg'>", "<li>",
        "<figcaption>", "<br><br>", "<a href='#'>", "</a>", "&amp;", "&#0;", "<!--", "-->", "}</script>", "日本語。",
        "<script type='application/ld+json'>{", "<meta property='og:type' content='article'>", "\u202e", "<svg>",
        "Ein Satz mit einigen Wörtern, der nicht sofort endet. ",
    ]
)  # fmt: skip


def survives(body: bytes) -> None:
    try:
        article = extract(page_of(body))
    except ExtractError as error:
        assert error.reason
    else:
        assert article.headline and article.blocks and article.sentences


@given(st.binary(max_size=600))
@settings(max_examples=60)
def test_random_bytes(body: bytes) -> None:
    survives(body)


@given(st.lists(PIECES | st.text(max_size=40), max_size=60))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_random_tag_soup(pieces: list[str]) -> None:
    survives("".join(pieces).encode("utf-8", "surrogatepass"))


@given(st.sampled_from(WRITTEN), st.floats(0, 1), st.binary(max_size=20))
@settings(max_examples=60, deadline=None)
def test_truncated_and_spoilt_pages(body: bytes, share: float, rubbish: bytes) -> None:
    at = int(len(body) * share)
    survives(body[:at])
    survives(body[:at] + rubbish + body[at:])
