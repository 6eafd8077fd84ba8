"""`spec`: what is asked for and approved; nothing in it changes once the launch began."""

from __future__ import annotations

from launchpolicy.requests.launch_request.acceptance import Acceptance
from launchpolicy.requests.launch_request.attempt import Attempt
from launchpolicy.requests.launch_request.backup import PlannedBackup
from launchpolicy.requests.launch_request.cutover import (
    DataConversion,
    Documents,
    Handover,
)
from launchpolicy.requests.launch_request.development import Development
from launchpolicy.requests.launch_request.emergency import Emergency
from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    optional_key,
    required_key,
)
from launchpolicy.requests.launch_request.governance import (
    Channel,
    Foresight,
    LaunchReview,
    Maintenance,
    QualityForm,
)
from launchpolicy.requests.launch_request.impact import Impact
from launchpolicy.requests.launch_request.infrastructure import Infrastructure
from launchpolicy.requests.launch_request.initiation import Initiation
from launchpolicy.requests.launch_request.lists import Distinct, Named
from launchpolicy.requests.launch_request.market import Market
from launchpolicy.requests.launch_request.marks import inside, person
from launchpolicy.requests.launch_request.meeting import Meeting
from launchpolicy.requests.launch_request.plan import Checks, Content, Step, WatchPoint, Window
from launchpolicy.requests.launch_request.product import People, Product, Risk
from launchpolicy.requests.launch_request.records import Notice
from launchpolicy.requests.launch_request.rehearsal import Rehearsal
from launchpolicy.requests.launch_request.rollback import RollbackPlan
from launchpolicy.requests.launch_request.scalars import Identifier, RequestName
from launchpolicy.requests.launch_request.testing import Testing
from launchpolicy.requests.launch_request.texts import Prose
from launchpolicy.vocabulary.text import Text


