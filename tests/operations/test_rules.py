"""Configurations that are not taken: unknown names, weakened rules, kinds that check nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.errors import MalformedRulesError, UsageError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import format_route

HEAD = "apiVersion: launchpolicy/v1\nkind: Configuration\n"
GOOD = HEAD + "processes: {product-launch: [launch]}\nmandatory: [launch]\n"
KIND = (
    "kinds:\n  - {name: Note, files: notes/*.yaml, schema: schemas/note.json,"
    " id: path.stem, packs: [launch]}\n"
)
SCHEMA = '{"type": "object", "properties": {"text": {"type": "string"}}}'
BACKUPS = "backups-taken-shortly-before-launch"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "repository" / "schemas").mkdir(parents=True)
    (tmp_path / "repository" / "schemas" / "note.json").write_text(SCHEMA, "utf-8")
    return tmp_path / "repository"


def load(folder: Path, configuration: str) -> PackSet:
    (folder / ".launchpolicy.yaml").write_text(configuration, "utf-8")
    return load_rules(WorkTreeSnapshot(folder))


def refused(folder: Path, configuration: str) -> Finding:
    with pytest.raises(MalformedRulesError) as caught:
        load(folder, configuration)
    return caught.value.findings[0]


def test_a_good_configuration_loads_the_packs_it_names(folder: Path) -> None:
    rules = load(folder, GOOD)
    assert set(rules.packs) == {"waivers", "launch"}
    assert rules.digest.startswith("sha256:")


def test_no_configuration_is_a_usage_error(folder: Path) -> None:
    with pytest.raises(UsageError):
        load_rules(WorkTreeSnapshot(folder))


REFUSED = {
    "unknown pack in a process": (
        HEAD + "processes: {p: [lanch]}\n", "configuration/unknown-name", "launch"),
    "unknown mandatory pack": (
        HEAD + "mandatory: [lunch]\n", "configuration/unknown-name", "launch"),
    "override of an unknown pack": (
        GOOD + "bindings: [{pack: lanch, policy: x}]\n", "configuration/unknown-name", "launch"),
    "override of an unknown policy": (
        GOOD + "bindings: [{pack: launch, policy: rollback-planed}]\n",
        "configuration/unknown-name", "rollback-planned"),
    "override of an unknown parameter": (
        GOOD + f"bindings: [{{pack: launch, policy: {BACKUPS}, params: {{maxAgee: 1h}}}}]\n",
        "configuration/unknown-name", "maxAge"),
    "parameter of another type": (
        GOOD + f"bindings: [{{pack: launch, policy: {BACKUPS}, params: {{maxAge: 1}}}}]\n",
        "configuration/unknown-name", "maxAge"),
    "a denial of a mandatory pack weakened": (
        GOOD + f"bindings: [{{pack: launch, policy: {BACKUPS}, action: warn}}]\n",
        "configuration/weakened", "mandatory"),
    "a denial of a mandatory pack put off": (
        GOOD + f"bindings: [{{pack: launch, policy: {BACKUPS},"
        " effectiveFrom: 2099-01-01T00:00:00Z}]\n",
        "configuration/weakened", "mandatory"),
    "the same policy bound twice": (
        GOOD + f"bindings: [{{pack: launch, policy: {BACKUPS}, params: {{maxAge: 1h}}}},"
        f" {{pack: launch, policy: {BACKUPS}, params: {{maxAge: 99h}}}}]\n",
        "configuration/bound-twice", "one"),
    "misspelt key": (HEAD + "mandatry: [launch]\n", "schema/unknown-key", "mandatory"),
    "not YAML": (HEAD + "mandatory: [\n", "yaml/syntax", ""),
    "kind with a shipped name": (
        GOOD + KIND.replace("Note", "LaunchRequest"), "configuration/name-taken", ""),
    "kind without its schema": (
        GOOD + KIND.replace("note.json", "nothing.json"), "configuration/schema", ""),
    "kind whose files are launch requests": (
        GOOD + KIND.replace("notes/*.yaml", "launches/*/*.yaml"),
        "configuration/kinds-overlap", "one kind"),
    "kind whose files are waivers": (
        GOOD + KIND.replace("notes/*.yaml", "w*/*.yaml"), "configuration/kinds-overlap",
        'leave those to Waiver by `except: "waivers/*.yaml"` of Note'),
    "kinds that share a file": (
        GOOD + KIND + KIND.removeprefix("kinds:\n").replace("Note", "Memo")
        .replace("notes/*.yaml", "n*/a*.yaml"), "configuration/kinds-overlap", ""),
    "kind named by a misspelt expression": (
        GOOD + KIND.replace("path.stem", "path.stm"), "policy/expression", "path.stem"),
    "kind named by a number": (
        GOOD + KIND.replace("path.stem", "1 + 1"), "policy/expression", ""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "rule", "suggestion"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(folder: Path, text: str, rule: str, suggestion: str) -> None:
    finding = refused(folder, text)
    assert finding.rule == rule
    assert finding.place.path == ".launchpolicy.yaml"
    assert suggestion in finding.fix.en


@pytest.mark.parametrize(
    ("schema", "says"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        ("[" * 100_000, "not JSON"),
        ('{"type": "object", "requierd": ["text"]}', "requierd"),
        ('{"properties": {"text": {"pattern": "(a)\\\\1"}}}', "pattern"),
        ('{"$ref": "https://example.com/schema.json"}', "ref"),
    ],
    ids=[
        "broken",
        "list",
        "nested to exhaustion",
        "misspelt keyword",
        "back-reference",
        "remote reference",
    ],
)
def test_a_schema_that_would_check_less_than_it_says_is_refused(
    folder: Path, schema: str, says: str
) -> None:
    (folder / "schemas" / "note.json").write_text(schema, "utf-8")
    finding = refused(folder, GOOD + KIND)
    assert finding.rule == "configuration/schema"
    assert says in finding.message.en


def test_a_link_in_place_of_the_configuration_is_refused(folder: Path) -> None:
    (folder / "real.yaml").write_text(GOOD, "utf-8")
    (folder / ".launchpolicy.yaml").symlink_to("real.yaml")
    with pytest.raises(MalformedRulesError):
        load_rules(WorkTreeSnapshot(folder))


def test_an_override_changes_the_parameter_and_the_digest(folder: Path) -> None:
    plain = load(folder, GOOD)
    override = f"bindings: [{{pack: launch, policy: {BACKUPS}, params: {{maxAge: 12h}}}}]\n"
    tuned = load(folder, GOOD + override)
    (policy,) = [each for each in tuned.packs["launch"].policies if each.id == BACKUPS]
    assert policy.params == {"maxAge": "12h"}
    assert tuned.digest != plain.digest


def test_a_further_kind_is_found_by_its_files(folder: Path) -> None:
    rules = load(folder, GOOD + KIND)
    found = {path: rules.kind_of(path) for path in ("notes/a.yaml", "notes/b/a.yaml", "a.yaml")}
    assert [kind.name if kind else None for kind in found.values()] == ["Note", None, None]


def test_an_own_pack_may_not_take_a_shipped_name(folder: Path) -> None:
    pack = folder / "policies" / "launch"
    pack.mkdir(parents=True)
    (pack / "pack.yaml").write_text(
        "apiVersion: launchpolicy/v1\nkind: Pack\nmetadata: {name: launch, title: Mine}\n"
        "spec: {version: 1, bindings: [{policy: lax, action: audit}]}\n",
        "utf-8",
    )
    (pack / "lax.yaml").write_text(
        "apiVersion: launchpolicy/v1\nkind: Policy\nmetadata: {name: lax, title: Lax}\n"
        "spec:\n  match: {kinds: [LaunchRequest]}\n"
        "  validations: [{expression: 'true', message: fine}]\n  fix: nothing\n",
        "utf-8",
    )
    assert refused(folder, GOOD).rule == "configuration/name-taken"


def test_a_kind_that_was_checked_is_checked_again_when_its_schema_changes(folder: Path) -> None:
    assert "Note" in load(folder, GOOD + KIND).kinds
    (folder / "schemas" / "note.json").write_text('{"type": "objekt"}', "utf-8")
    for _ in range(2):  # a refusal is not remembered
        assert refused(folder, GOOD + KIND).rule == "configuration/schema"


def test_a_kind_that_was_checked_is_checked_again_when_its_name_changes(folder: Path) -> None:
    assert "Note" in load(folder, GOOD + KIND).kinds
    misspelt = KIND.replace("path.stem", "object.nome")
    for _ in range(2):
        assert refused(folder, GOOD + misspelt).rule == "policy/expression"


def test_a_kind_that_was_checked_needs_no_check_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(folder, GOOD + KIND)
    monkeypatch.setattr("launchpolicy.operations.rules.declared_kinds.require_usable_schema", None)
    monkeypatch.setattr("launchpolicy.operations.rules.declared_kinds.require_usable_name", None)
    assert "Note" in load(folder, GOOD + KIND).kinds


@pytest.mark.parametrize("schema", ['{"maximum": NaN}', "[" * 900 + "]" * 900])
def test_a_schema_that_has_no_digest_is_refused(folder: Path, schema: str) -> None:
    (folder / "schemas" / "note.json").write_text(schema, "utf-8")
    assert refused(folder, GOOD + KIND).rule == "configuration/schema"


def test_other_settings_of_products_and_systems_are_another_pack_set(folder: Path) -> None:
    plain = load(folder, GOOD)
    products = load(folder, GOOD + "products: {checkout: {risk: major, owner: finance}}\n")
    systems = load(folder, GOOD + "systems: {billing: finance}\n")
    checkout = products.configuration.products["checkout"]
    assert (checkout.risk, checkout.owner, checkout.processes) == ("major", "finance", ())
    assert systems.configuration.systems == {"billing": "finance"}
    assert len({plain.digest, products.digest, systems.digest}) == 3


def test_the_process_of_a_product_must_be_known(folder: Path) -> None:
    found = refused(folder, GOOD + "products: {checkout: {processes: [product-lunch]}}\n")
    assert found.rule == "configuration/unknown-name"
    assert format_route(found.place.route) == "products.checkout.processes[0]"
    assert "`product-launch`" in found.fix.en
    # A process that the program ships is known, whether or not this repository uses it.
    load(folder, GOOD + "products: {checkout: {processes: [system-cutover]}}\n")


def test_names_change_no_verdict(folder: Path) -> None:
    plain = load(folder, GOOD)
    named = load(folder, GOOD + "names: {products: {checkout: {en: Checkout, zh: 结算}}}\n")
    assert named.configuration.names["products"]["checkout"].zh == "结算"
    assert named.digest == plain.digest


def test_another_list_of_vaults_is_another_pack_set(folder: Path) -> None:
    without = load(folder, GOOD)
    one = load(folder, GOOD + "vaults: [vault-b]\n")
    other = load(folder, GOOD + "vaults: [vault-b, vault-c]\n")
    assert one.configuration.vaults == ("vault-b",)
    assert len({without.digest, one.digest, other.digest}) == 3


def test_kinds_side_by_side_share_no_file(folder: Path) -> None:
    other = KIND.removeprefix("kinds:\n").replace("Note", "Memo")
    for files in ("memos/*.yaml", "notes/*/*.yaml", "notes/*.json"):
        rules = load(folder, GOOD + KIND + other.replace("notes/*.yaml", files))
        assert {"Note", "Memo"} <= set(rules.kinds)
