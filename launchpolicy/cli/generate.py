"""`python -m launchpolicy.cli.generate`: write every generated file of this repository.

With `--check` nothing is written; files that differ from what would be written are named. This
is for those who work on launchpolicy itself, so it is no command of the program.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click

from launchpolicy.operations.adoption.templates import examples
from launchpolicy.operations.generate.answers import answers_table
from launchpolicy.operations.generate.coverage import case_tables, coverage_figures
from launchpolicy.operations.generate.functions import function_tables
from launchpolicy.operations.generate.guides import pages_with_keys
from launchpolicy.operations.generate.mutants import mutation_figures, mutation_table
from launchpolicy.operations.generate.obligations import proven_obligations, shipped_obligations
from launchpolicy.operations.generate.programs import shipped_programs
from launchpolicy.operations.generate.shipped_files import (
    clause_table,
    known_sets,
    pack_pages,
    schema_digests,
    shipped_clauses,
    shipped_packs,
    shipped_schemas,
)
from launchpolicy.operations.generate.tables import registry_tables
from launchpolicy.requests.launch_request.schema import launch_request_schema

ROOT = Path(__file__).parents[2]
REMEDY = "make generate"

# Patterns name them; as themselves they could not be seen in a diff.
_ODD_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def _launch_request_schema(root: Path) -> dict[str, str]:
    del root
    text = json.dumps(launch_request_schema(), ensure_ascii=False, indent=2) + "\n"
    return {"schemas/launch-request.schema.json": _ODD_SPACES.sub(_escape_space, text)}


def _escape_space(space: re.Match[str]) -> str:
    return f"\\u{ord(space.group()):04x}"


GENERATED: Mapping[str, Callable[[Path], Mapping[str, str]]] = {
    "the schema of launch requests": _launch_request_schema,
    "the schemas that the program reads": shipped_schemas,
    "the digests of schemas": schema_digests,
    "the obligations that the program reads": shipped_obligations,
    "the packs that the program reads": shipped_packs,
    "the expressions that are compiled ahead": shipped_programs,
    "the sets of rules that releases came with": known_sets,
    "what proves the obligations": proven_obligations,
    "the figures of mistakes": mutation_figures,
    "the table of mistakes": mutation_table,
    "what the cases of the packs see": coverage_figures,
    "the tables of what the cases of the packs see": case_tables,
    "the table of answers": answers_table,
    "the clauses that the program reads": shipped_clauses,
    "the tables of policies": pack_pages,
    "the table of clauses": clause_table,
    "the tables of keys in the guides": pages_with_keys,
    "the tables of what can be chosen": registry_tables,
    "the tables of functions": function_tables,
    "the examples for GitHub": examples,
}
"""What is generated → its files, by path from `root`; in order, as later ones read earlier ones."""


@click.command()
@click.option("--check", is_flag=True, help="Only say which files are not up to date.")
def main(*, check: bool) -> None:
    """Write every generated file, or check that each is up to date."""
    outdated = 0
    for what, make in GENERATED.items():
        for name, text in _differing(ROOT, make(ROOT)):
            outdated += 1
            if check:
                click.echo(f"{name}: not up to date ({what})", err=True)
            else:
                _write(ROOT / name, text)
                click.echo(f"{name}: written")
    if check and outdated:
        click.echo(f"Run: {REMEDY}", err=True)
        raise SystemExit(1)


def _differing(root: Path, files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the files whose bytes on disk are not those of the text, with the text."""
    for name, text in files.items():
        path = root / name
        if not path.is_file() or path.read_bytes() != text.encode():
            yield name, text


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


if __name__ == "__main__":
    main()
