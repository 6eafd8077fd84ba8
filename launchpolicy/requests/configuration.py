"""`.launchpolicy.yaml`: which packs each process means, and where things live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, cast

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading_rules import STRICT, ReadingRules, bytes_of, route_pattern
from launchpolicy.requests.bundles import FOLDER, BundleDeclaration, bundle_declarations
from launchpolicy.requests.data import DataDeclaration, data_declarations
from launchpolicy.requests.file_patterns import FilePatterns
from launchpolicy.requests.lookups import Lookup, lookups_of
from launchpolicy.vocabulary import configuration_file
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.text import Language, Text, text_of

if TYPE_CHECKING:  # loaded only where some are named
    from launchpolicy.requests.accounts import Outsider

FILE = configuration_file.FILE

REQUEST_FILE = "request.yaml"
"""The name of the file of a launch request, in the folder of its name."""

LONGEST_APPROVAL = "720h"
"""How long a signed approval counts at most where the configuration does not say."""

_READING_KEYS = frozenset({"maxSize", "anchors", "documents", "keepText"})
"""The settings of a kind that say how its files are read."""

SIGNED: Final = "signed"
RECORDED: Final = "recorded"
"""Sources of approvals besides forges: signed files, and a record that the caller gives."""

ANYBODY = "anybody"
"""What stands in place of the owners of the rules where nobody is to be asked."""


class Paths(NamedTuple):
    """Where the parts of a launch repository stand, from its top level."""

    launches: str = "launches"
    people: str = "people.yaml"
    calendar: str = "calendar.yaml"
    waivers: str = "waivers"
    policies: tuple[str, ...] = ("policies",)

    def request(self, name: str) -> str:
        """Return the path of the launch request of this name."""
        return f"{self.launches}/{name}/{REQUEST_FILE}"


class LedgerSettings(NamedTuple):
    """Where the ledger is kept: its branch, its name in checkpoints, the key that verifies them.

    `of` is the branch that the ledger records. It, `origin` and `key` are "" where the
    configuration does not say; `former_keys` are those that signed before `key`. The last
    checkpoint is kept on the branch `heads_branch` as well, of `heads_remote` ("" for where the
    ledger is pushed to). `witnesses` are the public keys of witnesses, `quorum` of which must have
    cosigned (0: all). `web` is the address of the repository and the software that shows it there,
    ("", "") where the configuration does not say.
    """

    branch: str = "launch-ledger"
    origin: str = ""
    key: str = ""
    heads_branch: str = "launch-ledger-heads"
    heads_remote: str = ""
    former_keys: tuple[str, ...] = ()
    of: str = ""
    witnesses: tuple[str, ...] = ()
    quorum: int = 0
    web: tuple[str, str] = ("", "")


class KindDeclaration(NamedTuple):
    """A further document kind, as declared; its schema is still only a path.

    Without `packs` the schema alone judges. `deletions` is `judge`, `allow` or "" (not said).
    """

    name: str
    files: FilePatterns
    schema: str
    id: str
    packs: tuple[str, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    deletions: str = ""
    reading: ReadingRules = STRICT
    has_unique_ids: bool = False


class ProductSettings(NamedTuple):
    """What a configuration says of one product; empty where it does not say.

    `processes` are those that may launch it, `risk` is the least risk class of its launches,
    `departments` are those that may ask for one, `owner` is the department that answers for it.
    """

    processes: tuple[str, ...] = ()
    risk: str = ""
    departments: tuple[str, ...] = ()
    owner: str = ""


class Configuration(NamedTuple):
    """A validated configuration with its defaults filled in.

    `bindings` are the overrides of shipped bindings: plain mappings with `pack` and `policy`.
    `approvals` is the id of the source of approvals, `rule_owners` are roles any of which approves
    changes of the rules (`anybody_owns_rules` says that nobody is to be asked), `also_rules` are
    globs of further rules (None: the usual ones). `outsiders` are bots and others who take part in
    changes and approve nothing, `veto_roles` are roles whose holders may stop every request. A
    signed approval counts no longer than the duration `longest_approval`, and in the `repository`
    of that name ("": of the same first commit).
    `vaults` are the safe places for backups, `placeholders` are further texts that say nothing,
    `ignore` are globs of files that only look like requests. `products` are by name; `systems` are
    names with the department that owns each. `names` are what people call things: kind of thing →
    id → name. `evidence_keys` are the public keys of which one must have signed each attestation;
    none where it need not. `paper_number` is the pattern of document numbers, "" for none. `data`
    are the data documents that policies read, `bundles` the packs that were copied in.
    """

    language: Language | None
    processes: Mapping[str, tuple[str, ...]]
    mandatory: tuple[str, ...]
    paths: Paths
    kinds: tuple[KindDeclaration, ...]
    bindings: tuple[Mapping[str, Any], ...]
    approvals: str = SIGNED
    rule_owners: tuple[str, ...] = ()
    anybody_owns_rules: bool = False
    longest_approval: str = LONGEST_APPROVAL
    repository: str = ""
    also_rules: tuple[str, ...] | None = None
    outsiders: tuple[Outsider, ...] = ()
    veto_roles: tuple[str, ...] = ()
    ledger: LedgerSettings = LedgerSettings()
    vaults: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    products: Mapping[str, ProductSettings] = MappingProxyType({})
    systems: Mapping[str, str] = MappingProxyType({})
    names: Mapping[str, Mapping[str, Text]] = MappingProxyType({})
    evidence_keys: tuple[str, ...] = ()
    paper_number: str = ""
    data: tuple[DataDeclaration, ...] = ()
    bundles: tuple[BundleDeclaration, ...] = ()

    @property
    def pack_names(self) -> tuple[str, ...]:
        """Return every pack that something names, mandatory ones first, each once."""
        named = [*self.mandatory]
        for packs in self.processes.values():
            named += packs
        for kind in self.kinds:
            named += kind.packs
        return tuple(dict.fromkeys(named))

    @property
    def pack_folders(self) -> tuple[str, ...]:
        """Return the folders whose folders are packs: the repository's own, and of bundles."""
        return (*self.paths.policies, *(bundle.pack_folder for bundle in self.bundles))

    @property
    def rule_folders(self) -> tuple[str, ...]:
        """Return the folders below which every file is a rule."""
        return (*self.paths.policies, *((FOLDER,) if self.bundles else ()))


