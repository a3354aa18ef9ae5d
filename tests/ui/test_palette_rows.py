"""The palette lists what a query finds in groups, in either language, and leads to things and plays them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.core.settings import RECENT_COMMANDS, Settings
from app.ui.commands import Thing, ThingSource
from app.ui.language import Language, in_other_languages
from app.ui.settings.commands import add_settings_commands
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.widgets.key_caps import KeyHint
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.row_model import RowRole
from app.ui.window import Window

KEY = Qt.Key


class Field(QWidget):
    """A view with a text field, which counts the changes of the language."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.changes = QLineEdit(self), 0
        QVBoxLayout(self).addWidget(self.field)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.changes += 1


class Palette:
    """A window with its palette open, and what was run, opened and played."""

    def __init__(self, qtbot: QtBot, settings: Settings | None = None) -> None:
        self.window = Window(settings or Settings(), Notifier())
        qtbot.addWidget(self.window)
        self.window.resize(1440, 900)
        self.window.add_view("chat", Field)
        self.window.show_view("chat")
        self.window.show()
        self.ran: list[str] = []

    def add(self, name: str, shortcut: str = "", **fields: object) -> None:
        self.window.add_command(name, lambda: name, lambda: self.ran.append(name), shortcut, **fields)  # type: ignore[arg-type]

    def open(self, typed: str = "") -> None:
        self.window.command_palette.open()
        self.field.setText(typed)

    @property
    def field(self) -> QLineEdit:
        return self.window.command_palette.findChildren(QLineEdit)[0]

    @property
    def shown(self) -> QListView:
        return self.window.command_palette.findChildren(QListView)[0]

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.field, key)

    def rows(self) -> list[tuple[str, str]]:
        """Section and title of each row."""
        model = self.shown.model()
        return [
            (str(model.index(row, 0).data(RowRole.SECTION)), str(model.index(row, 0).data()))
            for row in range(model.rowCount())
        ]

    def marked(self) -> list[str]:
        model = self.shown.model()
        indexes = [model.index(row, 0) for row in range(model.rowCount())]
        return ["".join(str(index.data())[at] for at in index.data(RowRole.MARKS)) for index in indexes]


@pytest.fixture
def palette(qtbot: QtBot) -> Palette:
    return Palette(qtbot)


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    language = Language(qapp)
    yield language
    language.use("en")


def things(
    *titles: str, play: Callable[[], object] | None = None, run: Callable[[], object] = print
) -> Sequence[Thing]:
    return [Thing(title, title, "designed", Icon.VOICES, run, play) for title in titles]


def test_groups_come_in_order_and_the_first_row_is_chosen(palette: Palette) -> None:
    palette.window.commands.add_things(ThingSource("voices", lambda: "Voices", lambda: things("Voice of the station")))
    palette.add("Hear voice")
    palette.open("voi")
    assert palette.rows() == [("Do", "Hear voice"), ("Go to", "Voices"), ("Voices", "Voice of the station")]
    assert palette.marked() == ["voi", "Voi", "Voi"]
    assert palette.shown.currentIndex().row() == 0
    assert palette.field.accessibleDescription() == "Hear voice"
    palette.press(KEY.Key_Return)
    assert palette.ran == ["Hear voice"]
    palette.open("")
    assert "Voices" not in [section for section, _ in palette.rows()], "things are listed for a query only"


def test_a_command_is_found_by_its_name_in_the_other_language(palette: Palette, language: Language) -> None:
    language.use("zh_CN")
    QApplication.processEvents()
    view = palette.window.view("chat")
    assert isinstance(view, Field)
    changes = view.changes
    palette.open("dismiss")
    palette.field.setText("voices")
    assert [title for _, title in palette.rows()] == ["音色"]
    model = palette.shown.model()
    assert model.index(0, 0).data(RowRole.SUBTITLE) == "Voices"
    language.use("en")
    QApplication.processEvents()
    palette.field.setText("音色")
    assert [title for _, title in palette.rows()] == ["Voices"]
    assert view.changes == changes + 1, "looking up names must not retranslate the window"
    assert in_other_languages(lambda: QCoreApplication.translate("Rail", "Voices")) == ["音色"]


def test_a_settings_page_is_found_by_what_is_on_it(palette: Palette) -> None:
    add_settings_commands(palette.window)
    for typed, page in (("timeout", "Network"), ("font", "Appearance"), ("字体", "Appearance"), ("backup", "Data")):
        palette.open(typed)
        assert ("Go to", page) in palette.rows(), typed


def test_a_slip_finds_a_command_unless_another_name_has_the_word(palette: Palette) -> None:
    palette.add("Export conversation")
    palette.open("exprot")
    assert palette.rows() == [("Do", "Export conversation")]
    palette.add("Exprot")
    palette.open("exprot")
    assert palette.rows() == [("Do", "Exprot")]


