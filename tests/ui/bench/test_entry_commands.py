"""The commands that open a page of the bench."""

from __future__ import annotations

from typing import Any, cast

from app.ui.bench.assembly import add_entry_commands


def test_every_page_is_found_by_the_name_of_the_bench() -> None:
    found: dict[str, str] = {}

    class Window:
        def add_command(self, key: str, label: object, run: object, **fields: Any) -> None:
            found[key] = fields["terms"]()

    add_entry_commands(cast(Any, Window()))
    assert set(found) == {"bench-beside", "bench-conversation", "bench-cases", "bench-prompts"}
    assert set(found.values()) == {"Bench"}
