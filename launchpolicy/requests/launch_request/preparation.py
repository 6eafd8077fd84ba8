"""What was done of the launch plan of D9 between the approval and the launch."""

from __future__ import annotations

from launchpolicy.requests.launch_request.addresses import MacAddress
from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    name_key,
    optional_key,
)
from launchpolicy.requests.launch_request.marks import STATED
from launchpolicy.requests.launch_request.records import Evidence
from launchpolicy.requests.launch_request.scalars import Instant, Line, Name, Person
from launchpolicy.requests.launch_request.texts import Prose
from launchpolicy.vocabulary.text import Text


@explain(
    Text("Finished task", "已完成的任务"),
    Text(
        "A task of the launch plan that is done, or dropped.", "上线计划中已完成或不再进行的任务。"
    ),
)
class FinishedTask(RequestSection):
    """Under the name it has in spec.infrastructure.plan.tasks."""

    name: Maybe[Name] = name_key(
        "task, as in spec.infrastructure.plan", "任务（与 spec.infrastructure.plan 一致）", "mount"
    )
    by: Maybe[Person] = optional_key(
        Text("By", "完成人"), Text("Who did it.", "由谁完成。"), "D9.3.1.1"
    )
    done_at: Maybe[Instant] = optional_key(
        Text("Done at", "完成时间"), Text("When.", "完成时间。"), "D9.3.1.1"
    )
    dropped: Maybe[Prose] = optional_key(
        Text("Dropped", "不再进行"),
        Text("Why it was not done.", "为何不再进行该任务。"),
        "D9.3.1.1",
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("A record of it.", "相关记录。"), "D9.3.1.1"
    )


@explain(
    Text("Running device", "投运设备"),
    Text("What was not known of a device at the approval.", "审批时尚不知道的设备信息。"),
)
class RunningDevice(RequestSection):
    """Under the name it has in spec.infrastructure.equipment."""

    name: Maybe[Name] = name_key(
        "device, as in spec.infrastructure.equipment",
        "设备（与 spec.infrastructure.equipment 一致）",
        "db-01",
    )
    serial_number: Maybe[Line] = optional_key(
        Text("Serial number", "序列号"),
        Text("Its serial number.", "设备序列号。"),
        "D9.3.1.2",
        marks=STATED,
    )
    asset_number: Maybe[Line] = optional_key(
        Text("Asset number", "资产编号"),
        Text("Our number for it.", "固定资产编号。"),
        "D9.3.1.2",
        marks=STATED,
    )


@explain(
    Text("Running port", "投运端口"),
    Text("What was not known of a port at the approval.", "审批时尚不知道的端口信息。"),
)
class RunningPort(RequestSection):
    """Under the name it has in spec.infrastructure.ports."""

    name: Maybe[Name] = name_key(
        "port, as in spec.infrastructure.ports",
        "端口记录（与 spec.infrastructure.ports 一致）",
        "db-01-eth0",
    )
    mac_address: Maybe[MacAddress] = optional_key(
        Text("MAC address", "MAC 地址"), Text("Its MAC address.", "端口的 MAC 地址。"), "D9.3.1.2"
    )
