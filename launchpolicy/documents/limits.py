"""How large a file that strangers write may be. Caps come before anything that recurses.

The C loader of PyYAML dies with SIGSEGV on 60-100 kB of deep nesting, so depth is counted on the
event stream, which does not recurse (threats Y1-Y4).
"""

MAX_BYTES = 256 * 1024
MAX_DEPTH = 48
MAX_NODES = 40_000
MAX_SCALAR = 64 * 1024
