"""A package read from its syntax trees: its modules, what they import, the classes they define."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple


class Module(NamedTuple):
    """One file of a package.

    `imports` are the modules of the same package that it imports, wherever in the file the import
    stands: at its top, in a function, or for type checkers only. A file `has_code` if it holds
    more than a docstring.
    """

    name: str
    lines: int
    imports: frozenset[str]
    classes: tuple[str, ...]
    has_code: bool

    @property
    def room(self) -> str:
        """The folder at the top of the package that holds it; empty for a file at the top."""
        parts = self.name.split(".")
        return parts[1] if len(parts) > 1 else ""


def read_package(folder: Path) -> dict[str, Module]:
    """Return every module of the package in `folder` by its dotted name."""
    files = {_name_of(file, folder): file for file in sorted(folder.rglob("*.py"))}
    return {name: _module(name, file, files) for name, file in files.items()}


def rooms(folder: Path) -> list[str]:
    """Return the names of the folders at the top of the package that are packages themselves."""
    return sorted(each.parent.name for each in folder.glob("*/__init__.py"))


def _name_of(file: Path, folder: Path) -> str:
    parts = file.relative_to(folder.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _module(name: str, file: Path, files: Mapping[str, Path]) -> Module:
    text = file.read_text("utf-8")
    tree = ast.parse(text)
    package = name if file.stem == "__init__" else name.rpartition(".")[0]
    imports = frozenset(_imports(tree, package, files)) - {name}
    classes = tuple(node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    statements = tree.body[ast.get_docstring(tree) is not None :]
    return Module(name, len(text.splitlines()), imports, classes, bool(statements))


def _imports(tree: ast.Module, package: str, files: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in files)
        elif isinstance(node, ast.ImportFrom):
            origin = _origin(node, package)
            for alias in node.names:
                inner = f"{origin}.{alias.name}"
                if inner in files:
                    yield inner
                elif origin in files:
                    yield origin


def _origin(node: ast.ImportFrom, package: str) -> str:
    """The dotted name behind `from`; `package` is where relative names begin."""
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    base = parts[: len(parts) - node.level + 1]
    return ".".join([*base, *([node.module] if node.module else [])])
