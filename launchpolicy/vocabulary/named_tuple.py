"""`NamedTuple` for the modules that checks load: as `typing` has it, many times as fast.

That of `typing` compiles the annotation of each field, where annotations are text (PEP 563), and
that of `collections` compiles each class: together 20 ms of the check of one file. Here what makes
an instance is compiled once for each number of fields, and gets the names of the fields after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 (mypy knows it by this name)
else:
    import functools
    from collections import _tuplegetter as field_at  # its own way to read a field, in C
    from collections import namedtuple
    from types import FunctionType

    class _Fields(tuple):
        """What named tuples have beside their fields."""

        __slots__ = ()

        @classmethod
        def _make(cls, values):  # noqa: ANN001, ANN206 (typed above)
            return cls(*values)

        def _replace(self, /, **changes):  # noqa: ANN003, ANN202
            replaced = tuple.__new__(type(self), map(changes.pop, self._fields, self))
            if changes:
                message = f"unexpected field names: {list(changes)!r}"
                raise TypeError(message)
            return replaced

        def _asdict(self):  # noqa: ANN202
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):  # noqa: ANN204
            fields = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({fields})"

        def __getnewargs__(self):  # noqa: ANN204 (for copies and pickles)
            return tuple(self)

    class _NamedTupleType(type):
        """Makes a tuple with named fields of a class statement."""

        def __new__(cls, name, bases, namespace):  # noqa: ANN001, ANN204 (typed above)
            if not bases:  # `NamedTuple` itself
                return super().__new__(cls, name, bases, namespace)
            fields = tuple(namespace.get("__annotations__", ()))
            defaults = {field: namespace[field] for field in fields if field in namespace}
            of_the_class = {
                "__slots__": (),
                "__new__": _maker(name, fields, tuple(defaults.values())),
                "__match_args__": fields,
                "_fields": fields,
                "_field_defaults": defaults,
            }
            getters = {field: field_at(number, None) for number, field in enumerate(fields)}
            return type(name, (_Fields,), {**namespace, **of_the_class, **getters})

    def _maker(name, fields, defaults):  # noqa: ANN001, ANN202
        made = _maker_of(len(fields))
        code = made.__code__.replace(
            co_varnames=("_cls", *fields), co_name="__new__", co_qualname=f"{name}.__new__"
        )
        return FunctionType(code, made.__globals__, "__new__", defaults)

    @functools.cache
    def _maker_of(count):  # noqa: ANN001, ANN202
        return namedtuple("_", [f"f{number}" for number in range(count)]).__new__  # noqa: PYI024

    class NamedTuple(metaclass=_NamedTupleType):
        """The base of a class statement whose annotated names are the fields of a tuple."""
