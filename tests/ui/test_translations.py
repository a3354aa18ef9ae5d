"""Every text of the window is extracted, translated with its placeholders, compiled, and switched without a restart."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from app.core.errors import Code, WorkbenchError
from app.core.languages import LANGUAGES, SOURCE_LANGUAGE
from app.core.settings import Settings
from app.ui.chat.view import ChatView
from app.ui.language import Language, system_language
from app.ui.settings.view import SettingsView
from app.ui.texts.errors import error_message
from app.ui.widgets.notifications import Notifier
from app.ui.window import Window

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["words"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    language = Language(qapp)
    yield language
    language.use("en")


def literals() -> set[tuple[str, str]]:
    """Context and text of every `translate` call in the source, found without lupdate."""
    found = set()
    for path in (ROOT / "app" / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "translate":
                if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "QCoreApplication"):
                    continue
                context, sentence = node.args[:2]
                assert isinstance(context, ast.Constant), path
                assert isinstance(sentence, ast.Constant), path
                found.add((context.value, sentence.value))
    return found


def test_everything_is_translated_and_compiled(tool: ModuleType) -> None:
    assert [fault for code in tool.LANGUAGES for fault in tool.check(code)] == []


def test_every_language_has_a_file_and_every_file_is_a_language(tool: ModuleType) -> None:
    assert {SOURCE_LANGUAGE, *tool.LANGUAGES} == set(LANGUAGES)


@pytest.mark.parametrize(
    ("preferred", "code"),
    [
        (["zh-Hans-CN", "zh-CN"], "zh_CN"),
        (["zh-SG"], "zh_CN"),
        (["zh-Hant-TW", "zh-TW", "en-GB"], "en"),
        (["de-DE", "zh-CN", "en"], "zh_CN"),
        (["de-DE"], "en"),
        ([], "en"),
    ],
)
def test_the_system_language_is_the_first_preferred_one_there_is(
    preferred: list[str], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QLocale, "uiLanguages", lambda self: preferred)
    assert system_language() == code


def test_no_literal_is_missed(tool: ModuleType) -> None:
    kept = {(one.context, one.source) for one in tool.sentences(tool.FOLDER / "workbench_zh_CN.ts")}
    assert literals() - kept == set()
    assert len(kept) > 400


def test_placeholders_survive_translation(tool: ModuleType) -> None:
    for sentence in tool.sentences(tool.FOLDER / "workbench_zh_CN.ts"):
        for translation in sentence.translation:
            assert sorted(re.findall(r"\{\w+\}", sentence.source)) == sorted(re.findall(r"\{\w+\}", translation))


@pytest.mark.parametrize("code", list(Code))
@pytest.mark.parametrize("name", LANGUAGES)
def test_every_error_code_has_a_message(language: Language, code: Code, name: str) -> None:
    language.use(name)
    said = error_message(WorkbenchError(code))
    unexpected = error_message(WorkbenchError(Code.UNEXPECTED))
    assert said.what
    assert code is Code.UNEXPECTED or said.what != unexpected.what
    for sentence in said:
        assert "{" not in sentence
        assert "()" not in sentence
    if name == "zh_CN":
        assert re.search("[\u4e00-\u9fff]", said.what)


def test_the_window_changes_its_language_while_it_is_open(qtbot: QtBot, language: Language) -> None:
    settings, messages = Settings(), Notifier()
    window = Window(settings, messages)
    qtbot.addWidget(window)
    chat = ChatView(settings)
    chat.complete(messages)
    window.add_view("chat", lambda: chat)
    window.show_view("chat")
    names = {button.accessibleName() for button in window.findChildren(QAbstractButton)}
    assert {"Chat", "Send", "New conversation"} <= names
    language.use("zh_CN")
    QApplication.processEvents()
    names = {button.accessibleName() for button in window.findChildren(QAbstractButton)}
    assert {"对话", "发送", "新对话"} <= names
    assert chat.composer.field.accessibleName() == "消息"
    language.use("en")
    QApplication.processEvents()
    assert chat.composer.field.accessibleName() == "Message"


def test_every_button_text_is_translatable(qtbot: QtBot, qapp: QApplication, tool: ModuleType, tmp_path: Path) -> None:
    tool.pseudo(tmp_path / "pseudo.qm")
    settings = Settings()
    view = SettingsView(settings)
    qtbot.addWidget(view)
    translator = QTranslator()
    assert translator.load(str(tmp_path / "pseudo.qm"))
    qapp.installTranslator(translator)
    QApplication.processEvents()
    try:
        shown = [button.text() for button in view.findChildren(QAbstractButton) if button.text()]
        assert shown
        assert [text for text in shown if not text.startswith("⟦")] == []
    finally:
        qapp.removeTranslator(translator)
        QApplication.processEvents()


def test_lupdate_and_lrelease_are_installed() -> None:
    for name in ("lupdate", "lrelease"):
        program = Path(sys.executable).with_name(f"pyside6-{name}")
        assert subprocess.run([program, "-version"], capture_output=True, check=False).returncode == 0


def test_a_failed_import_names_the_right_import_and_hides_parser_messages() -> None:
    reason = "Expecting value: line 1 column 1 (char 0)"
    said = error_message(WorkbenchError(Code.IMPORT_UNREADABLE, path="/tmp/trip.json", message=reason))
    assert said.what.startswith("trip.json can't be imported here")
    assert "Import conversation" in said.next_step
    assert "Settings, Data" in said.next_step
    assert reason not in str(said)


def test_chinese_tells_takes_from_recordings(tool: ModuleType) -> None:
    """配音 is what MiMo spoke, 录音 what a microphone heard."""
    for sentence in tool.sentences(ROOT / "resources" / "i18n" / "workbench_zh_CN.ts"):
        translation, source = " ".join(sentence.translation), sentence.source.lower()
        if "录音" in translation:
            assert "record" in source, sentence
        if "配音" in translation:
            assert "take" in source or "starred" in source or sentence.context == "Compare", sentence
