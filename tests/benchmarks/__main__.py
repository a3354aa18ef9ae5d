"""`python -m tests.benchmarks [--json FILE] [NAME …]`: run the benchmarks and say which goals hold.

A benchmark is a module of this package with `run() -> list[Row]`. Its row names begin with its `NAME`, by default the
name of the module: `stream_decoding.py` makes `decode`, `decode-raw` and so on, and each of these names on the command
line runs it. The exit code is 1 if a goal does not hold.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

from tests.benchmarks.row import Row

Run = Callable[[], Sequence[Row]]


def benchmarks() -> dict[str, Run]:
    """Return every benchmark by the prefix of its row names."""
    found = sorted(module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]))
    modules = [importlib.import_module(f"tests.benchmarks.{name}") for name in found if name != "__main__"]
    return {_name(module): module.run for module in modules if hasattr(module, "run")}


def _name(module: ModuleType) -> str:
    return str(getattr(module, "NAME", module.__name__.rpartition(".")[2].replace("_", "-")))


def chosen(names: Sequence[str], known: dict[str, Run]) -> dict[str, Run]:
    """Return the benchmarks with rows of these names, or all. Raises LookupError for an unknown name."""
    if unknown := [name for name in names if not any(_below(name, beginning) for beginning in known)]:
        raise LookupError(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(known)}")
    return {
        beginning: run
        for beginning, run in known.items()
        if not names or any(_below(name, beginning) for name in names)
    }


def _below(name: str, beginning: str) -> bool:
    return name == beginning or name.startswith(f"{beginning}-")


def table(rows: Sequence[Row]) -> str:
    lines = [("", "value", "peer", "", "ratio", "goal", "")]
    for row in rows:
        verdict = {None: "", True: "holds", False: "DOES NOT HOLD"}[row["holds"]]
        value, peer = f"{row['value']:.4g} {row['unit']}", f"{row['peer_value']:.4g} {row['unit']}"
        lines.append((row["name"], value, peer, row["peer"], f"{row['ratio']:.2f}", row["goal"], verdict))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    padded = [[cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in lines]
    return "\n".join("  ".join(line).rstrip() for line in padded)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench", description="The benchmarks, each beside a peer of the same run.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the rows into FILE")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only the benchmarks with a row of this name")
    given = parser.parse_args(arguments)
    try:
        runs = chosen(given.names, benchmarks())
    except LookupError as error:
        parser.error(str(error.args[0]))
    rows: list[Row] = []
    for beginning, run in runs.items():
        started = time.monotonic()
        rows += [row for row in run() if not given.names or any(_below(row["name"], name) for name in given.names)]
        print(f"{beginning} took {time.monotonic() - started:.1f} s", file=sys.stderr, flush=True)
    if given.json:
        given.json.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(table(rows))
    if rows:
        print(rows[0]["machine"])
    return 1 if any(row["holds"] is False for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
