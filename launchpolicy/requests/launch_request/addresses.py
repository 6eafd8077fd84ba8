"""Network addresses, each with one spelling only, so that equal addresses are equal texts (D9)."""

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypeAliasType

from launchpolicy.requests.launch_request.grammar_text import GrammarText
from launchpolicy.vocabulary.text import Text

_BYTE = r"(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_IPV4 = rf"({_BYTE}\.){{3}}{_BYTE}"
_IPV6 = r"[0-9a-f]{4}(:[0-9a-f]{4}){7}"
_LABEL = r"[a-z0-9]+(-+[a-z0-9]+)*"

Ipv4Address = TypeAliasType(
    "Ipv4Address",
    Annotated[
        str,
        GrammarText(
            Text("IPv4 address", "IPv4 地址"),
            Text("Four decimal numbers without leading zeros.", "四段十进制数，不带前导零。"),
            rf"^{_IPV4}$",
            ("10.20.3.14",),
        ),
    ],
)
Ipv6Address = TypeAliasType(
    "Ipv6Address",
    Annotated[
        str,
        GrammarText(
            Text("IPv6 address", "IPv6 地址"),
            Text(
                "Written out in full: eight groups of four lower-case digits, no `::`.",
                "完整写法：八组四位小写十六进制数，不用 `::` 缩写。",
            ),
            rf"^{_IPV6}$",
            ("fd00:0000:0000:0003:0000:0000:0000:0014",),
        ),
    ],
)
Network = TypeAliasType(
    "Network",
    Annotated[
        str,
        GrammarText(
            Text("Network", "网段"),
            Text(
                "An address and the length of its prefix; of IPv6 the address in full, no `::`.",
                "网络地址与前缀长度；IPv6 地址须用完整写法，不用 `::` 缩写。",
            ),
            rf"^({_IPV4}/(3[0-2]|[12]?[0-9])|{_IPV6}/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))$",
            ("10.20.3.0/24", "fd00:0000:0000:0003:0000:0000:0000:0000/64"),
        ),
    ],
)
Gateway = TypeAliasType(
    "Gateway",
    Annotated[
        str,
        GrammarText(
            Text("Gateway", "网关"),
            Text(
                "An IPv4 address, or an IPv6 address in full, no `::`.",
                "IPv4 地址，或完整写法的 IPv6 地址，不用 `::` 缩写。",
            ),
            rf"^({_IPV4}|{_IPV6})$",
            ("10.20.3.1", "fd00:0000:0000:0003:0000:0000:0000:0001"),
        ),
    ],
)
MacAddress = TypeAliasType(
    "MacAddress",
    Annotated[
        str,
        GrammarText(
            Text("MAC address", "MAC 地址"),
            Text(
                "Six pairs of lower-case digits, with colons.",
                "六组两位小写十六进制数，用冒号分隔。",
            ),
            r"^[0-9a-f]{2}(:[0-9a-f]{2}){5}$",
            ("3c:ec:ef:10:2a:01",),
        ),
    ],
)
HostName = TypeAliasType(
    "HostName",
    Annotated[
        str,
        GrammarText(
            Text("Host name", "域名"),
            Text(
                "Lower-case ASCII labels with dots; other alphabets in Punycode.",
                "小写 ASCII 域名；中文域名请写成 Punycode。",
            ),
            rf"^{_LABEL}(\.{_LABEL})+$",
            ("checkout.example.com",),
        ),
    ],
)
