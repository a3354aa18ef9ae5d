"""The papers beside the code name only files and classes that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAPERS = (
    ROOT / "README.md",
    ROOT / "app" / "README.md",
    *sorted((ROOT / "app" / "decisions").glob("*.md")),
    ROOT / "tests" / "README.md",
    ROOT / ".github" / "CONTRIBUTING.md",
)
TOP_FOLDERS = (".ci/", ".github/", "app/", "packaging/", "resources/", "tests/")
METHODS_OF_LIBRARIES = {"exec", "processEvents", "translate", "waitUntil", "get"}
OF_LIBRARIES = {"PySide6", "QCoreApplication", "QEventLoop", "QTextDocument", "QTextTable"}


def quoted(paper: Path) -> list[str]:
    """Every word or phrase in backticks, outside blocks of code."""
    text = re.sub(r"^```.*?^```", "", paper.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"`([^`\n]+)`", text)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_every_file_that_is_named_exists(paper: Path) -> None:
    named = [phrase for phrase in quoted(paper) if phrase.startswith(TOP_FOLDERS) and " " not in phrase]
    missing = [name for name in named if not list(ROOT.glob(name)) and "_de." not in name]
    assert missing == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_every_link_leads_somewhere(paper: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", paper.read_text(encoding="utf-8"))
    assert [link for link in links if not (paper.parent / link).exists()] == []


@pytest.fixture(scope="module")
def defined() -> set[str]:
    """Names of all classes, functions and module-level values of the program and its tests."""
    paths = [path for folder in ("app", "tests") for path in (ROOT / folder).rglob("*.py")]
    source = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    found = re.findall(r"^class (\w+)|^ *(?:async )?def (\w+)|^(\w+) = ", source, re.MULTILINE)
    return {name for names in found for name in names}


def test_every_class_that_is_named_exists(defined: set[str]) -> None:
    phrases = [phrase for paper in PAPERS for phrase in quoted(paper)]
    named = {match[0] for phrase in phrases if (match := re.match(r"(?:[A-Z][a-z0-9]+){2,}\b", phrase)) is not None}
    assert len(named) > 30
    assert sorted(named - defined - OF_LIBRARIES) == []


def test_every_function_that_is_named_exists(defined: set[str]) -> None:
    phrases = [phrase for paper in PAPERS for phrase in quoted(paper)]
    named = {match[1] for phrase in phrases if (match := re.match(r"(?:await )?(?:\w+\.)*(\w+)\(", phrase)) is not None}
    assert len(named) > 15
    assert sorted(named - defined - METHODS_OF_LIBRARIES) == []
