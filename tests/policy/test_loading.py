"""Packs that must not load: a policy that is skipped, misspelt or unbound would pass everything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from launchpolicy.documents.reading import Document, Refusal, read
from launchpolicy.hosts import shipped_files
from launchpolicy.policy.loading import load_pack
from launchpolicy.policy.policy import Pack
from launchpolicy.requests.kinds import launch_request
from launchpolicy.vocabulary.errors import MalformedRulesError
from launchpolicy.vocabulary.finding import Finding

PACK = """\
apiVersion: launchpolicy/v1
kind: Pack
metadata: {name: mine, title: {en: Mine, zh: 我的}}
spec:
  version: 1
  bindings:
    - {policy: window-fixed, action: deny, params: {longest: 4h}}
"""
POLICY = """\
apiVersion: launchpolicy/v1
kind: Policy
metadata:
  name: window-fixed
  title: {en: The window is fixed, zh: 窗口已确定}
spec:
  match: {kinds: [LaunchRequest], stages: [requested]}
  params: {longest: 8h}
  variables:
    - {name: window, expression: object.spec.window}
  validations:
    - expression: has(object.spec.window)
      at: spec.window
      message: No window.
    - forEach: spec.steps
      expression: has(each.takes)
      at: each.takes
      message: A step without a duration.
  fix: Write a window.