def test_what_was_run_last_comes_first_also_after_a_restart(qtbot: QtBot) -> None:
    settings = Settings()
    first = Palette(qtbot, settings)
    for name in ("Paint one", "Paint two", "Paint three"):
        first.add(name)
    first.open("paint")
    first.press(KEY.Key_Down)
    first.press(KEY.Key_Return)
    assert first.ran == ["Paint two"]
    assert settings.get(RECENT_COMMANDS)[0] == "Paint two"
    second = Palette(qtbot, settings)
    for name in ("Paint one", "Paint two", "Paint three"):
        second.add(name)
    second.open("paint")
    assert [title for _, title in second.rows()] == ["Paint two", "Paint one", "Paint three"]
    second.field.setText("")
    titles = [title for section, title in second.rows() if section == "Do"]
    assert titles[0] == "Paint two"
    assert titles[-2:] == ["Paint one", "Paint three"], "the others keep their order"


def test_the_right_arrow_plays_and_the_palette_stays(palette: Palette) -> None:
    played: list[str] = []
    run: list[str] = []
    voices = [
        *things("Old voice", run=lambda: run.append("old")),
        *things("Own voice", play=lambda: played.append("own")),
    ]
    palette.window.commands.add_things(ThingSource("voices", lambda: "Voices", lambda: voices))
    palette.open("own voice")
    hint = next(hint for hint in palette.window.command_palette.findChildren(KeyHint) if "play" in hint.text())
    assert hint.isVisible()
    assert hint.text() == "→: play a voice"
    palette.press(KEY.Key_Left)
    palette.press(KEY.Key_Right)
    assert played == [], "inside of the text the arrow moves the cursor"
    palette.press(KEY.Key_Right)
    assert played == ["own"]
    assert palette.window.command_palette.isVisible()
    palette.open("old voice")
    assert not hint.isVisible()
    palette.press(KEY.Key_Return)
    assert run == ["old"]


def test_what_a_search_finds_later_is_added_and_the_chosen_row_stays(palette: Palette) -> None:
    asked: list[tuple[str, Callable[[Sequence[Thing]], None]]] = []
    palette.window.commands.add_things(
        ThingSource("talks", lambda: "Conversations", tuple, lambda query, deliver: asked.append((query, deliver)))
    )
    palette.add("Museum")
    palette.add("Museum two")
    palette.open("museum")
    palette.press(KEY.Key_Down)
    query, deliver = asked[-1]
    assert query == "museum"
    deliver(things("Which guide?"))
    assert palette.rows()[-1] == ("Conversations", "Which guide?")
    palette.press(KEY.Key_Return)
    assert palette.ran == ["Museum two"]
    palette.open("museum t")
    deliver(things("Late"))
    assert "Late" not in [title for _, title in palette.rows()], "it was found for another query"


def test_a_source_that_reads_its_things_first_is_listed_whatever_was_typed_meanwhile(palette: Palette) -> None:
    read: list[Thing] = []
    asked: list[Callable[[Sequence[Thing]], None]] = []
    palette.window.commands.add_things(
        ThingSource("voices", lambda: "Voices", lambda: read, lambda _query, deliver: asked.append(deliver))
    )
    palette.open("mi")
    palette.field.setText("mia")
    read += things("Mia")
    asked[0](())
    assert palette.rows() == [("Voices", "Mia")]
    palette.press(KEY.Key_Escape)
    asked[0](())
    assert not palette.window.command_palette.isVisible()


def test_the_chosen_row_too_is_run_by_an_assistive_tool_and_by_a_click(palette: Palette) -> None:
    palette.add("Paint")
    palette.open("paint")
    cell = QAccessible.queryAccessibleInterface(palette.shown).child(0)
    actions = cell.actionInterface()
    actions.doAction(actions.toggleAction())
    assert palette.ran == ["Paint"]
    palette.open("paint")
    middle = palette.shown.visualRect(palette.shown.model().index(0, 0)).center()
    QTest.mouseClick(palette.shown.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert palette.ran == ["Paint", "Paint"]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_it_fits_the_smallest_window(palette: Palette, scale: float) -> None:
    theme().set_text_scale(scale)
    try:
        palette.window.resize(960, 640)
        for number in range(40):
            palette.add(f"Paint {number}")
        for typed in ("", "paint", "no such thing", "paint 7"):
            palette.open(typed)
            overlay = palette.window.command_palette
            assert palette.window.rect().contains(overlay.geometry().adjusted(8, 8, -8, -8)), typed
            if palette.rows():
                assert palette.shown.viewport().height() >= theme().px(40)
    finally:
        theme().set_text_scale(1.0)
