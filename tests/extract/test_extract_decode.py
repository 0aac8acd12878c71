"""Bytes become text as in a browser: byte-order mark, HTTP, meta."""

from __future__ import annotations

import pytest

from limitedtimes.extract.decode import codec_of, decode, prescan

GREETING = "Grüße aus Łódź und 東京"


def test_a_byte_order_mark_beats_the_header_and_the_meta() -> None:
    html = '<meta charset="iso-8859-2">' + GREETING
    assert GREETING in decode(b"\xef\xbb\xbf" + html.encode(), "text/html; charset=windows-1252")
    assert GREETING in decode(b"\xff\xfe" + html.encode("utf-16-le"), "text/html; charset=utf-8")


def test_the_header_beats_the_meta() -> None:
    assert "Łódź" in decode('<meta charset="windows-1252">Łódź'.encode("iso-8859-2"), "text/html; charset=ISO-8859-2")


def test_the_meta_is_believed_where_the_header_is_silent() -> None:
    assert "привет" in decode('<meta charset="windows-1251">привет'.encode("cp1251"), "text/html")


def test_bytes_that_are_utf_8_throughout_are_utf_8_whatever_was_declared() -> None:
    assert GREETING in decode(f'<meta charset="iso-8859-1">{GREETING}'.encode())


def test_a_page_that_declares_nothing_is_read_in_the_encoding_of_its_language() -> None:
    assert decode("привет, как дела".encode("cp1251"), languages=("ru",)) == "привет, как дела"
    assert decode("café".encode("latin-1")) == "café"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'<meta charset="utf-8">', "utf-8"),
        (b"<meta charset=utf-8/>", ""),
        (b"<META CHARSET='Shift_JIS'>", "cp932"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "cp1252"),
        (b'<meta content="text/html; charset=gb2312" http-equiv=content-type>', "gb18030"),
        (b'<meta name="x" content="text/html; charset=gb2312">', ""),
        (b'<!-- <meta charset="euc-kr"> --><meta charset="big5">', "big5hkscs"),
        (b'<a title="<meta charset=euc-kr>"><meta charset=koi8-r>', "koi8-r"),
        (b'<meta charset="utf-16">', "utf-8"),
        (b'<meta charset="utf-7">', ""),
        (b'<meta charset="rot13">', ""),
        (b'<meta charset="no-such-thing"><meta charset="utf-8">', "utf-8"),
        (b" " * 1100 + b'<meta charset="utf-8">', ""),
    ],
)
def test_the_meta_is_found_as_the_standard_says(head: bytes, expected: str) -> None:
    assert prescan(head) == expected


def test_labels_that_are_no_character_set_are_unknown() -> None:
    assert codec_of("hex") == codec_of("zlib") == codec_of("utf-7") == codec_of("\x00") == ""
