"""An article as HTML, text and Markdown, byte for byte. ``python tests/edition/write_goldens.py`` rewrites them."""

from __future__ import annotations

import pytest
from write_goldens import FOLDER, goldens


@pytest.mark.parametrize("name", goldens())
def test_a_golden_file_is_what_the_code_makes(name: str) -> None:
    assert goldens()[name] == (FOLDER / name).read_text(encoding="utf-8")