@explain(
    Text("Specification", "申请内容"),
    Text("What is asked for and approved.", "申请并获批准的内容。"),
)
class Spec(RequestSection):
    """The plan; which sections it needs is for the packs of its process to say."""

    process: Maybe[Identifier] = required_key(
        Text("Process", "流程"),
        Text(
            "The process in .launchpolicy.yaml; it says which packs judge this request.",
            ".launchpolicy.yaml 中的流程，决定由哪些策略包判定本申请。",
        ),
        examples=("product-launch",),
    )
    product: Maybe[Product] = optional_key(
        Text("Product", "产品"),
        Text("What is launched, and where.", "上线什么、上线到哪里。"),
        "D4.7",
    )
    risk: Maybe[Risk] = optional_key(
        Text("Risk class", "风险级别"),
        Text("How much is at stake.", "上线的风险级别。"),
        "D3.2.2",
        "D4.6",
    )
    emergency: Maybe[Emergency] = optional_key(
        Text("Emergency", "紧急上线"),
        Text("Why it cannot wait; only for risk `emergency`.", "为何紧急；仅用于紧急上线。"),
        "D2.2",
    )
    summary: Maybe[Prose] = optional_key(
        Text("Summary", "概述"),
        Text("What users get from it.", "上线给用户带来什么。"),
        examples=({"en": "Split payment and refunds.", "zh": "支持分单支付与退款。"},),
    )
    people: Maybe[People] = optional_key(
        Text("People", "人员"), Text("Who takes part.", "参与人员。"), "D2.5", "D2.8", "D4.8"
    )
    window: Maybe[Window] = optional_key(
        Text("Launch window", "上线窗口"), Text("When it is carried out.", "何时执行上线。"), "D2.2"
    )
    watch: Maybe[Named[WatchPoint]] = optional_key(
        Text("Points to watch", "关注事项"),
        Text(
            "What is watched meanwhile: at least backup and monitoring.",
            "上线过程中的关注事项，至少包括备份和监控。",
        ),
        "D2.2",
    )
    content: Maybe[Named[Content]] = optional_key(
        Text("Content", "上线内容"),
        Text("What is changed.", "本次上线变更的内容。"),
        "D2.8",
        "D3.3.6",
    )
    impact: Maybe[Impact] = optional_key(
        Text("Impact", "影响"),
        Text("Who and what is affected.", "影响哪些人和系统。"),
        "D3.2.2",
        "D3.3.3",
    )
    acceptance: Maybe[Acceptance] = optional_key(
        Text("Acceptance", "验收"), Text("That the product is accepted.", "产品验收情况。"), "D2.1"
    )
    testing: Maybe[Testing] = optional_key(
        Text("Testing", "测试"),
        Text("How it was tested.", "如何测试。"),
        "D3.3.2",
        "D4.12.1",
        "D6.5",
        "D8.5.4",
        "D8.8.1",
    )
    checks: Maybe[Checks] = optional_key(
        Text("Checks", "检查"),
        Text("What is checked before and after.", "上线前后的检查项。"),
        "D2.4",
        "D2.6",
    )
    backup: Maybe[Named[PlannedBackup]] = optional_key(
        Text("Backup plan", "备份方案"),
        Text(
            "At least one entry of kind database and one of kind files; `none` says why not.",
            "至少各有一条数据库备份和文件备份；不需要时用 `none` 说明理由。",
        ),
        "D2.3",
        "D3.3.4",
    )
    rollback: Maybe[RollbackPlan] = optional_key(
        Text("Rollback plan", "回滚方案"),
        Text("How the launch is taken back.", "如何回滚。"),
        "D2.7",
    )
    steps: Maybe[Named[Step]] = optional_key(
        Text("Steps", "上线步骤"),
        Text("What is done, in order.", "按顺序执行的步骤。"),
        "D2.5",
        "D3.3.1",
    )
    notice: Maybe[Notice] = optional_key(
        Text("Launch notice", "上线通知"),
        Text(
            "Where it stood in requests approved earlier; now status.notice.",
            "旧版申请中的位置；现写入 status.notice。",
        ),
        "D3.3.2",
        marks=inside(by=person("technology-department")),
    )
    initiation: Maybe[Initiation] = optional_key(
        Text("Initiation", "工作发起"),
        Text("Who of the product office began which work.", "产品室由谁发起各项工作。"),
        "D4.4",
    )
    foresight: Maybe[Foresight] = optional_key(
        Text("Foresight", "上线预知"),
        Text("That it was known and discussed a week ahead.", "上线前一周预知并讨论的情况。"),
        "D4.12.2",
    )
    quality_form: Maybe[QualityForm] = optional_key(
        Text("Quality form", "质检单"),
        Text("What the QA group found.", "质检小组的结论。"),
        "D4.6",
    )
    review: Maybe[LaunchReview] = optional_key(
        Text("Launch review", "上线评审"),
        Text("Which offices took part.", "各室参加评审的情况。"),
        "D4.5",
    )
    maintenance: Maybe[Maintenance] = optional_key(
        Text("Maintenance", "上线后维护"),
        Text("Who looks after it afterwards.", "上线后的维护与安全。"),
        "D4.5",
    )
    channels: Maybe[Named[Channel]] = optional_key(
        Text("Channels", "渠道"),
        Text(
            "Carriers and channels that must show the new product.", "须更新为新产品的载体和渠道。"
        ),
        "D4.5",
        "D4.9",
    )
    documents: Maybe[Documents] = optional_key(
        Text("Documents", "文档"),
        Text("The papers of the launch.", "上线所需的各份文档。"),
        "D3.1",
        "D3.2.1",
    )
    attempt: Maybe[Attempt] = optional_key(
        Text("Further attempt", "再次上线"),
        Text(
            "What was solved since the attempt before failed.",
            "上一次上线失败后解决了什么。",
        ),
        "D3.3.5",
    )
    depends_on: Maybe[Distinct[RequestName]] = optional_key(
        Text("Depends on", "依赖"),
        Text("Requests that must be launched first.", "必须先上线的其他申请。"),
        examples=(["LR-2026-0040"],),
    )
    data_conversion: Maybe[DataConversion] = optional_key(
        Text("Data conversion", "数据转换"),
        Text("How data is converted, or why none is.", "如何转换数据，或说明为何不涉及。"),
        "D3.2.1",
        "D3.3.1",
    )
    rehearsal: Maybe[Rehearsal] = optional_key(
        Text("Launch rehearsal", "上线演练"),
        Text(
            "Where it stood in requests approved earlier; now status.rehearsal.",
            "旧版申请中的位置；现写入 status.rehearsal。",
        ),
        "D3.3.1",
    )
    handover: Maybe[Handover] = optional_key(
        Text("Handover", "移交"),
        Text("From developers to maintainers.", "开发人员向维护人员的移交。"),
        "D3.1",
    )
    meeting: Maybe[Meeting] = optional_key(
        Text("Release meeting", "新产品发布会议"),
        Text("Preparation and minutes.", "会议准备与纪要。"),
        "D5",
    )
    development: Maybe[Development] = optional_key(
        Text("Development", "产品开发"),
        Text("How the product came to be.", "产品开发各阶段的记录。"),
        "D1",
        "D6",
        "D8",
    )
    market: Maybe[Market] = optional_key(
        Text("Market", "市场"), Text("How it comes to its users.", "产品如何推向市场。"), "D7"
    )
    infrastructure: Maybe[Infrastructure] = optional_key(
        Text("Infrastructure", "基础设施"),
        Text("Equipment and where it goes.", "设备、发货清单及安装位置。"),
        "D9",
    )
