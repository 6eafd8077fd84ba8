"""Words that Chinese texts of the product do not use, and what stands in their place.

The list is that of the glossary: the words of the source documents, one word for one thing. A word
counts only as a whole term; what an entry lets pass is argued beside it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

HAN = "[\u4e00-\u9fff]"


class Term(NamedTuple):
    """A pattern of what is not written, and the word to write."""

    pattern: re.Pattern[str]
    instead: str


def _term(pattern: str, instead: str) -> Term:
    return Term(re.compile(pattern), instead)


TERMS: tuple[Term, ...] = (
    # “切换到分支” is git's own word, and traffic is what one does switch.
    _term("切换(?!到|回|流量)(?<!流量切换)", "上线、系统上线"),
    _term("停业(?!务)", "业务暂停、暂停业务"),  # “暂停业务” holds these two characters
    _term("复业(?!务)", "业务启动、恢复业务"),  # “恢复业务” does, too
    _term("上线方案", "上线计划"),
    _term("数据转换方案", "数据转换计划"),
    _term("到货清单|发货单(?!位)", "产品发货清单"),
    _term("到货项", "发货项"),
    _term("确认书已签署", "已签发《产品上线确认书》"),
    _term("机柜布局", "机柜配置图"),
    _term("(?<!配置)端口表", "网络端口配置表"),
    _term("(?<!运行)设备清单", "运行设备清单"),
    # “数据中心” is a place, “证书透明中心” and the like do not occur.
    _term("(?<!管理)(?<!数据)(?<!以)中心(?!化)", "开发管理中心"),
    _term("质检组|质量组", "质检小组"),
    _term("质量人员|质检员", "质检人员"),
    # The list of coming launches has this head in the papers of the documents.
    _term("(?<!涉及)科室", "产品室、运营室、内容室、系统室；各室"),
    _term("技术部门", "科技部"),
    _term("受影响的?部门", "影响部门"),
    _term("公司相关领导", "公司领导"),
    _term("数据库管理员", "数据库管理人员"),
    _term("系统管理员(?!可)", "系统管理人员"),
    _term("记录人(?!员)", "记录员"),
    _term("出席人员|与会人员|与会者", "参会人员"),
    _term("预上线|上线预告", "上线预知"),
    _term("测试主管|测试经理", "测试负责人"),
    _term("区域经理", "片区经理"),
    _term("合作方(?!式)", "合作伙伴"),
    _term("上线公告|发布公告", "上线通告"),
    _term("台账", "上线日志"),
    _term("结案|关闭前|归档前", "办结、办结前"),
    _term("人员目录|通讯录", "人员名录"),
    _term("拉取请求|合并申请|(?<![A-Za-z])PR(?![A-Za-z])", "合并请求"),
    _term("回滚影响分析", "回滚影响评估"),
    _term("双人验收|双方验收", "双重验收"),
    _term("回退方案|回滚计划", "回滚方案"),
    _term("值班人|值守人员", "值守人"),
)


def _ids(*words: str) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_STAGES = _ids("requested", "launched", "verified", "closed", "cancelled", "rolled-back")
_VERDICTS = _ids(
    *("blocked", "rejected", "undecided", "passed", "failed", "waived", "pending"),
    *("not-applicable", "deny", "warn", "audit"),
)
_VALUES = _ids(
    *("standard", "major", "emergency", "production", "new-product", "version-upgrade"),
    *("feature-optimisation", "LaunchRequest", "Waiver"),
)
_ROLES = _ids(
    *("product-lead", "rd-lead", "operations-lead", "department-head", "quality-assurance"),
    *("company-leadership", "leader-in-charge", "dba", "system-administrator", "test-lead"),
    *("application-maintainer", "technology-department", "project-manager", "regional-manager"),
    *("product-office-manager", "development-management-centre", "integration-line"),
)
IDS = re.compile(f"(?<![\\w/.<-])(?:{_STAGES}|{_VERDICTS}|{_VALUES}|{_ROLES})(?![\\w/.:-])")
"""Ids that stand in a sentence without backquotes: no Chinese reader knows them as words."""

_STARTS, _ENDS = "（“《", "，。；：！？、）”》"
PUNCTUATION: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "half-width punctuation",
        re.compile(f"(?<=[\u4e00-\u9fff”》）])[,;:!?()]|[,;:!?()](?={HAN})"),
    ),
    ("half-width punctuation behind code", re.compile(f"…[,;!?](?=$|\\s|…|{HAN})")),
    ("a full stop of English", re.compile(f"(?<={HAN})\\.(?=\\s|$)")),
    (
        "a gap beside full-width punctuation",
        re.compile(f"[，。；：！？、{_STARTS}] +(?=\\S)|(?<=[^\\s|]) +[{_ENDS}]"),
    ),
    ("no gap between Chinese and Latin letters", re.compile(f"{HAN}[A-Za-z]|[A-Za-z]{HAN}")),
    (
        "no gap between Chinese and figures",
        re.compile(f"(?![年月]){HAN}[0-9]|[0-9](?![年月日]){HAN}"),
    ),
)
