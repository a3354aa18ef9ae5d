"""Every function, class, method and constant of the program is used by the program itself, not only by its tests."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import PySide6.QtCore
import PySide6.QtGui
import PySide6.QtSvg
import PySide6.QtWidgets

from app.demo import faults

ROOT = Path(__file__).resolve().parent.parent

OBSERVED = "the state of a part that a test has no other way to see"
FROM_CATALOGUE = "read from resources/catalogue.toml by its value"
CALLED_BY_LIBRARY = "overrides a method that uvicorn, httpx or difflib calls"
ALLOWED = {
    "Player.segment_started_at": "measured by the benchmark `flip`",
    "RuleReason.NO_LONGER_DOCUMENTED": FROM_CATALOGUE,
    "AnnouncingServer.startup": CALLED_BY_LIBRARY,
    "AnnouncingServer.capture_signals": CALLED_BY_LIBRARY,
    "_EventId._fields_": "read by ctypes",
    "_Event._fields_": "read by ctypes",
    "BoundedMatcher.find_longest_match": CALLED_BY_LIBRARY,
    "RepairedWav.readinto": CALLED_BY_LIBRARY,
    "_Reading.throw": "called by the task that awaits it, when that is cancelled",
    "Theme.text_scale": OBSERVED,
}
"""Class members that nothing in the program refers to, each with the reason it stays."""

ELSEWHERE = ("app.ui.theme.icons.Icon.",)
"""Checked by a stricter test: tests/ui/theme/test_icons.py names the icons that are drawn before their view."""

BY_NAME = {"getattr", "hasattr", "property", "setProperty"}
"""Functions that take the name of an attribute as a string."""
QT_MODULES = (PySide6.QtCore, PySide6.QtGui, PySide6.QtSvg, PySide6.QtWidgets)


class Definition(NamedTuple):
    """A function, class, method or constant, and the class it is defined in (empty at module level)."""

    module: str
    owner: str
    name: str
    node: ast.stmt

    @property
    def path(self) -> str:
        return ".".join(filter(None, (self.module, self.owner, self.name)))


def parse(root: Path) -> dict[str, ast.Module]:
    """Syntax trees of the modules below `root`/app by module name."""
    return {
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): ast.parse(
            path.read_text(encoding="utf-8")
        )
        for path in sorted((root / "app").rglob("*.py"))
    }


def definitions(module: str, body: list[ast.stmt], owner: str = "") -> Iterator[Definition]:
    """What `body` defines. Annotated fields of a class are left out: they are the shape of stored or sent data."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield Definition(module, owner, node.name, node)
        if isinstance(node, ast.ClassDef):
            yield from definitions(module, node.body, ".".join(filter(None, (owner, node.name))))
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign) and not owner:
            targets = [node.target]
        for target in targets:
            for name in target.elts if isinstance(target, ast.Tuple) else [target]:
                if isinstance(name, ast.Name):
                    yield Definition(module, owner, name.id, node)


def references(tree: ast.AST) -> tuple[Counter[str], Counter[str]]:
    """How often `tree` reads each plain name, and each attribute."""
    names: Counter[str] = Counter()
    attributes: Counter[str] = Counter()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            names[node.id] += 1
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            attributes[node.attr] += 1
        elif isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in BY_NAME:
            attributes.update(str(given.value) for given in node.args if isinstance(given, ast.Constant))
    return names, attributes


@cache
def qt_names() -> frozenset[str]:
    """Methods of Qt's classes: a method of ours with such a name overrides one that Qt calls."""
    classes = (getattr(module, name) for module in QT_MODULES for name in dir(module))
    return frozenset(name for cls in classes for name in dir(cls))


def unused(trees: dict[str, ast.Module]) -> list[str]:
    """Paths of the definitions that nothing in `trees` refers to, apart from themselves.

    Plain names count within their module and where they are imported, attributes everywhere.
    """
    found = {module: references(tree) for module, tree in trees.items()}
    attributes = sum((attributes for _, attributes in found.values()), Counter[str]())
    imports = {
        (node.module, alias.name)
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }

    def is_used(definition: Definition) -> bool:
        module, owner, name, node = definition
        names = found[module][0]
        if not owner and (module, name) in imports:
            return True
        if not names[name] and not attributes[name]:
            return False
        if attributes[name] > found[module][1][name]:
            return True
        own_names, own_attributes = references(node)
        return names[name] > own_names[name] or attributes[name] > own_attributes[name]

    return [
        definition.path
        for module, tree in trees.items()
        for definition in definitions(module, tree.body)
        if not definition.name.startswith("__")
        and not is_used(definition)
        and not (definition.owner and definition.name in qt_names())
    ]


PLANTED = """
LIMIT, UNUSED_LIMIT = 3, 4

class Shape:
    corners: int

    def area(self):
        return LIMIT

    def unused_area(self):
        return self.unused_area()

def recursive():
    return recursive()

print(Shape().area())
"""


def test_every_definition_is_used_by_the_program() -> None:
    dead = [path for path in unused(parse(ROOT)) if not path.startswith(ELSEWHERE)]
    allowed = {path: ".".join(path.split(".")[-2:]) for path in dead}
    assert [path for path in dead if allowed[path] not in ALLOWED] == []
    assert sorted(ALLOWED.keys() - allowed.values()) == [], "used again, or gone: remove the entry"


def test_the_check_finds_what_only_tests_or_the_definition_itself_use() -> None:
    assert unused({"app.planted": ast.parse(PLANTED)}) == [
        "app.planted.UNUSED_LIMIT", "app.planted.Shape.unused_area", "app.planted.recursive",
    ]  # fmt: skip


def test_every_fault_of_the_demo_service_has_an_effect() -> None:
    folder = ROOT / "app" / "demo"
    sources = "\n".join(
        path.read_text(encoding="utf-8") for path in folder.rglob("*.py") if path != folder / "faults.py"
    )
    tables = [value for name, value in vars(faults).items() if name.isupper()]
    assert sum(map(len, tables)) > 30
    assert [name for table in tables for name in table if f'"{name}"' not in sources] == []
