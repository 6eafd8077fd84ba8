"""Find which of the known names is probably meant by a misspelt one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from launchpolicy.vocabulary.text import Text

_CUTOFF = 0.6


def near_names(name: str, known: Iterable[str], count: int = 1) -> list[str]:
    """Return at most `count` of the `known` names that are like `name`, the nearest first.

    Capital and small letters are the same here, and so are `_`, a space and `-`.
    """
    names_by_form = {_form(one): one for one in known}
    near = difflib.get_close_matches(_form(name), names_by_form, n=count, cutoff=_CUTOFF)
    return [names_by_form[form] for form in near]


def did_you_mean(near: Sequence[str]) -> Text:
    """Return the question whether one of these names was meant; "" where there is none."""
    if not near:
        return Text("", "")
    return Text(f"Did you mean {' or '.join(near)}?", f"是否想写 {' 或 '.join(near)}？")


def with_meant(remedy: Text, name: str, known: Iterable[str]) -> Text:
    """Return a remedy that begins with the name that was probably meant, if one is near."""
    meant = did_you_mean(near_names(name, known))
    return Text(f"{meant.en} {remedy.en}", f"{meant.zh}{remedy.zh}") if meant.en else remedy


def _form(name: str) -> str:
    return name.casefold().replace("_", "-").replace(" ", "-")
