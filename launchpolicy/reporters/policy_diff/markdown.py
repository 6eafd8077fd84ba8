"""Write a difference of rules as Markdown, for the summary of a job or a pull request.

The lines of a request stand in a `pre` element, escaped like all other text: nothing in them can
end a fence.
"""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.engine.analysis.policy_differences import (
    PolicyDifference,
    RulesDifference,
)
from launchpolicy.reporters.markdown.escaping import code, prose
from launchpolicy.reporters.markdown.reporter import LIMIT
from launchpolicy.reporters.policy_diff import wording
from launchpolicy.vocabulary.text import Language, Text

_RESERVED = 500
_SHORT_ID = 10


def as_markdown(difference: RulesDifference, language: Language) -> str:
    """Return the numbers first, and then each policy, while there is room."""
    lines = (wording.basis(difference), wording.summary(difference), *difference.notes)
    paragraphs = [f"\n{prose(line.in_language(language))}\n" for line in lines]
    text = "".join([f"### {wording.TITLE.in_language(language)}\n", *paragraphs])
    left = len(difference.policies)
    for policy in difference.policies:
        section = "".join(_section(policy, language))
        if len(text.encode()) + len(section.encode()) > LIMIT - _RESERVED:
            return text + f"\n{prose(_more(left).in_language(language))}\n"
        text += section
        left -= 1
    return text


def _section(policy: PolicyDifference, language: Language) -> Iterator[str]:
    sign, words = wording.DIRECTIONS[policy.direction]
    name = code(f"{policy.pack}/{policy.policy}")
    yield f"\n**{sign} {prose(words.in_language(language))}** {name}\n"
    for line in wording.remarks(policy):
        yield f"\n- {prose(line.in_language(language))}\n"
    for request in policy.requests:
        yield f"\n{prose(wording.request_line(request).in_language(language))}"
        if request.neighbour:
            yield f" {prose(wording.NEIGHBOUR.in_language(language))}"
        rows = "<br>".join(_row(line) for line in wording.request_lines(request))
        yield f"\n\n<pre>{rows}</pre>\n"
        for sentence in request.files:
            yield f"\n- {prose(sentence.in_language(language))}\n"
    if policy.landings:
        yield f"\n{prose(wording.landings_line(policy).in_language(language))}\n\n"
        for commit, path in policy.landings[: wording.MOST_LANDINGS]:
            yield f"- {code(commit[:_SHORT_ID])} {code(path)}\n"
        more = len(policy.landings) - wording.MOST_LANDINGS
        if more > 0:
            yield f"- + {more}\n"


def _row(line: str) -> str:
    """Return a line of a request; spaces at its beginning stay."""
    stripped = line.lstrip(" ")
    return "&nbsp;" * (len(line) - len(stripped)) + prose(stripped.replace("`", "'"))


def _more(count: int) -> Text:
    return Text(f"and {count} more; see the text report", f"另有 {count} 项，见文本报告")
