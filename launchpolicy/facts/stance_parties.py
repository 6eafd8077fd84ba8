"""Patterns of who answers for an approval: a role, a department, a person, in both languages."""

from __future__ import annotations

from typing import Final

_BODY: Final = (
    r"(?:customers?|clients?|vendors?|suppliers?|dbas?|database administrators?|operations|ops"
    r"|finance|accounting|security|quality(?: assurance)?|qa|testing|legal|compliance"
    r"|risk(?: control)?|audit|internal audit|marketing|sales|support|customer service|product"
    r"|development|r&d|engineering|architecture|management|leadership|procurement|infrastructure|network|business|sre)"
)
RANK: Final = (
    r"(?:leads?|leaders?|managers?|directors?|heads?|officers?|offices?|departments?|teams?|groups?"
    r"|boards?|committees?|representatives?|side|owners?|engineers?|approvers?|reviewers?|experts?"
    r"|administrators?|architects?|auditors?|sponsors?|stakeholders?|counsel|chair(?:man|woman)?"
    r"|controllers?|testers?|members?)"
)
ENGLISH_PARTY: Final = (
    rf"(?:(?:the|our|their|its|one|two|both|a|an) )?(?:{_BODY}(?: and {_BODY})?(?: {RANK})?"
    rf"|(?:[a-z&]+ ){{0,2}}{RANK}"
    r"|(?-i:[A-Z][a-z]+ [A-Z][a-z]+)|(?-i:(?:Mr|Ms|Mrs|Dr)\.? [A-Z][a-z]+)"
    r"|[a-z]+\.[a-z]+)"
)
_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁"
    "任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴"
    "莫孔向汤"
)
_CHINESE_BODY: Final = (
    r"(?:客户|甲方|乙方|业主|业务|需求|运维|运营|DBA|数据库|财务|会计|法务|法律|合规|风控|审计|内审|安全"
    r"|信息安全|质量|质控|品质|测试|产品|研发|开发|技术|架构|基础设施|网络|市场|销售|客服|采购|行政|项目"
    r"|项目管理|领导|公司领导|管理|实施|供应商|厂商|监理|专家|评审|验收|审批|变更)"
)
_CHINESE_RANK: Final = (
    r"(?:部门?|处|科|室|中心|组|团队|小组|委员会|委员|办公室|方|侧|人员|人|负责人|经理|主管|总监|主任|代表"
    r"|工程师|管理员|专家|成员|领导|总|管|同事|同志|老师)"
)
CHINESE_PARTY: Final = (
    rf"(?:[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?|{_CHINESE_BODY}{_CHINESE_RANK}{{0,2}}|客户|甲方"
    rf"|[\u4e00-\u9fff]{{2,6}}?(?:部门?|处|室|中心|委员会|负责人|经理|总监|代表|方))"
)