def configuration_of(data: Mapping[str, Any]) -> Configuration:
    """Return the configuration of a file that follows the schema of kind Configuration."""
    paths = dict(data.get("paths", {}))
    if "policies" in paths:
        paths["policies"] = tuple(paths["policies"])
    approvals = data.get("approvals", {})
    is_open = approvals.get("rules") == ANYBODY
    return Configuration(
        language=cast("Language | None", data.get("language")),
        processes={name: tuple(packs) for name, packs in data.get("processes", {}).items()},
        mandatory=tuple(data.get("mandatory", ())),
        paths=Paths(**paths),
        kinds=tuple(_kind(kind) for kind in data.get("kinds", ())),
        bindings=tuple(data.get("bindings", ())),
        approvals=approvals.get("source", SIGNED),
        rule_owners=() if is_open else tuple(approvals.get("rules", ())),
        anybody_owns_rules=is_open,
        longest_approval=approvals.get("longest", LONGEST_APPROVAL),
        repository=approvals.get("repository", ""),
        also_rules=_globs(approvals.get("alsoRules")),
        veto_roles=tuple(approvals.get("vetoes", ())),
        outsiders=_outsiders([*approvals.get("bots", ()), *approvals.get("outsiders", ())]),
        ledger=_ledger(data.get("ledger", {})),
        vaults=tuple(data.get("vaults", ())),
        placeholders=tuple(data.get("placeholders", ())),
        ignore=tuple(data.get("ignore", ())),
        products={name: _product(settings) for name, settings in data.get("products", {}).items()},
        systems=dict(data.get("systems", {})),
        names=names_by_kind(data.get("names", {})),
        evidence_keys=tuple(data.get("evidence", {}).get("keys", ())),
        paper_number=data.get("papers", {}).get("number", ""),
        data=data_declarations(data.get("data", ())),
        bundles=bundle_declarations(data.get("bundles", ())),
    )


def _kind(data: Mapping[str, Any]) -> KindDeclaration:
    return KindDeclaration(
        name=data["name"],
        files=FilePatterns(_one_or_many(data["files"]), _one_or_many(data.get("except", ()))),
        schema=data["schema"],
        id=data["id"],
        packs=tuple(data.get("packs", ())),
        lookups=lookups_of(data.get("lookups", ())),
        deletions=data.get("deletions", ""),
        reading=_reading(data) if _READING_KEYS & data.keys() else STRICT,
        has_unique_ids=data.get("ids") == "unique",
    )


def _outsiders(data: Sequence[Any]) -> tuple[Outsider, ...]:
    if not data:
        return ()
    from launchpolicy.requests.accounts import outsider_of  # noqa: PLC0415 (few name any)

    return tuple(map(outsider_of, data))


def _one_or_many(data: str | Sequence[str]) -> tuple[str, ...]:
    return (data,) if isinstance(data, str) else tuple(data)


def _reading(data: Mapping[str, Any]) -> ReadingRules:
    return ReadingRules(
        max_bytes=bytes_of(data["maxSize"]) if "maxSize" in data else MAX_BYTES,
        expands_anchors=data.get("anchors") == "expand",
        is_stream=data.get("documents") == "many",
        text_routes=tuple(map(route_pattern, data.get("keepText", ()))),
    )


def _globs(data: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if data is None else tuple(data)


def names_by_kind(data: Mapping[str, Any]) -> Mapping[str, Mapping[str, Text]]:
    """Return the names that a file gives to things: kind of thing → id → name."""
    return {
        kind: {identifier: text_of(name) for identifier, name in things.items()}
        for kind, things in data.items()
    }


def _product(data: Mapping[str, Any]) -> ProductSettings:
    return ProductSettings(
        processes=tuple(data.get("processes", ())),
        risk=data.get("risk", ""),
        departments=tuple(data.get("departments", ())),
        owner=data.get("owner", ""),
    )


def _ledger(data: Mapping[str, Any]) -> LedgerSettings:
    own = {name: data[name] for name in ("branch", "of", "origin", "key") if name in data}
    heads = {f"heads_{name}": value for name, value in data.get("heads", {}).items()}
    witnesses = data.get("witnesses", {})
    web = data.get("web", {})
    return LedgerSettings(
        **own,
        **heads,
        former_keys=tuple(data.get("formerKeys", ())),
        witnesses=tuple(witnesses.get("keys", ())),
        quorum=witnesses.get("quorum", 0),
        web=(web.get("repository", ""), web.get("software", "")),
    )
