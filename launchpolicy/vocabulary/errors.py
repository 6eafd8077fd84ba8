"""Errors by who must act; each says what is wrong, where, and what to do.

A bad *request* is not among them: that is a value, a finding (design section 5). These are for
what stops a whole run.
"""

from __future__ import annotations

from typing import ClassVar

from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.text import Text


class LaunchpolicyError(Exception):
    """An error that stops the run: `problem` says why and where, `remedy` what to do about it."""

    exit_code: ClassVar[int]

    def __init__(self, problem: Text, remedy: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem
        self.remedy = remedy


class UsageError(LaunchpolicyError):
    """An error for the user of the command: a path that matches nothing, an unknown name."""

    exit_code = 2


class MalformedRulesError(LaunchpolicyError):
    """An error for the owner of the policies: a configuration, pack, policy or kind is wrong."""

    exit_code = 2

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        first = findings[0]
        super().__init__(first.message, first.fix)
        self.findings = findings


class UndecidedError(LaunchpolicyError):
    """An error of the environment: git, the clone, the host. Never a pass."""

    exit_code = 3


class OutputError(LaunchpolicyError):
    """An error after the verdict: its report cannot be written (a full disk, a broken device)."""

    exit_code = 3
