"""All packs, kinds and bindings that judge a launch repository, with one digest over them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from launchpolicy.documents.reading import Document
from launchpolicy.policy.digest import digest_of
from launchpolicy.policy.edition import EDITION, THIRD_EDITION
from launchpolicy.policy.policy import Pack, Policy, policy_of
from launchpolicy.requests.configuration import ANYBODY, LONGEST_APPROVAL, Configuration
from launchpolicy.requests.kinds import Kind, value_at
from launchpolicy.vocabulary.finding import PolicyText
from launchpolicy.vocabulary.named_tuple import NamedTuple

if TYPE_CHECKING:  # loaded only where there are waivers
    from launchpolicy.requests.waiver import Waiver


class _PackSetFields(NamedTuple):
    """What the base of a change says about how requests are judged.

    `waivers` are those that are merged, also expired ones. They are not part of the digest: a
    report names every one that it applies. `edition` is that of what the program decides besides.
    """

    configuration: Configuration
    kinds: Mapping[str, Kind]
    packs: Mapping[str, Pack]
    digest: str
    waivers: tuple[Waiver, ...] = ()
    edition: int = EDITION


class PackSet(_PackSetFields):
    """A pack set, with what is made of it at first use.

    A copy with other fields (`_replace`) begins with nothing made.
    """

    @functools.cached_property
    def facts_by_kind(self) -> dict[str, frozenset[str]]:
        """Return the facts that policies read, by kind; `facts_read` finds them out."""
        return {}

    @functools.cached_property
    def _data_by_kind(self) -> dict[str, Mapping[str, Any]]:
        return {}

    def data_of(self, kind: Kind) -> Mapping[str, Any]:
        """Return the data documents that some policy about a kind names, by name.

        Others need not be converted for CEL with every request.
        """
        if not kind.data.values:
            return {}
        if kind.name not in self._data_by_kind:
            from launchpolicy.policy.expressions import mentions  # noqa: PLC0415 (few have data)

            about = [policy for policy in self.policies if kind.name in policy.match.kinds]
            self._data_by_kind[kind.name] = {
                name: value
                for name, value in kind.data.values.items()
                if any(mentions(policy, name) for policy in about)
            }
        return self._data_by_kind[kind.name]

    @functools.cached_property
    def asking_policies(self) -> dict[str, tuple[Policy, ...]]:
        """Return what `engine.file_questions` has found out, by kind: the policies about files."""
        return {}

    def kind_of(self, path: str) -> Kind | None:
        """Return the kind of the file at `path`; the first declared wins."""
        return next((kind for kind in self.kinds.values() if kind.matches(path)), None)

    def policies_for(self, kind: Kind, document: Document) -> tuple[Policy, ...] | None:
        """Return the policies that judge a document, or None where its process is not configured.

        The mandatory packs come first and are always on: no process can leave them out.
        """
        return self.policies_of(kind, document.data)

    def policies_of(self, kind: Kind, data: object) -> tuple[Policy, ...] | None:
        """Return the policies that judge plain data, as `policies_for` a document."""
        names = self.pack_names_of(kind, data)
        if names is None:
            return None
        return tuple(policy for name in names for policy in self.packs[name].policies)

    def pack_names_of(self, kind: Kind, data: object) -> tuple[str, ...] | None:
        """Return the packs that judge a document, or None where its process is not configured."""
        packs = kind.packs
        if kind.process:
            process = value_at(data, kind.process)
            if not isinstance(process, str) or process not in self.configuration.processes:
                return None
            packs = self.configuration.processes[process]
        return tuple(dict.fromkeys((*self._mandatory(kind), *packs)))

    def is_judged_by_schema_alone(self, kind: Kind) -> bool:
        """Return whether no pack judges a kind: it names none, and no mandatory one is about it."""
        return not (kind.packs or kind.process or self._mandatory(kind))

    def allows_deletion(self, kind: Kind) -> bool:
        """Return whether a deletion that no policy judges passes: where the kind says so."""
        return kind.deletions == "allow"

    def sees_moves(self, kind: Kind) -> bool:
        """Return whether a document that is deleted and comes back elsewhere is judged as moved."""
        is_declared = any(kind.name == declared.name for declared in self.configuration.kinds)
        return self.allows_deletion(kind) or (is_declared and self.edition > THIRD_EDITION)

    def _mandatory(self, kind: Kind) -> tuple[str, ...]:
        """Return the mandatory packs that have a policy for a kind; others do not concern it."""
        return tuple(
            name
            for name in self.configuration.mandatory
            if any(kind.name in policy.match.kinds for policy in self.packs[name].policies)
        )

    @functools.cached_property
    def policies(self) -> tuple[Policy, ...]:
        """Return every policy of every pack, as it is bound."""
        return tuple(policy for pack in self.packs.values() for policy in pack.policies)

    def policy(self, policy: str) -> Policy | None:
        """Return the policy of this id, as it is bound."""
        return next((candidate for candidate in self.policies if candidate.id == policy), None)

    @functools.cached_property
    def asks_for_approvals(self) -> bool:
        """Return whether any policy has a quorum."""
        return any(policy.quorum is not None for policy in self.policies)

    @property
    def policy_texts(self) -> dict[str, PolicyText]:
        """Return what reporters quote, by policy id."""
        return {policy.id: policy.text for policy in self.policies}


def pack_set(
    configuration: Configuration, kinds: Mapping[str, Kind], packs: Mapping[str, Pack]
) -> PackSet:
    """Return the pack set of a configuration: only packs that are in use, bindings overridden."""
    named = [*configuration.pack_names]
    for kind in kinds.values():
        named += kind.packs
    bound = {name: _overridden(packs[name], configuration) for name in dict.fromkeys(named)}
    return PackSet(configuration, kinds, bound, _digest(configuration, kinds, bound))


def _overridden(pack: Pack, configuration: Configuration) -> Pack:
    """Return the pack with the configuration's own bindings in place of the pack's."""
    overrides = {
        binding.get("policy", ""): binding
        for binding in configuration.bindings
        if binding["pack"] == pack.name
    }
    if not overrides:
        return pack
    from launchpolicy.policy.parameters import with_pack_parameters  # noqa: PLC0415 (few override)

    spec = pack.source["pack"]["spec"]
    shared = {**spec.get("params", {}), **overrides.get("", {}).get("params", {})}
    policies = []
    for binding in spec["bindings"]:
        override = overrides.get(binding["policy"], {})
        merged = {**binding, **override}
        merged["params"] = {**binding.get("params", {}), **override.get("params", {})}
        policy = with_pack_parameters(pack.source["policies"][binding["policy"]], shared)
        policies.append(policy_of(policy, pack.name, merged))
    return pack._replace(policies=tuple(policies))


def _digest(
    configuration: Configuration, kinds: Mapping[str, Kind], packs: Mapping[str, Pack]
) -> str:
    """Return one SHA-256 over everything that decides a verdict besides the request itself."""
    return digest_of(
        {
            "processes": {name: list(packs) for name, packs in configuration.processes.items()},
            "mandatory": list(configuration.mandatory),
            "bindings": list(configuration.bindings),
            **_optional_settings(configuration),
            "approvals": [
                configuration.approvals,
                ANYBODY if configuration.anybody_owns_rules else list(configuration.rule_owners),
            ],
            "kinds": {name: _kind_settings(kind) for name, kind in kinds.items()},
            "packs": {name: pack.digest for name, pack in packs.items()},
            **_data_digests(kinds),
        }
    )


def _kind_settings(kind: Kind) -> list[Any]:
    """Return what decides about documents of a kind; one pattern is written as in earlier times."""
    patterns = kind.files.files
    files = patterns[0] if len(patterns) == 1 else list(patterns)
    settings = kind.settings()
    further: list[Any] = [settings] if settings else []
    further += [[lookup.settings() for lookup in kind.lookups]] if kind.lookups else []
    return [files, kind.id, kind.schema_digest, list(kind.packs), *further]


def _data_digests(kinds: Mapping[str, Kind]) -> dict[str, Any]:
    """Return the digest of each data document; nothing where there are none."""
    values = {name: value for kind in kinds.values() for name, value in kind.data.values.items()}
    return {"data": {name: digest_of(value) for name, value in values.items()}} if values else {}


def _optional_settings(configuration: Configuration) -> dict[str, Any]:
    """Return the settings that not every configuration has; nothing where there are none."""
    longest, further = configuration.longest_approval, configuration.also_rules
    products = {name: settings._asdict() for name, settings in configuration.products.items()}
    settings = {
        "vaults": list(configuration.vaults),
        "longest": "" if longest == LONGEST_APPROVAL else longest,
        "repository": configuration.repository,
        "ignore": list(configuration.ignore),
        "alsoRules": None if further is None else {"globs": list(further)},
        "vetoes": list(configuration.veto_roles),
        "outsiders": list(configuration.outsiders),
        "evidenceKeys": list(configuration.evidence_keys),
        "products": products,
        "systems": dict(configuration.systems),
    }
    return {name: value for name, value in settings.items() if value}
