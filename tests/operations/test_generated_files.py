"""Every generated file is what its generator makes; in this process, so that coverage counts."""

from __future__ import annotations

import pytest

from launchpolicy.cli.generate import GENERATED, ROOT


@pytest.mark.parametrize("what", GENERATED)
def test_a_generated_file_is_what_its_generator_makes(what: str) -> None:
    made = GENERATED[what](ROOT)

    assert made
    assert [name for name, text in made.items() if (ROOT / name).read_text("utf-8") != text] == []
