"""What a server of forked commands works out once, so that none of its children has to.

It is what the program remembers for the length of a run, and what rests on nothing but its own
files and the examples: packs, their expressions as CEL compiles and plans them, schemas, and what a
check of the examples leaves behind. Of a command that checks a launch this is three quarters.
"""

from __future__ import annotations

import contextlib
import functools
import os
import ssl
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import certifi

from launchpolicy.documents.reading import Document, read
from launchpolicy.engine.expressions import quantified_expression
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.operations.check.check_input import CheckOptions
from launchpolicy.operations.check.run import collect_input, run_check
from launchpolicy.operations.generate.programs import expressions_of_pass
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.policy.cel.runtime import VARIABLES, Bindings, EvaluationError
from launchpolicy.policy.policy import Policy
from launchpolicy.policy.scoping import scoped_expression
from launchpolicy.requests.configuration import FILE
from launchpolicy.vocabulary.late_pattern import LatePattern

EXAMPLES = Path(__file__).parents[2] / "examples"


def fill_memories() -> None:
    """Read the shipped packs and schemas, and make ready what most checks ask."""
    nothing = Bindings({name: {} for name in VARIABLES if name != "now"})
    configured = [load_rules(WorkTreeSnapshot(file.parent)) for file in EXAMPLES.glob(f"*/{FILE}")]
    shipped = (shipped_files.pack(name).policies for name in shipped_files.pack_names())
    policies = chain(*shipped, *(rules.policies for rules in configured))
    for expression in dict.fromkeys(chain.from_iterable(map(_expressions, policies))):
        with contextlib.suppress(EvaluationError):  # but it is compiled and planned
            nothing.evaluate(expression)
    for kind in shipped_files.schema_kinds():
        shipped_files.schema(kind).data.accepts({})
    for file in EXAMPLES.glob("*/launches/*/request.yaml"):
        request = read(file.name, file.read_bytes())
        assert isinstance(request, Document), file
        shipped_files.schema("LaunchRequest").data.accepts(request.data)
    _compile_patterns()
    _check_examples()
    once = functools.cache(ssl.create_default_context)
    ssl.create_default_context = once  # type: ignore[assignment]  # which takes the same
    ssl.create_default_context(cafile=certifi.where())  # as the HTTP client asks for it


def _compile_patterns() -> None:
    """Compile the patterns by which texts are read, so that no child has to."""
    modules = [module for name, module in sys.modules.items() if name.startswith("launchpolicy.")]
    for pattern in chain.from_iterable(vars(module).values() for module in modules):
        if isinstance(pattern, LatePattern):
            pattern.search("")


def _check_examples() -> None:
    """Check one request of each example; what that keeps in the user's cache goes with it.

    A child has none of the variables of its server, so the folder that is gone is asked by nobody.
    """
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        for launches in EXAMPLES.glob("*/launches"):
            request = min(launches.glob("*/request.yaml"))
            options = CheckOptions(launches.parent, (request,))
            run_check(collect_input(options, datetime.now(UTC)), jobs=1)


def _expressions(policy: Policy) -> Iterator[str]:
    """Yield what may be evaluated of a policy, but for what is shown where it is not met."""
    yield from expressions_of_pass(policy)
    for validation in policy.validations:
        for expression in (validation.expression, quantified_expression(validation)):
            if expression:
                yield scoped_expression(policy, expression)
