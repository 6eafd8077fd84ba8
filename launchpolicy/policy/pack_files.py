"""Which files make a pack, and the pack that well-formed ones make."""

from __future__ import annotations

from collections.abc import Mapping

from launchpolicy.documents.reading import Document, Refusal
from launchpolicy.policy.digest import digest_of
from launchpolicy.policy.policy import Pack, pack_of

PACK_FILE = "pack.yaml"
TEST_SUFFIX = ".test.yaml"

Files = Mapping[str, Document | Refusal]
"""The YAML files of one pack's folder by file name, without its test cases."""


def is_policy_file(name: str) -> bool:
    """Return whether a file in a pack's folder is read when the pack is loaded."""
    return name.endswith(".yaml") and not name.endswith(TEST_SUFFIX)


def pack_of_files(files: Files) -> Pack:
    """Return the pack of files in which `loading.load_pack` has found nothing wrong."""
    data = {
        name.removesuffix(".yaml"): f.data for name, f in files.items() if isinstance(f, Document)
    }
    source = {"pack": data.pop(PACK_FILE.removesuffix(".yaml")), "policies": data}
    return pack_of(source, digest_of(source))
