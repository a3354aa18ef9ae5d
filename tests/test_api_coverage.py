"""The table that maps the fact sheet to its tests names only what there is."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parent
TABLE = (TESTS / "mimo-api-coverage.md").read_text(encoding="utf-8")


def test_every_file_of_the_table_exists() -> None:
    named = set(re.findall(r"\b((?:core|mimo|services|demo|audio|ui)/[\w/]+)", TABLE))
    assert len(named) > 15
    assert [name for name in sorted(named) if not (TESTS / f"{name}.py").is_file()] == []


def test_every_test_of_the_table_exists() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py"))
    named = re.findall(r"`(test_\w+|[A-Z]{3,})(…?)`", TABLE)
    assert len(named) > 15
    missing = [name + cut for name, cut in named if not _is_there(name, bool(cut), source)]
    assert missing == []


def _is_there(name: str, shortened: bool, source: str) -> bool:
    """A test function, by the beginning of its name where it is shortened; or a table of cases."""
    if name.isupper():
        return re.search(rf"^{name}\b", source, re.MULTILINE) is not None
    return f"def {name}" in source if shortened else f"def {name}(" in source
