"""Ask a forge for what was deployed from a repository."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from launchpolicy.hosts.forges.registry import FORGES
from launchpolicy.ledger.reconciliation import Deployment
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class ForgeDeploymentOptions:
    """Which forge is asked, in which environment, for which product, and since when.

    A forge knows repositories, not products: all deployments are of the one product named.
    """

    environ: Mapping[str, str]
    forge: str
    products: tuple[str, ...]
    since: datetime | None = None


def read_forge_deployments(asked: ForgeDeploymentOptions) -> tuple[Deployment, ...]:
    """Return the deployments that succeeded, of the one product named.

    Raises:
        UsageError: not exactly one product is named.
        UndecidedError: the forge does not answer, or not completely.
    """
    if len(asked.products) != 1:
        raise UsageError(
            Text(
                "A forge does not say which product a deployment is of.",
                "托管平台不提供部署所属的产品。",
            ),
            Text(
                "Name the product of this repository: --product NAME.",
                "请指定本仓库的产品：--product NAME。",
            ),
        )
    source = FORGES[asked.forge].load().open_deployments(asked.environ)
    return tuple(
        Deployment(
            at=done.at,
            product=asked.products[0],
            identifiers=(done.commit, *((done.reference,) if done.reference else ())),
            environment=done.environment,
            origin=done.address,
        )
        for done in source.successful_deployments(asked.since)
    )
