"""Docstrings, comments and Markdown cite only sections of WIRE.md, files and modules that exist.

Links of Markdown files are checked by tests/test_papers.py.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WIRE = ROOT / "app" / "mimo" / "WIRE.md"
SECTION = r"\d+(?:\.\d+)?"
SECTIONS = re.compile(rf"WIRE\.md\s+sections?\s+({SECTION}(?:(?:,\s|\sand\s|\sto\s)+{SECTION}(?!\s?[KM]B?\b))*)")
FILE = re.compile(r"(?<![\w/.-])(?:app|tests|packaging|resources)/[\w./-]*\w\.[a-z]+\b")
MODULE = re.compile(r"`(app(?:\.\w+)+)")
CITES = re.compile(rf"WIRE\.md|mimo-api|{FILE.pattern}|{MODULE.pattern}")
"""What a file must contain to cite anything; the others, most of them, need no parser."""

Citation = tuple[str, str]
"""Where a citation is, and what it cites."""


@cache
def texts() -> tuple[Citation, ...]:
    """Every comment, docstring and Markdown file, with its position."""
    python = [path for folder in ("app", "tests", "packaging") for path in sorted((ROOT / folder).rglob("*.py"))]
    papers = [ROOT / "README.md", *(ROOT / "app").rglob("*.md"), *(ROOT / "tests").rglob("*.md")]
    return (
        *(text for path in python for text in _python_texts(path)),
        *((str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")) for path in papers),
    )


def _python_texts(path: Path) -> Iterator[Citation]:
    source = path.read_text(encoding="utf-8")
    if not CITES.search(source):
        return
    where = str(path.relative_to(ROOT))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield f"{where}:{node.lineno}", node.value.value
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield f"{where}:{token.start[0]}", token.string


@cache
def sections_of_wire() -> frozenset[str]:
    headings = re.findall(rf"^#+ ({SECTION})\.? ", WIRE.read_text(encoding="utf-8"), re.MULTILINE)
    return frozenset(headings)


def missing_sections(text: str) -> list[str]:
    cited = [section for found in SECTIONS.finditer(text) for section in re.findall(SECTION, found.group(1))]
    return [f"WIRE.md section {section}" for section in cited if section not in sections_of_wire()]


def missing_files(text: str) -> list[str]:
    return [name for name in FILE.findall(text) if not (ROOT / name).exists()]


def missing_modules(text: str) -> list[str]:
    return [name for name in MODULE.findall(text) if not _is_known(name)]


def _is_known(dotted: str) -> bool:
    """Whether a module exists and its source contains the attribute names after it."""
    path, parts = ROOT, dotted.split(".")
    while parts and (path / parts[0]).is_dir():
        path /= parts.pop(0)
    if parts and (path / f"{parts[0]}.py").is_file():
        source = (path / f"{parts.pop(0)}.py").read_text(encoding="utf-8")
    else:
        source = "\n".join(module.read_text(encoding="utf-8") for module in path.glob("*.py"))
    return all(re.search(rf"\b{part}\b", source) for part in parts)


@pytest.mark.parametrize("missing", [missing_sections, missing_files, missing_modules])
def test_every_citation_exists(missing: Callable[[str], list[str]]) -> None:
    assert [(where, name) for where, text in texts() for name in missing(text)] == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("WIRE.md section 3.7", []),
        ("see WIRE.md sections 6.2 to 6.4, 7 and 99", ["WIRE.md section 99"]),
        ("WIRE.md\n    section 3.99", ["WIRE.md section 3.99"]),
        ("WIRE.md section 2, 10 K", []),
    ],
)
def test_a_section_that_does_not_exist_is_found(text: str, missing: list[str]) -> None:
    assert missing_sections(text) == missing


def test_a_file_or_module_that_does_not_exist_is_found() -> None:
    assert missing_files("see app/mimo/sse.py and app/mimo/gone.py") == ["app/mimo/gone.py"]
    assert missing_modules("`app.mimo.sse.EventStream`, `app.mimo.sse.Gone`, `app.gone`, `app.core.settings`") == [
        "app.mimo.sse.Gone",
        "app.gone",
    ]


def test_the_api_is_cited_by_the_name_of_its_page() -> None:
    assert [where for where, text in texts() if re.search(r"mimo-api (?:sections? )?\d", text)] == []
