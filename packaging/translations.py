"""The words of the window: found in the source, translated in `resources/i18n/*.ts`, compiled to `*.qm`.

    .venv/bin/python packaging/translations.py            find new sentences, compile what is translated
    .venv/bin/python packaging/translations.py --check    say what is missing or stale; non-zero when anything is
    .venv/bin/python packaging/translations.py --add de   begin the file of another language

English is the language of the source. A sentence without a translation is a fault: the tests hold every one.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
LANGUAGES = tuple(sorted(path.stem.removeprefix("workbench_") for path in FOLDER.glob("workbench_*.ts")))


class Sentence(NamedTuple):
    """One message of a `.ts` file; `translation` is empty while there is none. Plurals have several."""

    context: str
    source: str
    translation: tuple[str, ...]


def main(arguments: list[str]) -> int:
    """The exit status."""
    if arguments == ["--check"]:
        faults = [fault for language in LANGUAGES for fault in check(language)]
        print("\n".join(faults) or "All sentences are translated and compiled.")
        return bool(faults)
    if arguments[:1] == ["--add"]:
        for language in arguments[1:]:
            update(FOLDER / f"workbench_{language}.ts", language)
        return 0
    for language in LANGUAGES:
        update(FOLDER / f"workbench_{language}.ts", language)
        compile_(FOLDER / f"workbench_{language}.ts", FOLDER / f"workbench_{language}.qm")
    return main(["--check"])


def check(language: str) -> list[str]:
    """What is missing, gone or stale for a language, a line each."""
    kept = FOLDER / f"workbench_{language}.ts"
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / kept.name
        update(fresh, language)
        compiled = Path(folder) / "fresh.qm"
        compile_(kept, compiled)
        stale = compiled.read_bytes() != kept.with_suffix(".qm").read_bytes()
        wanted = {(one.context, one.source) for one in sentences(fresh)}
    known = {(one.context, one.source): one.translation for one in sentences(kept)}
    faults = [f"{language}: not found yet: {context}: {source}" for context, source in sorted(wanted - known.keys())]
    faults += [f"{language}: no longer used: {context}: {source}" for context, source in sorted(known.keys() - wanted)]
    faults += [
        f"{language}: not translated: {context}: {source}"
        for (context, source), translation in sorted(known.items())
        if (context, source) in wanted and not all(translation)
    ]
    return faults + ([f"{language}: {kept.stem}.qm is older than its .ts"] if stale else [])


def update(path: Path, language: str) -> None:
    """Write the sentences of the source into a `.ts` file, keeping its translations."""
    sources = [str(source.relative_to(ROOT)) for source in sorted((ROOT / "app" / "ui").rglob("*.py"))]
    _run("lupdate", *sources, "-ts", str(path), "-no-obsolete", "-locations", "none", "-target-language", language)


def compile_(source: Path, target: Path) -> None:
    """Compile a `.ts` file."""
    _run("lrelease", str(source), "-qm", str(target), "-silent")


def sentences(path: Path) -> list[Sentence]:
    """Everything in a `.ts` file."""
    found = []
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            translation = message.find("translation")
            forms = () if translation is None else tuple(form.text or "" for form in translation.iter("numerusform"))
            single = "" if translation is None else translation.text or ""
            found.append(Sentence(name, message.findtext("source") or "", forms or (single,)))
    return found


def pseudo(target: Path) -> None:
    """A language whose sentences are longer and marked: it finds layouts that break and words forgotten."""
    with tempfile.TemporaryDirectory() as folder:
        stretched = Path(folder) / "pseudo.ts"
        update(stretched, "en")
        tree = ET.parse(stretched)
        for message in tree.getroot().iter("message"):
            source, translation = message.findtext("source") or "", message.find("translation")
            if translation is not None:
                translation.attrib.pop("type", None)
                forms = list(translation.iter("numerusform")) or [translation]
                for form in forms:
                    form.text = f"⟦{source} {_marks_only(source)}⟧"
        tree.write(stretched, encoding="utf-8", xml_declaration=True)
        compile_(stretched, target)


def _marks_only(source: str) -> str:
    """As many letters again, without the fields in braces."""
    return "".join("·" if letter == " " else "ẽ" for letter in source if letter not in "{}")[: max(3, len(source) // 2)]


def _run(tool: str, *arguments: str) -> None:
    """Raises CalledProcessError with the tool's own words."""
    command = [str(Path(sys.executable).with_name(f"pyside6-{tool}")), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        done.check_returncode()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
