"""`NamedTuple` for the modules that every check loads: as `typing` has it, five times as fast.

That of `typing` compiles the annotation of each field, where annotations are text (PEP 563): 8 ms
of the check of one file. Nothing asks for them while the program runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 (mypy knows it by this name)
else:
    from collections import namedtuple

    _OF_THE_CLASS = frozenset({"__module__", "__annotations__"})

    class _NamedTupleType(type):
        """Makes a tuple with named fields of a class statement."""

        def __new__(cls, name, bases, namespace):  # noqa: ANN001, ANN204 (typed above)
            if not bases:  # `NamedTuple` itself
                return super().__new__(cls, name, bases, namespace)
            fields = namespace.get("__annotations__", {})
            defaults = [namespace[field] for field in fields if field in namespace]
            made = namedtuple(name, fields, defaults=defaults, module=namespace["__module__"])  # noqa: PYI024
            made.__annotations__ = made.__new__.__annotations__ = fields
            for key, value in namespace.items():
                if key not in fields and key not in _OF_THE_CLASS:
                    setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_NamedTupleType):
        """The base of a class statement whose annotated names are the fields of a tuple."""
