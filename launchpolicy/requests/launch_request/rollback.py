"""The way back: the plan for a rollback, and a rollback that happened (D2.7)."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypeAliasType

from launchpolicy.requests.launch_request.choices import Words
from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    display_key,
    explain,
    name_key,
    optional_key,
    required_key,
)
from launchpolicy.requests.launch_request.lists import Distinct, Named
from launchpolicy.requests.launch_request.marks import EXECUTOR, STATED, inside, person
from launchpolicy.requests.launch_request.records import Evidence
from launchpolicy.requests.launch_request.scalars import (
    Count,
    Duration,
    Instant,
    Line,
    Name,
    Person,
)
from launchpolicy.requests.launch_request.texts import Prose
from launchpolicy.vocabulary.text import Text

RollbackAction = TypeAliasType(
    "RollbackAction",
    Annotated[
        Literal[
            "restore-backup",
            "revert-code",
            "revert-configuration",
            "revert-migration",
            "switch-traffic",
            "disable-feature",
            "restart-service",
            "verify",
            "notify",
        ],
        Words(
            Text("Rollback action", "回滚操作"),
            Text("What a step of the rollback does.", "回滚步骤做什么。"),
            (
                Text("Puts a backup back.", "恢复备份。"),
                Text("Puts the former code back.", "回退代码。"),
                Text("Puts the former configuration back.", "回退配置。"),
                Text("Undoes a change of the database.", "撤销数据库变更。"),
                Text("Sends users to the former system.", "将流量切回原系统。"),
                Text("Switches a feature off.", "关闭功能开关。"),
                Text("Starts services again.", "重启服务。"),
                Text("Sees that the former state works.", "验证原状态可用。"),
                Text("Notifies the people concerned.", "通知相关人员。"),
            ),
        ),
    ],
)
DataLoss = TypeAliasType(
    "DataLoss",
    Annotated[
        Literal["none", "recoverable", "permanent"],
        Words(
            Text("Data loss", "数据丢失"),
            Text("What a rollback loses.", "回滚会丢失哪些数据。"),
            (
                Text("Nothing is lost.", "不丢失数据。"),
                Text("What is lost can be brought back.", "丢失的数据可以补回。"),
                Text("Something is lost permanently.", "部分数据永久丢失。"),
            ),
        ),
    ],
)
RollbackConclusion = TypeAliasType(
    "RollbackConclusion",
    Annotated[
        Literal["proceed", "refrain"],
        Words(
            Text("Conclusion", "结论"),
            Text("Whether rolling back is the lesser harm.", "回滚的影响是否较小。"),
            (
                Text("Rolling back is the lesser harm.", "回滚的影响较小，应当回滚。"),
                Text("Not rolling back is the lesser harm.", "不回滚的影响较小，不应回滚。"),
            ),
        ),
    ],
)


@explain(
    Text("Impact of a rollback", "回滚影响"),
    Text("What going back means for users and data.", "回滚对用户和数据的影响。"),
)
class RollbackImpact(RequestSection):
    """The assessment that D2.7 demands before any rollback."""

    summary: Maybe[Prose] = optional_key(
        Text("Summary", "说明"),
        Text("What going back means for users.", "回滚对用户的影响。"),
        "D2.7",
        examples=("Orders of the window are replayed from the queue",),
    )
    users: Maybe[Count] = optional_key(
        Text("Users", "用户数"), Text("How many users notice it.", "受影响的用户数。"), "D2.7"
    )
    data_loss: Maybe[DataLoss] = optional_key(
        Text("Data loss", "数据丢失"), Text("What is lost.", "丢失哪些数据。"), "D2.7"
    )
    assessed_by: Maybe[Person] = optional_key(
        Text("Assessed by", "评估人"), Text("Who assessed it.", "由谁评估。"), "D2.7"
    )
    assessed_at: Maybe[Instant] = optional_key(
        Text("Assessed at", "评估时间"),
        Text("When; before any rollback.", "评估时间，须早于回滚。"),
        "D2.7",
    )
    otherwise: Maybe[Prose] = optional_key(
        Text("Otherwise", "如不回滚"),
        Text(
            "What happens to users without the rollback; needed when the launch is rolled back.",
            "如不回滚，对用户有何影响；实际回滚时必填。",
        ),
        "D2.7",
        examples=("Every split order loses its second part until it is repaired by hand",),
    )
    conclusion: Maybe[RollbackConclusion] = optional_key(
        Text("Conclusion", "结论"),
        Text(
            "Whether rolling back is the lesser harm; needed when the launch is rolled back.",
            "回滚的影响是否较小；实际回滚时必填。",
        ),
        "D2.7",
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("The assessment in writing.", "书面评估。")
    )


@explain(Text("Rollback step", "回滚步骤"), Text("One step of the way back.", "回滚的一个步骤。"))
class RollbackStep(RequestSection):
    """What is done, in order."""

    name: Maybe[Name] = name_key("step", "回滚步骤", "restore-orders")
    display: Maybe[Prose] = display_key()
    action: Maybe[RollbackAction] = required_key(
        Text("Action", "操作"), Text("What the step does.", "该步骤做什么。"), "D2.7"
    )
    backup: Maybe[Name] = optional_key(
        Text("Backup", "备份"),
        Text(
            "For restore-backup: the name in spec.backup.",
            "恢复备份时，填写 spec.backup 中的名称。",
        ),
        "D2.7",
    )
    to: Maybe[Line] = optional_key(
        Text("To", "回退到"),
        Text("For revert-…: the former version or reference.", "回退时，填写原版本或标识。"),
        "D2.7",
        examples=("v3.1.4",),
        marks=STATED,
    )
    content: Maybe[Distinct[Name]] = optional_key(
        Text("Content", "上线内容"),
        Text(
            "For revert-migration: the names in spec.content of the databases it takes back.",
            "撤销数据库变更时，填写 spec.content 中相应数据库的名称。",
        ),
        "D2.7",
        examples=(["orders-db"],),
    )
    how: Maybe[Prose] = optional_key(Text("How", "方式"), Text("How it is done.", "如何操作。"))
    by: Maybe[Person] = optional_key(
        Text("By", "执行人"),
        Text("Who does it.", "由谁执行。"),
        marks=person("operations"),
    )
    takes: Maybe[Duration] = optional_key(
        Text("Takes", "耗时"), Text("How long it takes.", "预计耗时。")
    )


@explain(
    Text("Rollback plan", "回滚方案"),
    Text("When, how and by whom the launch is rolled back.", "何时、如何、由谁回滚。"),
)
class RollbackPlan(RequestSection):
    """The plan, with its impact assessed beforehand."""

    owner: Maybe[Person] = optional_key(
        Text("Owner", "负责人"),
        Text("Who decides and leads it: the operations lead.", "决定并主持回滚的运维部门负责人。"),
        "D2.7",
        marks=person("executor"),
    )
    trigger: Maybe[Prose] = optional_key(
        Text("Trigger", "触发条件"),
        Text("What makes a rollback necessary.", "出现什么情况须回滚。"),
        "D2.7",
        examples=("Error rate above 1 % for five minutes, or any lost order",),
    )
    decide_within: Maybe[Duration] = optional_key(
        Text("Decide within", "决策时限"),
        Text("How long a fix may be tried before going back.", "允许尝试修复的最长时间。"),
        "D2.7",
    )
    takes: Maybe[Duration] = optional_key(
        Text("Takes", "耗时"),
        Text("How long the whole rollback takes.", "整个回滚的耗时。"),
        "D2.7",
    )
    steps: Maybe[Named[RollbackStep]] = optional_key(
        Text("Steps", "步骤"),
        Text("At least restoring backups and reverting code.", "至少包括恢复备份和回退代码。"),
        "D2.7",
    )
    impact: Maybe[RollbackImpact] = optional_key(
        Text("Impact", "影响评估"),
        Text("What a rollback would mean, assessed now.", "提前评估的回滚影响。"),
        "D2.7",
        marks=inside(assessed_by=person("assessor", apart=("spec.rollback.owner", EXECUTOR))),
    )
