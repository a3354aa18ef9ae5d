"""`python -m tests.bench [--json FILE] [NAME …]`: run the benchmarks and say which goals hold.

A benchmark is a module beside this one with `NAMES`, the names of its rows, and `run() -> list[Row]`. A NAME on the
command line runs the modules that have a row of that name. The exit code is 1 where a goal does not hold.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from tests.bench.row import Row

PACKAGE = "tests.bench"


def benchmarks() -> list[ModuleType]:
    """Every module here that can be run, by name."""
    found = sorted(module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]))
    modules = [importlib.import_module(f"{PACKAGE}.{name}") for name in found if name != "__main__"]
    return [module for module in modules if hasattr(module, "NAMES")]


def chosen(names: Sequence[str], modules: Sequence[ModuleType]) -> list[ModuleType]:
    """The modules that have these rows, all where no name is given; raises LookupError for a name none has."""
    known = {name for module in modules for name in module.NAMES}
    if unknown := sorted(set(names) - known):
        raise LookupError(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(sorted(known))}")
    return [module for module in modules if not names or set(names) & set(module.NAMES)]


def table(rows: Sequence[Row]) -> str:
    lines = [("", "value", "peer", "", "ratio", "goal", "")]
    for row in rows:
        goal = "" if row["goal"] is None else f"≤ {row['goal']:g}"
        verdict = {None: "", True: "holds", False: "DOES NOT HOLD"}[row["holds"]]
        value, peer = f"{row['value']:.4g} {row['unit']}", f"{row['peer_value']:.4g} {row['unit']}"
        lines.append((row["name"], value, peer, row["peer"], f"{row['ratio']:.2f}", goal, verdict))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    padded = [[cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in lines]
    return "\n".join("  ".join(line).rstrip() for line in padded)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench", description="The benchmarks, each beside a peer of the same run.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the rows into FILE")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only the benchmarks with a row of this name")
    given = parser.parse_args(arguments)
    try:
        modules = chosen(given.names, benchmarks())
    except LookupError as error:
        parser.error(str(error.args[0]))
    rows: list[Row] = []
    for module in modules:
        started = time.monotonic()
        measured = module.run()
        rows += [row for row in measured if not given.names or row["name"] in given.names]
        print(f"{module.__name__} took {time.monotonic() - started:.1f} s", file=sys.stderr, flush=True)
    if given.json:
        given.json.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(table(rows))
    if rows:
        print(rows[0]["machine"])
    return 1 if any(row["holds"] is False for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
