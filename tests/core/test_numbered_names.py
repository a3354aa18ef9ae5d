"""Names that are made unique by a number."""

from __future__ import annotations

from itertools import islice

from app.core.numbered_names import numbered_names, unique_name


def test_a_taken_name_gets_the_first_free_number() -> None:
    assert list(islice(numbered_names("Guide"), 3)) == ["Guide", "Guide 2", "Guide 3"]
    assert unique_name("Guide", ()) == "Guide"
    assert unique_name("Guide", {"Guide", "Guide 2", "Guide 4"}) == "Guide 3"
