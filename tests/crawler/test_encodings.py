"""Encodings: what old and careless sites send is read as Vietnamese, and said so."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.encodings import _TCVN3_FROM, _TCVN3_TO, _VNI, decode, repair_fonts

TEXT = (
    "Sáng 12/3, Ủy ban nhân dân tỉnh Lâm Sơn họp phiên thường kỳ. Ông Đỗ Quang Vĩnh, Chủ tịch tỉnh, nhấn mạnh nhiệm vụ "
    "phát triển kinh tế, giữ vững quốc phòng và an ninh, chăm lo đời sống người dân miền núi, vùng sâu, vùng xa."
)
PAGE = f"<html><head><title>Tin</title></head><body><p>{TEXT}</p></body></html>"


def in_tcvn3(text: str) -> str:
    back = dict(zip(_TCVN3_TO, _TCVN3_FROM, strict=True))
    return "".join(back.get(sign, back.get(sign.lower(), sign)) for sign in text)


def in_vni(text: str) -> str:
    back = {letter: written for written, letter in reversed(_VNI.items())}
    return "".join(back.get(sign, sign) for sign in text)


def in_windows_1258(text: str) -> bytes:
    written = b""
    for sign in text:
        try:
            written += sign.encode("cp1258")
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", sign)
            tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
            base = unicodedata.normalize("NFC", marks.replace(tone, ""))
            written += base.encode("cp1258") + tone.encode("cp1258")
    return written


def test_utf_8_is_read_as_it_is() -> None:
    decoded = decode(PAGE.encode())
    assert (decoded.text, decoded.encoding, decoded.flags) == (PAGE, "utf-8", ())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_marks_and_nul_bytes_go_before_every_declaration(encoding: str) -> None:
    assert decode(PAGE.encode(encoding), "text/html; charset=iso-8859-1").text == PAGE


def test_a_feed_that_says_utf_16_and_sends_utf_8_is_read() -> None:
    feed = f'<?xml version="1.0" encoding="utf-16"?><rss><title>{TEXT}</title></rss>'
    decoded = decode(feed.encode())
    assert TEXT in decoded.text
    assert decoded.flags == ("encoding-declared-wrong",)


def test_windows_1258_is_composed() -> None:
    page = b'<meta charset="windows-1258"><p>' + in_windows_1258(TEXT)
    decoded = decode(page)
    assert TEXT in decoded.text
    assert decoded.flags == ("windows-1258-composed",)


def test_tcvn3_is_repaired_and_flagged() -> None:
    page = f'<meta charset="iso-8859-1"><p>{in_tcvn3(TEXT)}</p>'.encode("cp1252")
    decoded = decode(page)
    assert TEXT.replace("Ủ", "ủ") in decoded.text  # its capitals hang on the font, .VnTimeH
    assert "tcvn3-repaired" in decoded.flags


def test_vni_is_repaired_and_flagged() -> None:
    assert repair_fonts(f"<p>{in_vni(TEXT)}</p>") == (f"<p>{TEXT}</p>", "vni-repaired")


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "L'été à Paris est très agréable, les élèves étudient déjà le français côté forêt, naïve et rêveuse.",
        "Tested by a reader. Price: £23.99, or £40 with the box, £3 for the post. " * 3,
        "<script>var a = 1;</script>The shop sells it for £12, £15 and £18; we paid £12 and £1 for the bag. " * 2,
        "abc",
    ],
)
def test_text_that_needs_no_repair_is_left_alone(text: str) -> None:
    assert repair_fonts(text) == (text, None)


def test_a_page_cut_in_the_middle_of_a_letter_is_still_utf_8() -> None:
    decoded = decode(PAGE.encode()[: PAGE.encode().index("Ủ".encode()) + 1])
    assert decoded.encoding == "utf-8"
    assert "Sáng 12/3" in decoded.text


@given(st.binary(max_size=400), st.sampled_from([None, "text/html; charset=utf-8", "text/html; charset=x-none", "a/b"]))
def test_any_bytes_become_text(content: bytes, header: str | None) -> None:
    decode(content, header).text.encode("utf-8", "surrogatepass")
