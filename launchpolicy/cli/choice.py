"""The type of an option or argument that is one of several words."""

from __future__ import annotations

from typing import Any

import click

from launchpolicy.cli.language import say


class ChoiceType(click.Choice[str]):
    """A choice whose complaint names the word that was probably meant, and then all of them."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:  # noqa: ANN401, ARG002 (click's signature)
        """Return what is wrong with a word that is none of these."""
        # Loaded here on purpose: only a mistake needs it.
        from launchpolicy.vocabulary.near_names import did_you_mean, near_names  # noqa: PLC0415

        meant = did_you_mean(near_names(str(value), self.choices))
        question = say(f"{meant.en} " if meant.en else "", meant.zh)
        return say(
            f"{str(value)!r} is not known here. {question}Known: {', '.join(self.choices)}.",
            f"“{value}”不在可取的值之中。{question}可取：{'、'.join(self.choices)}。",
        )
