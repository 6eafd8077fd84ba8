"""The functions that an expression may call, and the nearest one to a name that is none of them."""

from __future__ import annotations

import difflib

MACROS = (
    *("has", "all", "exists", "exists_one", "map", "filter", "optMap", "optFlatMap", "bind"),
    *("existsOne", "transformList", "transformMap", "transformMapEntry", "sortBy"),
)
"""What takes an expression in place of a value, so that its variable is nowhere declared."""

FUNCTIONS = (
    *("size", "type", "dyn", "int", "uint", "double", "string", "bytes", "bool"),
    *("timestamp", "duration", "contains", "startsWith", "endsWith", "matches"),
    *("getFullYear", "getMonth", "getDate", "getDayOfMonth", "getDayOfWeek", "getDayOfYear"),
    *("getHours", "getMinutes", "getSeconds", "getMilliseconds"),
    *("charAt", "indexOf", "lastIndexOf", "join", "split", "replace", "substring", "trim"),
    *("lowerAscii", "upperAscii", "format", "reverse"),
    *("hasValue", "value", "or", "orValue", "first", "last"),
    *("sort", "distinct", "slice", "flatten", "isSorted", "min", "max", "sum"),
    *("semver", "isSemver", "major", "minor", "patch"),
    *("isLessThan", "isGreaterThan", "compareTo"),
)
"""Functions and methods by their own names (CEL's standard definitions and its libraries)."""

NAMESPACED = (
    *("math.greatest", "math.least", "math.ceil", "math.floor", "math.round", "math.trunc"),
    *("math.abs", "math.sign", "math.isNaN", "math.isInf", "math.isFinite"),
    *("math.sqrt", "math.bitAnd", "math.bitOr", "math.bitXor", "math.bitNot"),
    *("math.bitShiftLeft", "math.bitShiftRight", "strings.quote"),
    *("sets.contains", "sets.equivalent", "sets.intersects", "lists.range"),
    *("regex.extract", "regex.extractAll", "regex.replace", "base64.encode", "base64.decode"),
    *("files.exists", "files.list", "files.matches"),
    *("optional.of", "optional.none", "optional.ofNonZeroValue", "cel.bind"),
)
KNOWN = frozenset({*MACROS, *FUNCTIONS, *NAMESPACED})
NAMESPACES = frozenset(name.partition(".")[0] for name in NAMESPACED)

# What people who know other languages write.
_ELSEWHERE = {
    "len": "size",
    "length": "size",
    "count": "size",
    "includes": "contains",
    "has_prefix": "startsWith",
    "hasPrefix": "startsWith",
    "startswith": "startsWith",
    "starts_with": "startsWith",
    "hasSuffix": "endsWith",
    "endswith": "endsWith",
    "ends_with": "endsWith",
    "lower": "lowerAscii",
    "toLower": "lowerAscii",
    "toLowerCase": "lowerAscii",
    "upper": "upperAscii",
    "toUpper": "upperAscii",
    "toUpperCase": "upperAscii",
    "any": "exists",
    "some": "exists",
    "every": "all",
    "forEach": "all",
    "strip": "trim",
    "str": "string",
    "float": "double",
    "date": "timestamp",
    "getOrElse": "orValue",
    "default": "orValue",
    "match": "matches",
    "regex": "matches",
    "unique": "distinct",
    "uniq": "distinct",
    "sorted": "sort",
    "reversed": "reverse",
    "minimum": "min",
    "maximum": "max",
    "head": "first",
    "subset": "sets.contains",
    "isSubset": "sets.contains",
    "containsAll": "sets.contains",
    "containsAny": "sets.intersects",
    "intersects": "sets.intersects",
    "equivalent": "sets.equivalent",
    "range": "lists.range",
    "keys": "transformList",
    "values": "transformList",
    "entries": "transformList",
    "items": "transformList",
    "findall": "regex.extractAll",
    "extract": "regex.extract",
    "extractAll": "regex.extractAll",
    "sub": "regex.replace",
    "version": "semver",
    "quote": "strings.quote",
    "sqrt": "math.sqrt",
    "abs": "math.abs",
    "round": "math.round",
}


def nearest_function(name: str, namespace: str = "") -> str:
    """Return the function that was probably meant; "" where none is near.

    Args:
        name: what stands before the parenthesis, without a namespace.
        namespace: `math` in `math.greatest`; "" for a method or a plain function.
    """
    if namespace:
        near = difflib.get_close_matches(f"{namespace}.{name}", NAMESPACED, n=1, cutoff=0.7)
        return near[0] if near else _in_another_library(name)
    if name in _ELSEWHERE:
        return _ELSEWHERE[name]
    known = {function.lower(): function for function in (*MACROS, *FUNCTIONS)}
    near = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.6)
    return known[near[0]] if near else ""


def _in_another_library(name: str) -> str:
    """Return the function of that name which is called otherwise: `sort` of `lists.sort(x)`."""
    if name in FUNCTIONS or name in MACROS:
        return name
    return _ELSEWHERE.get(name, "")
