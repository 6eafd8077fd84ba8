"""What is launched, where, how risky it is, and who takes part (D2.5, D4.7, D4.8)."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypeAliasType

from launchpolicy.requests.launch_request.choices import Words
from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    optional_key,
    required_key,
)
from launchpolicy.requests.launch_request.lists import Distinct
from launchpolicy.requests.launch_request.marks import STATED, person
from launchpolicy.requests.launch_request.scalars import Identifier, Person, Version
from launchpolicy.vocabulary.text import Text

Change = TypeAliasType(
    "Change",
    Annotated[
        Literal["new-product", "version-upgrade", "feature-optimisation"],
        Words(
            Text("Kind of change", "变更类别"),
            Text("Which of the three kinds of launch this is (D4.7).", "属于哪一类上线（D4.7）。"),
            (
                Text("A product goes live for the first time.", "新产品首次上线。"),
                Text("A new version of a product that is live.", "已上线产品的版本升级。"),
                Text("A feature of a live product is improved.", "已上线产品的功能优化。"),
            ),
        ),
    ],
)
Risk = TypeAliasType(
    "Risk",
    Annotated[
        Literal["standard", "major", "emergency"],
        Words(
            Text("Risk class", "风险级别"),
            Text("How much is at stake.", "上线的风险级别。"),
            (
                Text("An ordinary launch.", "一般上线。"),
                Text(
                    "A major project or upgrade; leaders approve too.",
                    "重大上线或升级，需领导审批。",
                ),
                Text("Something is broken and cannot wait.", "紧急上线，故障修复不能等待。"),
            ),
        ),
    ],
)


@explain(Text("Product", "产品"), Text("What is launched, and where.", "上线什么、上线到哪里。"))
class Product(RequestSection):
    """The product and its new version."""

    name: Maybe[Identifier] = required_key(
        Text("Product name", "产品名称"),
        Text("The product's id.", "产品标识。"),
        examples=("checkout",),
    )
    version: Maybe[Version] = optional_key(
        Text("Version", "版本"),
        Text(
            'The version that goes live. Quote it when it looks like a number: "3.2".',
            '上线的版本；形似数字时须加引号，例如 "3.2"。',
        ),
        examples=("3.2.0",),
        marks=STATED,
    )
    change: Maybe[Change] = optional_key(
        Text("Kind of change", "变更类别"),
        Text(
            "New product, version upgrade or feature optimisation.",
            "新产品上线、版本升级或功能优化。",
        ),
        "D4.7",
    )
    environment: Maybe[Identifier] = optional_key(
        Text("Environment", "环境"),
        Text("Where it goes live.", "上线的目标环境。"),
        examples=("production",),
    )


@explain(
    Text("People", "人员"),
    Text(
        "Who takes part. Ids from people.yaml; each is a claim until that person approves.",
        "参与人员，填写 people.yaml 中的标识；本人审批之前均只是声明。",
    ),
)
class People(RequestSection):
    """Everybody who is accountable for the launch."""

    requester: Maybe[Person] = optional_key(
        Text("Requester", "申请人"),
        Text("Who asks for the launch.", "提出上线申请的人。"),
        "D2.2",
        "D4.4",
    )
    executor: Maybe[Person] = optional_key(
        Text("Executor", "执行人"),
        Text("Who carries out the launch: the operations lead.", "执行上线操作的运维部门负责人。"),
        "D2.5",
        marks=person("executor"),
    )
    watcher: Maybe[Person] = optional_key(
        Text("Watcher", "值守人"),
        Text("Who watches while it is carried out.", "上线过程中负责关注情况的人。"),
        "D2.5",
    )
    maintainer: Maybe[Person] = optional_key(
        Text("Maintainer", "维护人员"),
        Text("Who maintains the application.", "应用系统维护人员。"),
        "D3.1",
    )
    project_manager: Maybe[Person] = optional_key(
        Text("Project manager", "项目经理"),
        Text("Who leads the project and approves its tests.", "负责项目并审批测试验收单的人。"),
        "D4.12.1",
    )
    test_lead: Maybe[Person] = optional_key(
        Text("Test lead", "测试负责人"),
        Text("Who hands in the test acceptance form.", "提交测试验收单的人。"),
        "D4.12.1",
    )
    developers: Maybe[Distinct[Person]] = optional_key(
        Text("Developers", "开发人员"),
        Text("Who made what is launched.", "开发人员。"),
        "D3.1",
        examples=(["wu.ting"],),
    )
    testers: Maybe[Distinct[Person]] = optional_key(
        Text("Testers", "测试人员"),
        Text("Who tested it; accountable for the launch.", "测试人员，属上线责任人。"),
        "D4.8",
        examples=(["sun.yu"],),
    )
    quality_assurance: Maybe[Distinct[Person]] = optional_key(
        Text("Quality assurance", "质检人员"),
        Text("Who assures its quality; accountable for the launch.", "质检人员，属上线责任人。"),
        "D4.8",
        examples=(["ma.chao"],),
    )
    approvers: Maybe[Distinct[Person]] = optional_key(
        Text("Approvers", "审批人员"),
        Text(
            "Who is asked to approve; accountable for the launch, and none of the testers.",
            "需要审批的人员，属上线责任人，不得由测试人员兼任。",
        ),
        "D4.8",
        examples=(["chen.jie"],),
    )
