"""Pages that are joined from compressed pieces."""

from __future__ import annotations

import gzip
import zlib

from hypothesis import given
from hypothesis import strategies as st

from limitedtimes.web.joining import joined, packed, piece, unpacked

TEXTS = st.lists(st.one_of(st.binary(max_size=300), st.binary(min_size=1, max_size=3).map(lambda part: part * 9_000)))


@given(TEXTS)
def test_joined_pieces_are_one_member_of_gzip_with_all_their_text(texts: list[bytes]) -> None:
    pieces = [piece(text) for text in texts]
    assert unpacked(packed(pieces)) == pieces
    page = joined(pieces)
    unzip = zlib.decompressobj(16 + zlib.MAX_WBITS)
    assert unzip.decompress(page.zipped) == b"".join(texts) == gzip.decompress(page.zipped) == page.plain
    assert unzip.eof and not unzip.unused_data


@given(TEXTS, TEXTS)
def test_a_page_is_named_by_its_pieces(one: list[bytes], other: list[bytes]) -> None:
    names = [joined([piece(text) for text in texts]).etag for texts in (one, other)]
    assert (names[0] == names[1]) == (one == other)
