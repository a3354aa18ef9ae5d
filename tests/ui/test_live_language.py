"""After a live language switch nothing in the window is left in the other language."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.arguments import parse
from app.composition.workbench import Workbench
from app.core.errors import Code, WorkbenchError
from app.core.redaction import Redactor
from app.core.resources import resource_path
from app.core.settings import INSPECTOR_OPEN, LANGUAGE, PARAMETERS_OPEN, TOOLS_OPEN, Settings
from app.storage.home import open_home
from app.ui.chat.transcript.message_footer import MessageFooter
from app.ui.chat.view import ChatView
from app.ui.runtime import Runtime
from app.ui.settings.view import PAGES, SettingsView
from app.ui.studio.view import StudioView
from app.ui.texts.errors import error_sentences
from app.ui.voices.view import VoicesView
from app.ui.widgets.toasts import Toast, ToastStack
from app.ui.window import Window
from tests.ui.window_texts import Sentences, texts


@asynccontextmanager
async def running_workbench(qapp: QApplication, home: Path) -> AsyncIterator[tuple[Window, Settings]]:
    """The whole program with the demo service, as after a start."""
    settings = Settings()
    workbench = Workbench(parse(["--demo", "--lang", "en"]), open_home(home), settings, Redactor(), None)
    runtime = Runtime(qapp)
    errors: list[BaseException] = []
    runtime.on_unexpected.subscribe(errors.append)
    run = asyncio.ensure_future(runtime.live(workbench.start))
    try:
        window = await until(lambda: _window(qapp))
        await until(lambda: window.commands.find("") and "settings" in window._factories)
        yield window, settings
    finally:
        settings.set(LANGUAGE, "en")  # The next test starts with no translator installed.
        runtime.quit()
        await run
        for each in qapp.topLevelWidgets():
            each.hide()
            each.deleteLater()
    assert errors == []


def _window(qapp: QApplication) -> Window | None:
    return next((each for each in qapp.topLevelWidgets() if isinstance(each, Window) and each.isVisible()), None)


async def until(true: Callable[[], object], seconds: float = 20) -> object:
    async with asyncio.timeout(seconds):
        while not (value := true()):
            await asyncio.sleep(0.01)
    return value


OWN_NAMES = {"English", "中文", "简体中文", "MiMo-默认", "冰糖", "茉莉", "苏打", "白桦", "frequency_penalty, thinking"}
"""Languages, voices and fields of requests that are called so in every language."""
WRITTEN_BY_OTHERS = ("You are MiMo, an AI assistant", "Calm", "You don't believe me?")
"""Texts that are sent as they are: the system prompt, the tags for a text in English, lines for a voice in English."""


async def test_nothing_is_left_in_the_other_language(qapp: QApplication, tmp_path: Path) -> None:
    english = Sentences(resource_path("i18n", "workbench_zh_CN.ts"))
    async with running_workbench(qapp, tmp_path) as (window, settings):
        await fill(window)
        in_english = len(list(left_in_chinese(window)))
        settings.set(LANGUAGE, "zh_CN")
        await until_none(lambda: list(left_in_english(window, english)))
        kinds = {notice.kind for notice in notices(window)}
        assert "bad" in kinds and "good" not in kinds, "errors stay; news leave"
        assert len(list(left_in_chinese(window))) > in_english
        settings.set(LANGUAGE, "en")
        await until_none(lambda: list(left_in_chinese(window)))


async def until_none(left: Callable[[], list[tuple[str, str]]], seconds: float = 20) -> None:
    """Wait until nothing is left: lists that are read in a thread follow a moment later."""
    give_up = time.monotonic() + seconds
    while left() and time.monotonic() < give_up:
        await asyncio.sleep(0.1)
    assert left() == []


def left_in_english(window: Window, english: Sentences) -> Iterator[tuple[str, str]]:
    for where, text in texts(window):
        if text not in OWN_NAMES and not text.startswith(WRITTEN_BY_OTHERS) and english.has(text):
            yield where, text


def left_in_chinese(window: Window) -> Iterator[tuple[str, str]]:
    for where, text in texts(window):
        rest = text
        for name in sorted(OWN_NAMES, key=len, reverse=True):  # 简体中文 before the 中文 in it
            rest = rest.replace(name, "")
        if re.search(r"[\u3000-\u9fff\uff00-\uffef]", rest):
            yield where, text


def notices(window: Window) -> tuple[Toast, ...]:
    stack = window.findChild(ToastStack)
    assert isinstance(stack, ToastStack)
    return stack.toasts()


async def fill(window: Window) -> None:
    """Bring every view into a state that shows as much as possible."""
    chat, studio = window.view("chat"), window.view("studio")
    voices, settings = window.view("voices"), window.view("settings")
    assert isinstance(chat, ChatView) and isinstance(studio, StudioView)
    assert isinstance(voices, VoicesView) and isinstance(settings, SettingsView)
    for panel in (TOOLS_OPEN, INSPECTOR_OPEN, PARAMETERS_OPEN):
        chat.open_panel(panel)
    chat.composer.field.setPlainText("What is 17 * 23?")
    QTest.keyClick(chat.composer.field, Qt.Key.Key_Return)
    window.show_view("studio")
    studio.speak.click()
    studio.text.text.setPlainText("Hello [laugh.")
    studio.speak.click()
    window.show_view("voices")
    voices.design.description.setPlainText("old")
    voices.design.design.click()
    voices.tabs.setCurrentIndex(1)
    voices.clone.example.click()
    await until(lambda: voices.clone.check_model.rowCount())
    voices.clone.path.setText("/nowhere/at all.wav")
    voices.clone.path.returnPressed.emit()
    voices.tabs.setCurrentIndex(2)
    window.show_view("settings")
    for page in PAGES:
        settings.show_page(page)
    await until(lambda: settings.about.diagnostics.toPlainText())
    settings.show_page("services")
    settings.services.connection.test.click()
    await until(lambda: studio.takes_panel.model.takes())
    await until(lambda: not chat.composer.running and chat.findChildren(MessageFooter))
    studio.takes_panel.list.select_key(studio.takes_panel.model.takes()[0].id)
    window._open_palette()
    window._messages.error(partial(error_sentences, WorkbenchError(Code.NO_OUTPUT)))
    window._messages.success(QCoreApplication.translate("Chat", "Copied."))
