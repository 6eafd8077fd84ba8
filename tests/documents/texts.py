"""Texts that a file may hold, drawn by Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from launchpolicy.documents.decoding import hidden_character

_BLOCKS = (
    (0x20, 0x7E),  # ASCII
    (0xA0, 0x17F),  # Latin with accents
    (0x391, 0x44F),  # Greek and Cyrillic
    (0x2010, 0x20BF),  # punctuation and currencies
    (0x3001, 0x30FF),  # CJK punctuation and kana
    (0x4E00, 0x50FF),  # Chinese
    (0xAC00, 0xAC7F),  # Korean
    (0xFF01, 0xFF5E),  # full width
    (0x1F600, 0x1F64F),  # pictures
    (0x20000, 0x200FF),  # rare Chinese
)
"""Few and short blocks: Hypothesis looks through all of them for each character that it draws."""

_ALPHABET = "".join(chr(code) for first, last in _BLOCKS for code in range(first, last + 1))

VISIBLE_TEXTS = st.text(_ALPHABET, max_size=20).filter(lambda text: not hidden_character(text))
