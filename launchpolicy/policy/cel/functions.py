"""The functions that an expression may call, and the nearest one to a name that is none of them."""

from __future__ import annotations

import difflib

MACROS = ("has", "all", "exists", "exists_one", "map", "filter", "optMap", "optFlatMap", "bind")
"""What takes an expression in place of a value, so that its variable is nowhere declared."""

FUNCTIONS = (
    *("size", "type", "dyn", "int", "uint", "double", "string", "bytes", "bool"),
    *("timestamp", "duration", "contains", "startsWith", "endsWith", "matches"),
    *("getFullYear", "getMonth", "getDate", "getDayOfMonth", "getDayOfWeek", "getDayOfYear"),
    *("getHours", "getMinutes", "getSeconds", "getMilliseconds"),
    *("charAt", "indexOf", "lastIndexOf", "join", "split", "replace", "substring", "trim"),
    *("lowerAscii", "upperAscii", "format", "reverse"),
    *("hasValue", "value", "or", "orValue"),
)
"""Functions and methods by their own names (CEL's standard definitions, strings, optional)."""

NAMESPACED = (
    *("math.greatest", "math.least", "math.ceil", "math.floor", "math.round", "math.trunc"),
    *("math.abs", "math.sign", "math.isNaN", "math.isInf", "math.isFinite"),
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
}


def nearest_function(name: str, namespace: str = "") -> str:
    """The function that was probably meant; "" where none is near.

    Args:
        name: what stands before the parenthesis, without a namespace.
        namespace: `math` in `math.greatest`; "" for a method or a plain function.
    """
    if namespace:
        near = difflib.get_close_matches(f"{namespace}.{name}", NAMESPACED, n=1, cutoff=0.7)
        return near[0] if near else ""
    if name in _ELSEWHERE:
        return _ELSEWHERE[name]
    known = {function.lower(): function for function in (*MACROS, *FUNCTIONS)}
    near = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.6)
    return known[near[0]] if near else ""
