"""The workbench starts the demo service of its own installation."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.services import demo_process
from app.services.demo_process import DemoProcess

ROOT = Path(demo_process.__file__).parents[2]


async def test_app_package_in_the_working_directory_is_not_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = tmp_path / "app" / "demo"
    foreign.mkdir(parents=True)
    for folder in (foreign.parent, foreign):
        (folder / "__init__.py").touch()
    (foreign / "__main__.py").write_text("raise SystemExit('foreign')")
    monkeypatch.chdir(tmp_path)
    demo = DemoProcess()
    try:
        assert (await demo.address()).base_url.startswith("http://127.0.0.1:")
    finally:
        await demo.aclose()


async def test_no_key_of_the_platform_is_needed_or_used() -> None:
    """The service starts in an environment that was emptied, and its key is its own."""
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT", "PYTHONPATH")}
    for extra in ({}, {"MIMO_API_KEY": "sk-of-the-platform"}):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "app.demo", "--parent-stdin"),
            env=environment | extra,
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdin is not None and process.stdout is not None
        announced = json.loads(await process.stdout.readline())
        process.stdin.close()
        assert await process.wait() == 0
        assert announced["key"].startswith("sk-demo-")


STARTS = """
import asyncio
from app.services import demo_process


async def main():
    demo = demo_process.DemoProcess()
    print(demo_process.__file__, (await demo.address()).base_url)
    await demo.aclose()


asyncio.run(main())
"""


@pytest.mark.parametrize("found_by", ["folder", "path"])
async def test_uninstalled_checkout_starts_its_own_demo_service(tmp_path: Path, found_by: str) -> None:
    """A copy elsewhere, run from its own folder or found through PYTHONPATH, while another one is installed."""
    copy = tmp_path / "checkout"
    shutil.copytree(ROOT / "app", copy / "app", ignore=shutil.ignore_patterns("__pycache__", "ui"))
    announcing = copy / "app" / "demo" / "__main__.py"
    announcing.write_text(announcing.read_text().replace("http://127.0.0.1:", "http://localhost:"))
    environment = os.environ | ({"PYTHONPATH": str(copy)} if found_by == "path" else {})
    folder = copy if found_by == "folder" else tmp_path
    command = [sys.executable, "-c", STARTS]
    run = await asyncio.to_thread(
        subprocess.run, command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    module_path, address = run.stdout.split()
    assert Path(module_path).is_relative_to(copy)
    assert address.startswith("http://localhost:")
