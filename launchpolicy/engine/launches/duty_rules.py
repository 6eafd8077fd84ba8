"""What each demand of the policies means as a duty: what is done, whose duty it is, by when.

One table. A rule belongs to every demand that stands at its route or below; of several the longest
route counts. What no rule names is a duty of the requester, with the title of its policy. The
sources are the clauses of the documents: D2 (product launch), D3 (cut-over), D4 (governance), D5
(meeting), D9 (integration).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from launchpolicy.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class PlannedItems:
    """The items of a plan, of which each is a duty until it is recorded under the same name.

    `plan` is the route of the list in the request, `person` and `due` the keys of an item that say
    whose duty it is and by when ("" without such a key).
    """

    plan: str
    person: str
    due: str = ""


@dataclass(frozen=True, slots=True)
class DutyRule:
    """What stands at `route` is a duty.

    `people` are routes to persons of the request, the first that names one counts; else holders of
    `role`. `by` are routes to the latest moment, the first that is there counts. `ahead` is the
    parameter of a policy that says how long before that moment it must be done, `after` a date and
    the parameter that says how long after its last occurrence. With `items` each missing item is a
    duty of its own; `also` is a second route that demands for such items point to.
    """

    route: str
    what: Text
    people: tuple[str, ...] = ()
    role: str = ""
    by: tuple[str, ...] = ()
    ahead: str = ""
    after: tuple[str, str] | None = None
    items: tuple[PlannedItems, ...] = ()
    also: str = ""


_START: Final = ("spec.window.start",)
_END: Final = ("spec.window.end",)
_PAUSE: Final = ("spec.impact.suspension.from", "spec.window.start")
_RESUME: Final = ("spec.impact.suspension.until", "spec.window.end")
_MAINTAINER: Final = ("spec.people.maintainer", "spec.people.executor", "spec.people.requester")
_EXECUTOR: Final = ("spec.people.executor", "spec.people.requester")
_REQUESTER: Final = ("spec.people.requester",)

DUTY_RULES: Final = (
    DutyRule(
        "spec.foresight",
        Text(
            "Foresee the launch and discuss it at the office meeting", "完成上线预知并经办公会讨论"
        ),
        ("spec.foresight.by", *_REQUESTER),
        by=_START,
        ahead="ahead",
    ),
    DutyRule(
        "spec.meeting",
        Text("Hold the release meeting and record it", "召开发布会议并登记"),
        ("spec.meeting.host", *_REQUESTER),
        by=("spec.meeting.start", *_START),
    ),
    DutyRule(
        "spec.meeting.invitation",
        Text("Send the notice of the meeting", "发出会议通知"),
        ("spec.meeting.invitation.by", "spec.meeting.host", *_REQUESTER),
        by=("spec.meeting.start", *_START),
    ),
    DutyRule(
        "spec.review",
        Text("Hold the review and record it", "完成评审并登记"),
        _REQUESTER,
        by=_START,
    ),
    DutyRule(
        "status.rehearsal",
        Text("Rehearse the launch in the simulated environment", "在模拟环境完成上线测试（演练）"),
        _MAINTAINER,
        by=_START,
    ),
    DutyRule(
        "status.rehearsal.submission",
        Text("Submit the report of the rehearsal", "提交上线测试（演练）报告"),
        _MAINTAINER,
        by=_START,
    ),
    DutyRule(
        "status.conversionRehearsal",
        Text("Rehearse the conversion of data", "完成数据转换测试"),
        ("spec.dataConversion.by", *_MAINTAINER),
        by=_START,
    ),
    DutyRule(
        "status.notice",
        Text("Issue the launch notice", "下达上线通知"),
        role="technology-department",
        by=_START,
    ),
    DutyRule(
        "status.confirmation",
        Text("Issue the launch confirmation", "签发《产品上线确认书》"),
        role="development-management-centre",
        by=_START,
    ),
    DutyRule(
        "status.suspension.announced",
        Text("Announce the suspension of business", "发出业务暂停通知"),
        _MAINTAINER,
        by=_PAUSE,
    ),
    DutyRule(
        "status.suspension",
        Text("Pause the business and record when", "暂停相关业务并登记时间"),
        _MAINTAINER,
        by=_PAUSE,
    ),
    DutyRule(
        "status.readiness",
        Text(
            "Have the environment, systems and departments confirm that they are ready",
            "确认环境、关联系统和影响部门已准备就绪",
        ),
        _MAINTAINER,
        by=_START,
    ),
    DutyRule(
        "status.backups",
        Text("Take the backup: {}", "完成备份：{}"),
        _EXECUTOR,
        by=_START,
        items=(PlannedItems("spec.backup", "by"),),
    ),
    DutyRule(
        "status.checksBefore",
        Text("Check before the launch: {}", "上线前检查：{}"),
        _EXECUTOR,
        by=_START,
        items=(PlannedItems("spec.checks.before", "by"),),
    ),
    DutyRule(
        "status.tasks",
        Text("Prepare and record it: {}", "完成准备事项并登记：{}"),
        _REQUESTER,
        by=_START,
        items=(
            PlannedItems("spec.foresight.preparations", "owner", "due"),
            PlannedItems("spec.infrastructure.plan.tasks", "owner", "due"),
        ),
    ),
    DutyRule(
        "status.execution",
        Text("Carry out the launch and record its steps", "实施上线并登记各步骤结果"),
        _EXECUTOR,
        by=_END,
    ),
    DutyRule(
        "status.checksAfter",
        Text("Check after the launch: {}", "上线后检查：{}"),
        _EXECUTOR,
        by=_END,
        items=(PlannedItems("spec.checks.after", "by"),),
    ),
    DutyRule(
        "status.newBackups",
        Text("Back up the new system", "完成新系统备份"),
        _MAINTAINER,
    ),
    DutyRule(
        "status.systemLog",
        Text("Keep the system log of the launch", "保存上线期间的系统日志"),
        _MAINTAINER,
    ),
    DutyRule(
        "status.resumption",
        Text("Announce that business resumes", "发出业务启动通知"),
        _MAINTAINER,
        by=_RESUME,
    ),
    DutyRule(
        "status.channels",
        Text("Update the channel and record it: {}", "更新渠道并登记：{}"),
        _REQUESTER,
        after=("status.checksAfter[].at", "within"),
        items=(PlannedItems("spec.channels", "owner"),),
        also="spec.channels",
    ),
    DutyRule(
        "status.announcement",
        Text("Announce the launch", "发布上线通告"),
        _REQUESTER,
    ),
    DutyRule(
        "status.promotion",
        Text("Carry out the promotion and record it", "实施推广并登记"),
        _REQUESTER,
    ),
    DutyRule(
        "status.feedback",
        Text("Collect the feedback and answer it", "收集并答复反馈意见"),
        _REQUESTER,
    ),
    DutyRule(
        "status.operation",
        Text("Follow up the operation and record it", "跟进运营维护并登记"),
        ("spec.development.operationsPlan.emergencyFixes.owner", *_REQUESTER),
    ),
    DutyRule(
        "status.results",
        Text("Analyse the results", "完成上线效果分析"),
        _REQUESTER,
    ),
    DutyRule(
        "status.actionItems",
        Text("Do what the meeting decided: {}", "完成会议行动项：{}"),
        _REQUESTER,
        items=(PlannedItems("spec.meeting.actionItems", "owner", "due"),),
    ),
    DutyRule(
        "status.report",
        Text("Report how the launch went", "提交上线情况报告"),
        _MAINTAINER,
    ),
    DutyRule(
        "status.summary",
        Text("Write the summary of the launch", "提交上线总结"),
        _MAINTAINER,
    ),
    DutyRule(
        "status.review",
        Text("Hold the review that the emergency launch owes", "完成紧急上线的事后评审"),
        _REQUESTER,
        by=("spec.emergency.reviewBy",),
    ),
)
"""Every duty that has a name of its own."""


def position_of(rule: DutyRule) -> int:
    """Return where a rule stands in the table: the order in which duties follow each other."""
    return DUTY_RULES.index(rule)


def rule_of(route: str) -> DutyRule | None:
    """Return the rule with the longest route that `route` is at or below; None without one."""
    rules = [
        rule
        for rule in DUTY_RULES
        if is_at_or_below(route, rule.route) or (rule.also and is_at_or_below(route, rule.also))
    ]
    return max(rules, key=lambda rule: len(rule.route), default=None)


def is_at_or_below(route: str, above: str) -> bool:
    """Return whether a written route is another one, or leads to something in it."""
    return route == above or route.startswith((f"{above}.", f"{above}["))
