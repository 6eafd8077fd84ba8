"""The launch documents of D9.3.1.2 as data: rack layout, network port table, equipment list.

Nothing here refuses a rack unit, port or address that is used twice: that is for policies to find.
"""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypeAliasType

from launchpolicy.requests.launch_request.addresses import (
    Gateway,
    Ipv4Address,
    Ipv6Address,
    MacAddress,
    Network,
)
from launchpolicy.requests.launch_request.choices import Words
from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    name_key,
    optional_key,
)
from launchpolicy.requests.launch_request.marks import STATED
from launchpolicy.requests.launch_request.scalars import (
    Instant,
    Line,
    Name,
    Ordinal,
    Person,
    PlannedInstant,
    Quantity,
)
from launchpolicy.requests.launch_request.texts import Prose
from launchpolicy.vocabulary.text import Text

EquipmentKind = TypeAliasType(
    "EquipmentKind",
    Annotated[
        Literal[
            "server",
            "storage",
            "switch",
            "router",
            "firewall",
            "load-balancer",
            "ups",
            "power-distribution",
            "software",
            "other",
        ],
        Words(
            Text("Kind of equipment", "设备类别"),
            Text("What sort of device or product it is.", "属于哪类设备或产品。"),
            (
                Text("A server.", "服务器。"),
                Text("Storage.", "存储设备。"),
                Text("A switch.", "交换机。"),
                Text("A router.", "路由器。"),
                Text("A firewall.", "防火墙。"),
                Text("A load balancer.", "负载均衡设备。"),
                Text("An uninterruptible power supply.", "不间断电源（UPS）。"),
                Text("Power distribution.", "配电设备。"),
                Text("Software or a licence.", "软件或许可证。"),
                Text("Something else.", "其他。"),
            ),
        ),
    ],
)


@explain(Text("Far end", "对端"), Text("The other end of the cable.", "线缆的另一端。"))
class FarEnd(RequestSection):
    """Device and port at the other end."""

    equipment: Maybe[Name] = optional_key(
        Text("Equipment", "设备"), Text("Which device.", "对端设备。"), "D9.3.1.2"
    )
    port: Maybe[Line] = optional_key(
        Text("Port", "端口"),
        Text("Which port.", "对端端口。"),
        "D9.3.1.2",
        examples=("GE1/0/12",),
        marks=STATED,
    )


@explain(
    Text("Network port", "网络端口"), Text("A line of the port table.", "网络端口配置表中的一行。")
)
class Port(RequestSection):
    """One port of one device."""

    name: Maybe[Name] = name_key("line of the table", "端口记录", "db-01-eth0")
    equipment: Maybe[Name] = optional_key(
        Text("Equipment", "设备"),
        Text(
            "A name in spec.infrastructure.equipment.", "spec.infrastructure.equipment 中的名称。"
        ),
        "D9.3.1.2",
    )
    port: Maybe[Line] = optional_key(
        Text("Port", "端口"),
        Text("The port of the device.", "设备端口。"),
        "D9.3.1.2",
        examples=("eth0",),
        marks=STATED,
    )
    ipv4_address: Maybe[Ipv4Address] = optional_key(
        Text("IPv4 address", "IPv4 地址"),
        Text("Its IPv4 address.", "端口的 IPv4 地址。"),
        "D9.3.1.2",
    )
    ipv6_address: Maybe[Ipv6Address] = optional_key(
        Text("IPv6 address", "IPv6 地址"),
        Text("Its IPv6 address, written out in full.", "端口的 IPv6 地址，须完整书写。"),
        "D9.3.1.2",
    )
    network: Maybe[Network] = optional_key(
        Text("Network", "网段"), Text("The network it belongs to.", "所属网段。"), "D9.3.1.2"
    )
    gateway: Maybe[Gateway] = optional_key(
        Text("Gateway", "网关"), Text("The gateway.", "网关地址。"), "D9.3.1.2"
    )
    vlan: Maybe[Ordinal] = optional_key(
        Text("VLAN", "VLAN 编号"),
        Text("The number of its VLAN.", "所属 VLAN 编号。"),
        "D9.3.1.2",
        examples=(103,),
    )
    mac_address: Maybe[MacAddress] = optional_key(
        Text("MAC address", "MAC 地址"), Text("Its MAC address.", "端口的 MAC 地址。"), "D9.3.1.2"
    )
    speed: Maybe[Quantity] = optional_key(
        Text("Speed", "速率"),
        Text("How fast it is.", "端口速率。"),
        "D9.3.1.2",
        examples=("10 Gbit/s",),
    )
    far_end: Maybe[FarEnd] = optional_key(
        Text("Far end", "对端"), Text("Where the cable leads.", "线缆对端。"), "D9.3.1.2"
    )
    purpose: Maybe[Prose] = optional_key(
        Text("Purpose", "用途"), Text("What it is for.", "端口用途。"), "D9.3.1.2"
    )


@explain(
    Text("Equipment", "设备"),
    Text("A device or product in operation.", "一台投入运行的设备或产品。"),
)
class Equipment(RequestSection):
    """A line of the equipment list."""

    name: Maybe[Name] = name_key("device", "设备", "db-01")
    kind: Maybe[EquipmentKind] = optional_key(
        Text("Kind", "类别"), Text("What sort of device it is.", "属于哪类设备。"), "D9.3.1.2"
    )
    vendor: Maybe[Line] = optional_key(
        Text("Vendor", "厂商"), Text("Who makes it.", "生产厂商。"), "D9.3.1.2", marks=STATED
    )
    model: Maybe[Line] = optional_key(
        Text("Model", "型号"), Text("Which model.", "设备型号。"), "D9.3.1.2", marks=STATED
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
    operating_system: Maybe[Line] = optional_key(
        Text("Operating system", "操作系统"),
        Text("What it runs.", "操作系统及版本。"),
        "D9.3.1.2",
        marks=STATED,
    )
    power: Maybe[Quantity] = optional_key(
        Text("Power", "功耗"),
        Text("How much it draws.", "设备功耗。"),
        "D9.3.1.2",
        examples=("450 W",),
    )
    purpose: Maybe[Prose] = optional_key(
        Text("Purpose", "用途"), Text("What it is for.", "设备用途。"), "D9.3.1.2"
    )
    owner: Maybe[Person] = optional_key(
        Text("Owner", "责任人"), Text("Who is responsible for it.", "设备责任人。"), "D9.3.1.2"
    )
    installed_at: Maybe[Instant] = optional_key(
        Text("Installed at", "安装时间"),
        Text("When it was put in place.", "设备安装时间。"),
        "D9.3.1.2",
    )
    warranty_until: Maybe[PlannedInstant] = optional_key(
        Text("Warranty until", "保修截止"),
        Text("Until when it is under warranty.", "保修截止时间。"),
        "D9.3.1.2",
    )
