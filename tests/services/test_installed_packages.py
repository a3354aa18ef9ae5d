"""About shows what the project's metadata requires, with versions and licences."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from app.services.installed_packages import Package, installed_packages, licence_text

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def packages() -> dict[str, Package]:
    return {package.name.lower().replace("_", "-"): package for package in installed_packages()}


def test_every_dependency_of_the_program_is_listed(packages: dict[str, Package]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = [*project["dependencies"], *project["optional-dependencies"]["demo"]]
    names = {re.split(r"[^\w.-]", line)[0].lower() for line in required if "sys_platform" not in line}
    assert names <= packages.keys()


def test_dependencies_of_dependencies_are_listed_with_requested_extras(packages: dict[str, Package]) -> None:
    assert {"httpcore", "shiboken6", "numpy"} <= packages.keys()
    assert "socksio" in packages, "httpx[socks] requires it"


def test_development_tools_are_not_listed(packages: dict[str, Package]) -> None:
    assert not {"mimo-workbench", "pytest", "mypy", "anthropic", "psutil"} & packages.keys()


def test_native_libraries_and_their_licences_are_listed(packages: dict[str, Package]) -> None:
    assert packages["libsoxr"].licence == packages["soxr"].licence == "LGPL-2.1-or-later"
    assert packages["espeak ng"].licence == "GPL-3.0-or-later"
    assert licence_text("soxr").startswith("GNU LESSER GENERAL PUBLIC LICENSE")
