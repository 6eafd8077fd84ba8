"""From the controls of auditors to policies, and from there to counts of a period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from launchpolicy.ledger.audit.exception_kinds import ExceptionKind, ExceptionRecord
from launchpolicy.ledger.audit.population import Population
from launchpolicy.vocabulary.text import Text

_CHANGES = (
    ExceptionKind.BYPASSED,
    ExceptionKind.PUSHERS_UNKNOWN,
    ExceptionKind.WITHOUT_APPROVAL,
    ExceptionKind.EVIDENCE_MISMATCH,
    ExceptionKind.WAIVED,
    ExceptionKind.RULES_WITHOUT_APPROVAL,
    ExceptionKind.MISSING_RECORD,
)
_SCHEDULE = (
    ExceptionKind.OUTSIDE_WINDOW,
    ExceptionKind.TIMES_UNKNOWN,
    ExceptionKind.IN_FREEZE,
    ExceptionKind.UNANNOUNCED,
)
_REVIEWS = (ExceptionKind.EMERGENCY_WITHOUT_REVIEW, ExceptionKind.REVIEWED_LATE)
_DUTIES = (ExceptionKind.SELF_APPROVAL, ExceptionKind.DUTIES_TOGETHER)


@dataclass(frozen=True, slots=True)
class AuditControl:
    """One control: its framework and number, what it asks, and what here answers it.

    `tags` are what policies name under `controls`; `exceptions` are the kinds that break it.
    """

    framework: str
    number: Text
    asks: Text
    tags: tuple[str, ...]
    exceptions: tuple[ExceptionKind, ...]


CONTROLS: tuple[AuditControl, ...] = (
    AuditControl(
        "SOC 2",
        Text("CC8.1", "CC8.1"),
        Text(
            "Changes are authorised, designed, documented, tested, approved and implemented.",
            "变更经过授权、设计、记录、测试、审批后实施。",
        ),
        ("SOC2:CC8.1",),
        (*_CHANGES, *_DUTIES, *_REVIEWS),
    ),
    AuditControl(
        "ISO/IEC 27001:2022",
        Text("A.8.32 Change management", "A.8.32 变更管理"),
        Text(
            "Changes of systems are subject to change management procedures.",
            "系统的变更遵循变更管理规程。",
        ),
        ("ISO27001:A.8.32",),
        (*_CHANGES, *_SCHEDULE, *_REVIEWS),
    ),
    AuditControl(
        "ISO/IEC 27001:2022",
        Text("A.5.3 Segregation of duties", "A.5.3 职责分离"),
        Text(
            "Conflicting duties are separated.",
            "相互冲突的职责应当分离。",
        ),
        ("ISO27001:A.5.3",),
        _DUTIES,
    ),
    AuditControl(
        "ITIL 4",
        Text("Change enablement", "变更支持（change enablement）"),
        Text(
            "Risks are assessed, changes authorised, and the change schedule managed.",
            "评估风险、授权变更并管理变更日程。",
        ),
        ("SOC2:CC8.1", "ISO27001:A.8.32"),
        (*_CHANGES, *_SCHEDULE, *_REVIEWS),
    ),
    AuditControl(
        "GB/T 22239-2019",
        Text("Level 3, change management", "第三级 安全运维管理：变更管理"),
        Text(
            "A change has a plan that was reviewed and approved; its course is recorded; there is "
            "a procedure to stop and to recover.",
            "变更方案经过评审、审批后实施；记录变更实施过程；建立中止变更和失败恢复的程序。",
        ),
        ("SOC2:CC8.1", "ISO27001:A.8.32", "SOC2:A1.2"),
        (*_CHANGES, *_SCHEDULE, *_DUTIES),
    ),
)


@dataclass(frozen=True, slots=True)
class ControlCount:
    """A control with the policies that serve it, and what they came to in the period.

    `launches` counts those of the population; `refusals` the entries in whose way one of the
    policies stood, `waivers` those for which one was waived; `exceptions` is by kind, those alone
    that occurred.
    """

    control: AuditControl
    policies: tuple[str, ...]
    launches: int
    approvals: int
    refusals: int
    waivers: int
    exceptions: Mapping[ExceptionKind, int]


def control_map(
    population: Population,
    exceptions: Iterable[ExceptionRecord],
    policies: Mapping[str, tuple[str, ...]],
) -> tuple[ControlCount, ...]:
    """Return every control with its counts; `policies` are ids with the controls that they name."""
    every = tuple(exceptions)
    return tuple(_count(control, population, every, policies) for control in CONTROLS)


def _count(
    control: AuditControl,
    population: Population,
    exceptions: tuple[ExceptionRecord, ...],
    policies: Mapping[str, tuple[str, ...]],
) -> ControlCount:
    serving = {name for name, tags in policies.items() if set(tags) & set(control.tags)}
    entries = [event.entry for launch in population.launches for event in launch.events]
    kinds = [record.kind for record in exceptions if record.kind in control.exceptions]
    return ControlCount(
        control=control,
        policies=tuple(sorted(serving)),
        launches=len(population.launches),
        approvals=sum(a.policy in serving for entry in entries for a in entry.approvals),
        refusals=sum(any(h.policy in serving for h in entry.hurdles) for entry in entries),
        waivers=sum(any(w.policy in serving for w in entry.waivers) for entry in entries),
        exceptions={kind: kinds.count(kind) for kind in control.exceptions if kind in kinds},
    )
