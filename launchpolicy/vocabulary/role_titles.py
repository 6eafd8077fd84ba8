"""Titles of the roles of the shipped packs; files name a role by its id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from launchpolicy.vocabulary.text import Text

TITLES: Final[Mapping[str, Text]] = {
    "application-maintainer": Text("Application maintainer", "应用系统维护人员"),
    "company-leadership": Text("Company leadership", "公司领导"),
    "dba": Text("Database administrator", "数据库管理人员"),
    "department-head": Text("Head of a department", "部门负责人"),
    "development-management-centre": Text("Development-management centre", "开发管理中心"),
    "integration-line": Text("Integration line", "集成条线"),
    "leader-in-charge": Text("Leader in charge", "分管领导"),
    "operations-lead": Text("Head of operations", "运维部门负责人"),
    "product-lead": Text("Head of product", "产品部负责人"),
    "product-office-manager": Text("Manager of the product office", "产品室经理"),
    "project-manager": Text("Project manager", "项目经理"),
    "quality-assurance": Text("QA group", "质检小组"),
    "rd-lead": Text("Head of research and development", "研发部负责人"),
    "regional-manager": Text("Regional manager", "片区经理"),
    "system-administrator": Text("System administrator", "系统管理人员"),
    "technology-department": Text("Technology department", "科技部"),
    "test-lead": Text("Head of testing", "测试负责人"),
}
"""Role id → its title, in the words of the source documents."""


def role_title(role: str) -> Text:
    """Return the title of a role; of a role that no shipped pack knows, its id."""
    return TITLES.get(role, Text(role, role))
