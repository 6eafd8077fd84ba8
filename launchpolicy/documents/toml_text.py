"""TOML as plain data: dates and times as the text that RFC 3339 writes."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, time

from launchpolicy.documents.data_syntax import DataSyntaxError
from launchpolicy.vocabulary.place import Data
from launchpolicy.vocabulary.text import Text

_WHERE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def plain_data(text: str) -> Data:
    """Return the data in a TOML text.

    Raises:
        DataSyntaxError: it is not TOML.
    """
    try:
        return _plain(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        where = _WHERE.search(message)
        line, column = (int(where[1]), int(where[2])) if where and where[1] else (1, 1)
        english = message[: where.start()] if where else message
        words = Text(english[:1].lower() + english[1:], "语法有误")
        raise DataSyntaxError(words, line, column) from error
    except RecursionError as error:
        raise DataSyntaxError(Text("it is nested too deep", "嵌套层次过深")) from error
    except ValueError as error:  # a number of thousands of digits
        words = Text("a value in it is too large", "其中的值过大")
        raise DataSyntaxError(words) from error


def _plain(value: Data) -> Data:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value
