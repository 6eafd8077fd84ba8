"""Canonical JSON (RFC 8785), by the C encoder of Python where it writes the same bytes.

The library walks over every value and character in Python: a thirtieth of appending to a ledger.
"""

from __future__ import annotations

import json

import rfc8785

from launchpolicy.vocabulary.place import Data

_SCALARS = frozenset({str, bool, type(None)})
_LARGEST = 2**53 - 1


def canonical_json(data: Data) -> bytes:
    """Return the one way to write plain data as JSON.

    Raises:
        rfc8785.CanonicalizationError: it cannot be written (section 3.2.2.3: a number beyond
            IEEE 754; section 3.2.2.2: half of a surrogate pair).
    """
    if _is_ordinary(data):
        text = json.dumps(
            data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False
        )
        try:
            return text.encode()
        except UnicodeEncodeError:
            pass  # the library has the words for it
    return rfc8785.dumps(data)


def _is_ordinary(data: Data) -> bool:
    """Return whether both write alike: no fractions, only ASCII keys, only the plain types.

    A fraction is written otherwise; keys are sorted by code point here, by UTF-16 there.
    """
    waiting = [data]
    while waiting:
        value = waiting.pop()
        kind = type(value)
        if kind in _SCALARS:
            continue
        if kind is list:
            waiting += value
        elif kind is dict:
            if not _has_plain_keys(value):
                return False
            waiting += value.values()
        elif kind is not int or not -_LARGEST <= value <= _LARGEST:
            return False
    return True


def _has_plain_keys(data: dict[Data, Data]) -> bool:
    """Return whether all keys are texts in ASCII."""
    try:
        return all(map(str.isascii, data))
    except TypeError:  # a key that is no text
        return False
