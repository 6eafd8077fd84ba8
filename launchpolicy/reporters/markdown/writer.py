"""Write Markdown: our words as they are, all other text escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from launchpolicy.papers.wording import moment
from launchpolicy.reporters.markdown import wording
from launchpolicy.reporters.markdown.escaping import code, prose
from launchpolicy.vocabulary.finding import PolicyText
from launchpolicy.vocabulary.text import Language, Text

_INDENT = "\u2003"


@dataclass(frozen=True, slots=True)
class MarkdownWriter:
    """Writes for readers of one language, who know policies by their titles."""

    language: Language
    policies: Mapping[str, PolicyText]
    people: Mapping[str, Text] = field(default_factory=dict)

    def say(self, text: Text) -> str:
        """Return our own words, in the reader's language."""
        return text.in_language(self.language)

    def quote(self, text: Text) -> str:
        """Return what a policy says, escaped: it may repeat words of a request."""
        return prose(text.in_language(self.language))

    def person(self, name: str) -> str:
        """Return the name as people write it, with the id by which files name it."""
        display = self.people.get(name)
        if display is None:
            return code(name)
        return self.say(wording.PERSON).format(self.quote(display), code(name))

    def cite(self, rule: str) -> str:
        """Return a policy's title with its id and clauses; of a refusal, only its id."""
        policy = self.policies.get(rule)
        if policy is None:
            return code(rule)
        sources = self.say(wording.PARTED).join((code(rule), *map(prose, policy.clauses)))
        return self.say(wording.CITED).format(self.quote(policy.title), sources)

    def fix(self, text: Text) -> str:
        """Return a fix; its own line breaks are kept: it may show what to write."""
        lines = text.in_language(self.language).strip("\n").split("\n")
        shown_lines = [
            _INDENT * ((len(line) - len(line.lstrip(" "))) // 2 + bool(number))
            + prose(line.strip(" "))
            for number, line in enumerate(lines)
        ]
        return "→ " + "<br>".join(shown_lines)

    def when(self, instant: datetime) -> str:
        """Return a time as people write it; the offset stays."""
        return moment(instant.isoformat(timespec="seconds"), self.language)

    def any_of(self, names: Sequence[str], most: int) -> str:
        """Return `a, b or c` of names that are Markdown; beyond `most` they are counted."""
        if len(names) > most:
            first_names = self.say(wording.PARTED).join(names[:most])
            return self.say(wording.AND_MORE).format(first_names, len(names) - most)
        *before, last = names
        return self.say(wording.OR).join(
            filter(None, (self.say(wording.PARTED).join(before), last))
        )
