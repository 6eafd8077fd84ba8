"""What a reviewer cannot see is refused; an emoji is seen, whatever it is written with."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from launchpolicy.documents import decoding
from launchpolicy.documents.decoding import hidden_character
from launchpolicy.documents.reading import Document, Refusal, read

EMOJI = {
    "a profession": "👩\u200d💻",
    "a profession with a skin tone": "👩🏽\u200d💻",
    "a profession whose sign needs a selector": "🧑\u200d⚕\ufe0f",
    "a family": "👨\u200d👩\u200d👧\u200d👦",
    "two skin tones": "🧑🏻\u200d🤝\u200d🧑🏿",
    "a heart on fire": "❤\ufe0f\u200d🔥",
    "the rainbow flag": "🏳\ufe0f\u200d🌈",
    "the pirate flag": "🏴\u200d☠\ufe0f",
    "a bear on ice": "🐻\u200d❄\ufe0f",
    "running to the right": "🏃🏿\u200d♀\ufe0f\u200d➡\ufe0f",
    "a broken chain": "⛓\ufe0f\u200d💥",
    "a warning": "⚠\ufe0f",
    "a telephone as text": "☎\ufe0e",
    "copyright": "©\ufe0f",
    "a keycap": "1\ufe0f\u20e3#\ufe0f\u20e3*\ufe0f\u20e3",
    "a flag": "🇨🇳🇺🇸",
    "a skin tone": "👍🏿",
    "England": "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "Scotland": "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
}
HIDING = {
    "a joiner between letters": ("a\u200db", 1),
    "a joiner at the end of a name": ("li.wei\u200d", 6),
    "a joiner behind an emoji": ("👩\u200d", 1),
    "a joiner behind an emoji, then a letter": ("👩\u200dli", 1),
    "a joiner before an emoji": ("a\u200d💻", 1),
    "two joiners": ("👩\u200d\u200d💻", 1),
    "a joiner on the next line": ("👩\u200d\n💻", 1),
    "a joiner behind a flag": ("🇨🇳\u200d💻", 2),
    "a joiner between Chinese characters": ("中\u200d文", 1),
    "a joiner in Devanagari": ("क्\u200dष", 2),
    "a non-joiner in Persian": ("می\u200cخواهم", 2),
    "a non-joiner between emoji": ("👩\u200c💻", 1),
    "a second hidden character behind an emoji": ("👩\u200d💻 a\u200bb", 5),
    "a selector behind a letter": ("a\ufe0f", 1),
    "a selector behind a digit": ("1\ufe0f", 1),
    "a row of selectors behind an emoji": ("⚠\ufe0f\ufe0f", 2),
    "another selector behind an emoji": ("⚠\ufe00", 1),
    "bytes in selectors of the supplement": ("😀\U000e0101\U000e0152", 1),
    "a variant of a Chinese character": ("葛\U000e0100", 1),
    "tags behind a letter": ("a\U000e0041", 1),
    "a text in tags behind the black flag": ("🏴\U000e0061\U000e0062\U000e007f", 1),
    "tags of England, unfinished": ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067", 1),
    "a soft hyphen": ("appro\u00adver", 5),
    "a Hangul filler": ("a\u3164", 1),
    "a grapheme joiner": ("a\u034f", 1),
    "a Mongolian selector": ("a\u180b", 1),
    "musical notes that begin": ("a\U0001d173", 1),
}
JOINERS = "\u200d\ufe0e\ufe0f"
IGNORABLE = [
    *("\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufeff"),
    *(
        chr(code)
        for first, last in [
            (0x180B, 0x180F),
            (0x200B, 0x200F),
            (0x202A, 0x202E),
            (0x2060, 0x206F),
            (0xFE00, 0xFE0F),
            (0xFFF0, 0xFFF8),
            (0x1BCA0, 0x1BCA3),
            (0x1D173, 0x1D17A),
            (0xE0000, 0xE0FFF),
        ]
        for code in range(first, last + 1)
    ),
]
"""Default_Ignorable_Code_Point of Unicode 17.0 (DerivedCoreProperties.txt)."""


@pytest.mark.parametrize("written", EMOJI.values(), ids=EMOJI)
@pytest.mark.parametrize("form", ["title: {}\n", 'title: "before {} after"\n', "title: |\n  {}\n"])
def test_an_emoji_is_read_as_it_is_written(written: str, form: str) -> None:
    document = read("f.yaml", form.format(written).encode())
    assert isinstance(document, Document)
    assert written in document.data["title"]  # type: ignore[index]


@pytest.mark.parametrize(("written", "at"), HIDING.values(), ids=HIDING)
def test_what_hides_something_is_refused_at_its_place(written: str, at: int) -> None:
    found = hidden_character(written)
    assert found is not None
    assert found.start() == at


@pytest.mark.parametrize(("written", "at"), HIDING.values(), ids=HIDING)
def test_an_escape_hides_no_better(written: str, at: int) -> None:
    escaped = "".join(f"\\U{ord(each):08x}" for each in written)
    refused = read("f.yaml", f'title: "{escaped}"\n'.encode())
    assert isinstance(refused, Refusal)
    assert f"U+{ord(written[at]):04X}" in refused.findings[0].message.en


def test_every_character_that_does_not_show_by_itself_is_refused_between_letters() -> None:
    assert [f"{ord(each):04x}" for each in IGNORABLE if hidden_character(f"a{each}b") is None] == []
    acting = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in {"Cc", "Cs", "Zl", "Zp"} and chr(code) not in "\t\n\r"
    ]
    assert [f"{ord(each):04x}" for each in acting if hidden_character(f"a{each}b") is None] == []


@given(
    st.text(
        st.sampled_from(
            [
                *"ab1#中 \n",
                *JOINERS,
                *"👩💻⚠❤🏴🇨🇳🏽☠",
                "\u20e3",
                "\U000e0067",
                "\U000e007f",
                "\u200c",
            ]
        ),
        max_size=12,
    )
)
@example("👩\u200d💻")
def test_a_joiner_stands_only_between_signs_and_a_selector_only_behind_one(text: str) -> None:
    if hidden_character(text) is not None:
        return
    for at, character in enumerate(text):
        if character not in JOINERS:
            assert character != "\u200c"
            continue
        before = text[at - 1 : at]
        if character == "\u200d":
            before = text[at - 2 : at - 1] if before in {"\ufe0f", "🏽"} else before
            assert text[at + 1 : at + 2] in {*"👩💻⚠❤🏴☠"}
        is_keycap = before in {"1", "#"} and text[at + 1 : at + 2] == "\u20e3"
        assert before in {*"👩💻⚠❤🏴☠"} or (character == "\ufe0f" and is_keycap)


def test_no_hidden_character_begins_with_bytes_that_are_not_searched() -> None:
    """Every character there is, so that the short way cannot pass what the long way refuses."""
    characters = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    hidden = re.compile(f"{decoding._HIDDEN}|{decoding._HIDDEN_BEYOND}")
    missed = [
        f"U+{ord(each):04X}"
        for each in characters
        if hidden.search(each) and not decoding._may_hide(f"结算：{each}“好”".encode())
    ]
    assert missed == []


def test_files_in_both_languages_are_not_searched() -> None:
    text = "title: {en: Split — “payment”…, zh: 支持分单支付，（第 3 期）《结算》、“退款”！}\n\t"
    assert not decoding._may_hide(b"a: 1\r\n\tb: x~")
    assert not decoding._may_hide(text.encode())