"""


def load(files: Mapping[str, str], folder: str = "policies/mine") -> Pack:
    documents: dict[str, Document | Refusal] = {
        name: read(f"{folder}/{name}", text.encode()) for name, text in files.items()
    }
    schema, digest = shipped_files.schema("LaunchRequest")
    kinds = {"LaunchRequest": launch_request(schema, digest, "launches")}
    schemas = {kind: shipped_files.schema(kind).data for kind in ("Policy", "Pack")}
    return load_pack(folder, documents, schemas, kinds)


def refused(files: Mapping[str, str], folder: str = "policies/mine") -> tuple[Finding, ...]:
    with pytest.raises(MalformedRulesError) as caught:
        load(files, folder)
    return caught.value.findings


def test_a_good_pack_loads_with_the_parameters_of_its_binding() -> None:
    pack = load({"pack.yaml": PACK, "window-fixed.yaml": POLICY})
    (policy,) = pack.policies
    assert policy.params == {"longest": "4h"}
    assert pack.digest.startswith("sha256:")


def test_the_digest_follows_the_content_and_not_the_layout() -> None:
    one = load({"pack.yaml": PACK, "window-fixed.yaml": POLICY})
    commented = load({"pack.yaml": "# why\n" + PACK, "window-fixed.yaml": POLICY})
    stricter = PACK.replace("4h", "2h")
    other = load({"pack.yaml": stricter, "window-fixed.yaml": POLICY})
    assert one.digest == commented.digest != other.digest


@pytest.mark.parametrize(
    ("old", "new", "rule", "line", "column", "suggestion"),
    [
        (
            "has(object.spec.window)",
            "has(object.spec.windw)",
            "policy/expression",
            12,
            35,
            "window",
        ),
        ("has(each.takes)", "has(each.take)", "policy/expression", 16, 28, "takes"),
        ("at: spec.window", "at: spec.windw", "policy/expression", 13, 11, "window"),
        ("at: each.takes", "at: each.tokes", "policy/expression", 17, 11, "takes"),
        ("has(object.spec.window)", "object.spec.risk == 3", "policy/expression", 12, 36, ""),
        ("has(object.spec.window)", "object.spec.summary", "", 0, 0, ""),
        (
            "has(object.spec.window)",
            "object.spec.window.start < now",
            "policy/expression",
            12,
            44,
            "timestamp(…)",
        ),
        (
            "has(object.spec.window)",
            "object.spec.people.requester",
            "policy/expression",
            12,
            19,
            "",
        ),
        (
            "has(object.spec.window)",
            "params.longst != ''",
            "policy/expression",
            12,
            19,
            "params.longest",
        ),
        (
            "has(object.spec.window)",
            "variables.windw.start != ''",
            "policy/expression",
            12,
            19,
            "variables.window",
        ),
        ("forEach: spec.steps", "forEach: spec.stps", "policy/not-a-list", 15, 16, "`spec.steps`"),
        (
            "forEach: spec.steps",
            "forEach: change.edit",
            "policy/not-a-list",
            15,
            16,
            "change.edits",
        ),
        (
            "forEach: spec.steps",
            "forEach: evidence.reference",
            "policy/not-a-list",
            15,
            16,
            "evidence.references",
        ),
        (
            "has(object.spec.window)",
            "object.metadata.name.startWith('LR')",
            "policy/expression",
            12,
            40,
            "Did you mean `startsWith(…)`?",
        ),
        (
            "has(object.spec.window)",
            "object.metadata.name.startsWith(1)",
            "policy/expression",
            12,
            50,
            "Give it as many values",
        ),
        ("forEach: spec.steps", "forEach: spec.window", "policy/not-a-list", 15, 16, ""),
        (
            "has(object.spec.window)",
            "object.metadata.name.size() > 1.5",
            "policy/expression",
            12,
            47,
            "write `1.0` for `1`",
        ),
        ("at: each.takes", "at: takes", "policy/expression", 17, 11, "Did you mean `each.takes`?"),
        ("kinds: [LaunchRequest]", "kinds: [LaunchReqest]", "policy/unknown-kind", 7, 19, ""),
    ],
)
def test_a_misspelt_or_mistyped_expression_is_refused_at_its_place(
    old: str, new: str, rule: str, line: int, column: int, suggestion: str
) -> None:
    assert old in POLICY
    changed = POLICY.replace(old, new, 1)
    if not rule:  # a text field is dynamic: only its evaluation can tell
        assert load({"pack.yaml": PACK, "window-fixed.yaml": changed})
        return
    finding = refused({"pack.yaml": PACK, "window-fixed.yaml": changed})[0]
    assert finding.rule == rule
    assert finding.place.path == "policies/mine/window-fixed.yaml"
    assert tuple(finding.place.span.start) == (line, column)
    assert suggestion in finding.fix.en


BROKEN: dict[str, tuple[dict[str, str], str]] = {
    "no pack file": ({"window-fixed.yaml": POLICY}, "pack/missing"),
    "unbound policy": (
        {
            "pack.yaml": PACK,
            "window-fixed.yaml": POLICY,
            "other.yaml": POLICY.replace("window-fixed", "other"),
        },
        "pack/unbound-policy",
    ),
    "bound policy without a file": ({"pack.yaml": PACK}, "pack/unknown-policy"),
    "policy named unlike its file": (
        {
            "pack.yaml": PACK,
            "window-fixed.yaml": POLICY.replace("name: window-fixed", "name: windw-fixed"),
        },
        "pack/wrong-name",
    ),
    "unknown parameter": (
        {"pack.yaml": PACK.replace("longest: 4h", "longst: 4h"), "window-fixed.yaml": POLICY},
        "pack/wrong-parameter",
    ),
    "parameter of another type": (
        {"pack.yaml": PACK.replace("longest: 4h", "longest: 4"), "window-fixed.yaml": POLICY},
        "pack/wrong-parameter",
    ),
    "unknown key": (
        {"pack.yaml": PACK, "window-fixed.yaml": POLICY.replace("validations:", "validation:")},
        "schema/",
    ),
    "zero validations": (
        {
            "pack.yaml": PACK,
            "window-fixed.yaml": POLICY[: POLICY.index("  validations:")]
            + "  validations: []\n  fix: x\n",
        },
        "schema/",
    ),
    "not YAML": ({"pack.yaml": PACK, "window-fixed.yaml": "a: [\n"}, "yaml/syntax"),
}


@pytest.mark.parametrize(("files", "rule"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_pack_stops_the_run(files: dict[str, str], rule: str) -> None:
    findings = refused(files)
    assert any(finding.rule.startswith(rule) for finding in findings), findings


def test_a_pack_named_unlike_its_folder_is_refused() -> None:
    files = {"pack.yaml": PACK, "window-fixed.yaml": POLICY}
    assert refused(files, "policies/yours")[0].rule == "pack/wrong-name"


def test_every_mistake_is_reported_at_once() -> None:
    changed = POLICY.replace("object.spec.window)", "object.spec.windw)").replace(
        "has(each.takes)", "has(each.take)"
    )
    assert len(refused({"pack.yaml": PACK, "window-fixed.yaml": changed})) == 2


@pytest.mark.parametrize(
    ("item", "rule", "fix"),
    [
        ("{earlier: spec.window.strat, later: now}", "policy/no-date", "spec.window.start"),
        ("{earlier: spec.content.changedAt, later: now}", "policy/no-date", "content[].changedAt"),
        ("{earlier: spec.summary, later: now}", "policy/no-date", "status.summary.at"),
        ("{earlier: spec.summary.**, later: now}", "policy/no-date", "Did you mean"),
        ("{earlier: now, later: now}", "policy/no-date", "Name a date"),
        (
            "{earlier: 'status.problems[each].foundAt', later: 'status.problems[].at'}",
            "policy/other-items",
            "[each]",
        ),
        (
            "{earlier: spec.window.start, later: spec.window.end, within: params.lenght}",
            "policy/no-duration",
            "1440h",
        ),
    ],
)
def test_an_order_of_dates_that_compares_nothing_is_refused(item: str, rule: str, fix: str) -> None:
    policy = POLICY.replace("  fix:", f"  order:\n    - {item}\n  fix:")
    (finding,) = refused({"pack.yaml": PACK, "window-fixed.yaml": policy})
    assert finding.rule == rule
    assert fix in finding.fix.en


def test_an_order_of_dates_loads_with_the_duration_of_its_binding() -> None:
    item = "{earlier: spec.window.start, later: spec.window.end, within: params.longest}"
    policy = POLICY.replace("  fix:", f"  order:\n    - {item}\n  fix:")
    (loaded,) = load({"pack.yaml": PACK, "window-fixed.yaml": policy}).policies
    (order,) = loaded.order
    assert order.longest(loaded.params) == timedelta(hours=4)
