"""The error of a data file that is not in its format."""

from __future__ import annotations

from launchpolicy.vocabulary.text import Text


class DataSyntaxError(Exception):
    """A text that is not in its format; `line` and `column` count from 1."""

    def __init__(self, words: Text, line: int = 1, column: int = 1) -> None:
        super().__init__(words.en)
        self.words = words
        self.line = line
        self.column = column
