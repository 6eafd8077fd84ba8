"""The facts of many requests, found by several processes.

This process finds those of the first one, so that the others share what it had to load, compile and
read for it. A request whose process ends before it answers is undecided, and never without facts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial

from launchpolicy.engine.submission import Submission
from launchpolicy.facts.facts import Facts
from launchpolicy.operations.submissions.worker_processes import NOT_ANSWERED, answers_of_processes
from launchpolicy.vocabulary.errors import LaunchpolicyError

Find = Callable[[Submission], Facts]
"""Finds the facts of one request.

Raises:
    LaunchpolicyError: a file cannot be read.
"""


def find_in_processes(submissions: Sequence[Submission], find: Find, size: int) -> list[Submission]:
    """Return submissions with their facts, found by this process and `size` others.

    Raises:
        LaunchpolicyError: what `find` raises.
    """
    first, *others = submissions
    with_facts = [first._replace(facts=find(first))]
    with closing(answers_of_processes(others, partial(_begin_to_find, find), size)) as answers:
        for submission, answer in zip(others, answers, strict=True):
            if answer is None:
                with_facts.append(submission._replace(unjudged=NOT_ANSWERED))
            else:
                # An error would not survive the way here; it is the same when it is met again.
                (facts,) = answer or (find(submission),)
                with_facts.append(submission._replace(facts=facts))
    return with_facts


def _begin_to_find(find: Find) -> Callable[[Submission], tuple[Facts, ...]]:
    def answer(submission: Submission) -> tuple[Facts, ...]:
        try:
            return (find(submission),)
        except LaunchpolicyError:
            return ()

    return answer
