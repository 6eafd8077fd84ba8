"""Errors by who must act. Every one says what is wrong, where, and what to do.

A bad *request* is not among them: that is a value, a finding (design section 5). These are for
what stops a whole run.
"""

from __future__ import annotations

from typing import ClassVar

from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.text import Text


class LaunchpolicyError(Exception):
    """A run that cannot go on: `problem` says why and where, `remedy` what to do about it."""

    exit_code: ClassVar[int]

    def __init__(self, problem: Text, remedy: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem
        self.remedy = remedy


class UsageError(LaunchpolicyError):
    """The person at the keyboard must act: a path that matches nothing, an unknown name."""

    exit_code = 2


class MalformedRulesError(LaunchpolicyError):
    """The owner of the policies must act: a configuration, pack, policy or kind is not right."""

    exit_code = 2

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        first = findings[0]
        super().__init__(first.message, first.fix)
        self.findings = findings


class UndecidedError(LaunchpolicyError):
    """The environment must be fixed: git, the clone, the host. Never a pass."""

    exit_code = 3


class OutputError(LaunchpolicyError):
    """A verdict was reached, but its report cannot be written: a full disk, a broken device."""

    exit_code = 3
