"""What a server of forked commands works out once, so that none of its children has to.

It is what the program remembers for the length of a run, and what rests on nothing but the files
that are shipped with it: packs, their expressions as CEL compiles them, and schemas. Of a command
that checks a launch this is a third.
"""

from __future__ import annotations

from launchpolicy.hosts import shipped_files
from launchpolicy.policy.cel.runtime import program_of
from launchpolicy.policy.joint_validation import joint_validation


def fill_memories() -> None:
    """Read the shipped packs and schemas, and compile what most checks ask."""
    for name in shipped_files.pack_names():
        for policy in shipped_files.pack(name).policies:
            joint = joint_validation(policy)
            if joint is not None:
                program_of(joint.expression)
    for kind in shipped_files.schema_kinds():
        shipped_files.schema(kind).data.accepts({})
