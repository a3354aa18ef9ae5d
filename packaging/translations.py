"""Translations: extracts the user interface's text into `resources/i18n/*.ts` and compiles it to `*.qm`.

    .venv/bin/python packaging/translations.py            extract new sentences and compile the translations
    .venv/bin/python packaging/translations.py --check    report missing and outdated ones; exit code 1 if there are any
    .venv/bin/python packaging/translations.py --add de   create the file of another language

The source language is English. The tests fail if any sentence has no translation.
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
    """One message of a `.ts` file; `translation` has several forms for plurals, and an empty string if missing."""

    context: str
    source: str
    translation: tuple[str, ...]


def main(arguments: list[str]) -> int:
    """Update or check the translations and return the exit status."""
    if arguments == ["--check"]:
        problems = [problem for language in LANGUAGES for problem in check(language)]
        print("\n".join(problems) or "All sentences are translated and compiled.")
        return bool(problems)
    if arguments[:1] == ["--add"]:
        for language in arguments[1:]:
            update(FOLDER / f"workbench_{language}.ts", language)
        return 0
    for language in LANGUAGES:
        update(FOLDER / f"workbench_{language}.ts", language)
        compile_(FOLDER / f"workbench_{language}.ts", FOLDER / f"workbench_{language}.qm")
    return main(["--check"])


def check(language: str) -> list[str]:
    """Return the problems of a language, one line each: missing, unused and untranslated sentences, outdated files."""
    path = FOLDER / f"workbench_{language}.ts"
    with tempfile.TemporaryDirectory() as folder:
        extracted = Path(folder) / path.name
        update(extracted, language)
        compiled = Path(folder) / "fresh.qm"
        compile_(path, compiled)
        is_outdated = compiled.read_bytes() != path.with_suffix(".qm").read_bytes()
        used = {(sentence.context, sentence.source) for sentence in sentences(extracted)}
    known = {(sentence.context, sentence.source): sentence.translation for sentence in sentences(path)}
    problems = [f"{language}: not extracted: {context}: {source}" for context, source in sorted(used - known.keys())]
    problems += [f"{language}: no longer used: {context}: {source}" for context, source in sorted(known.keys() - used)]
    problems += [
        f"{language}: not translated: {context}: {source}"
        for (context, source), translation in sorted(known.items())
        if (context, source) in used and not all(translation)
    ]
    return problems + ([f"{language}: {path.stem}.qm is older than its .ts"] if is_outdated else [])


def update(path: Path, language: str) -> None:
    """Extract the sentences of the source into a `.ts` file, preserving its translations."""
    sources = [str(source.relative_to(ROOT)) for source in sorted((ROOT / "app" / "ui").rglob("*.py"))]
    _run("lupdate", *sources, "-ts", str(path), "-no-obsolete", "-locations", "none", "-target-language", language)


def compile_(source: Path, target: Path) -> None:
    """Compile a `.ts` file."""
    _run("lrelease", str(source), "-qm", str(target), "-silent")


def sentences(path: Path) -> list[Sentence]:
    """Read all messages of a `.ts` file."""
    result = []
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            translation = message.find("translation")
            forms = () if translation is None else tuple(form.text or "" for form in translation.iter("numerusform"))
            single = "" if translation is None else translation.text or ""
            result.append(Sentence(name, message.findtext("source") or "", forms or (single,)))
    return result


def pseudo(target: Path) -> None:
    """Write a pseudo-translation with longer, marked sentences, to find broken layouts and untranslated text."""
    with tempfile.TemporaryDirectory() as folder:
        pseudo_source = Path(folder) / "pseudo.ts"
        update(pseudo_source, "en")
        tree = ET.parse(pseudo_source)
        for message in tree.getroot().iter("message"):
            source, translation = message.findtext("source") or "", message.find("translation")
            if translation is not None:
                translation.attrib.pop("type", None)
                forms = list(translation.iter("numerusform")) or [translation]
                for form in forms:
                    form.text = f"⟦{source} {_padding(source)}⟧"
        tree.write(pseudo_source, encoding="utf-8", xml_declaration=True)
        compile_(pseudo_source, target)


def _padding(source: str) -> str:
    """Padding of about half the length of the sentence."""
    return "".join("·" if letter == " " else "ẽ" for letter in source if letter not in "{}")[: max(3, len(source) // 2)]


def _run(tool: str, *arguments: str) -> None:
    """Run a PySide6 tool. Raises CalledProcessError if it fails, after printing its output."""
    command = [str(Path(sys.executable).with_name(f"pyside6-{tool}")), *arguments]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode:
        sys.stderr.write(result.stdout + result.stderr)
        result.check_returncode()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
