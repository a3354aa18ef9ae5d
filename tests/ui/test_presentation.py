"""Presentation mode masks what is on the screen immediately, and restores it afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.presentation_mask import COVER, PresentationMask
from app.core.profiles import Profile
from app.core.settings import MODELS, PARAMETERS_OPEN, PRESENTATION_HIDES_HOSTS, PRESENTATION_MODE, PROXY, Settings
from app.ui import presentation
from app.ui.chat.markdown.plain import PlainView
from app.ui.chat.markdown.view import MarkdownView
from app.ui.chat.view import ChatView
from app.ui.files import ask_to_open, ask_to_save
from app.ui.presentation import Presentation
from app.ui.presentation_file_dialog import PresentationFileDialog
from app.ui.status_bar import StatusBar
from app.ui.studio.view import StudioView
from app.ui.theme.theme import theme
from app.ui.widgets.field_message import FieldMessage
from app.ui.widgets.fields import LineField, TextArea
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_model import Row, RowModel, RowRole

PATH = "/home/annika/takes/line.wav"
COVERED = f"{COVER}/line.wav"


@pytest.fixture(autouse=True)
def down_again(qapp: object) -> Iterator[None]:
    yield
    if presentation_cover().active:
        presentation_cover().set_mask(None)


def test_visible_text_is_masked_and_restored(qtbot: QtBot) -> None:
    label, elided, field, area = Label(PATH), ElidedLabel(PATH), LineField("Folder"), TextArea("Request")
    for shown in (label, elided, field, area):
        qtbot.addWidget(shown)
    for only_read in (field, area):
        only_read.setReadOnly(True)
    field.setText(PATH)
    area.setPlainText(PATH)
    rows = RowModel([Row("1", PATH, "by annika", PATH, section=PATH)])

    def seen() -> set[str]:
        row = rows.index(0)
        spoken = row.data(Qt.ItemDataRole.AccessibleTextRole).split(", ")[0]
        painted = {row.data(role) for role in (RowRole.BADGE, RowRole.SECTION)}
        return {label.text(), elided.text(), field.text(), area.toPlainText(), row.data(), spoken} | painted

    assert seen() == {PATH}
    before = label.font().pixelSize()
    presentation_cover().set_mask(PresentationMask(names=["annika"]))
    assert seen() == {COVERED}
    assert COVER in rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    label.setText(f"Saved as {PATH}.")
    assert label.text() == f"Saved as {COVERED}."
    assert label.font().pixelSize() > before, "larger for the last row"
    presentation_cover().set_mask(None)
    assert label.text() == f"Saved as {PATH}."
    assert seen() - {label.text()} == {PATH}
    assert label.font().pixelSize() == before


def test_spoken_alerts_are_masked_too(qtbot: QtBot) -> None:
    notice = InlineNotice()
    qtbot.addWidget(notice)
    said = f"Could not read {PATH}."
    notice.say("bad", said)
    assert notice.accessibleName() == said
    presentation_cover().set_mask(PresentationMask())
    qtbot.waitUntil(lambda: notice.accessibleName() == f"Could not read {COVERED}.")
    presentation_cover().set_mask(None)
    qtbot.waitUntil(lambda: notice.accessibleName() == said)


def test_a_field_error_is_masked_in_the_accessible_description(qtbot: QtBot) -> None:
    field = LineField("Certificate file")
    notice = FieldMessage(field)
    for shown in (field, notice):
        qtbot.addWidget(shown)
    notice.say("bad", f"Could not read {PATH}.")
    presentation_cover().set_mask(PresentationMask())
    qtbot.waitUntil(lambda: field.accessibleDescription() == f"Could not read {COVERED}.")
    notice.say("bad", f"{PATH} is gone.")
    assert field.accessibleDescription() == f"{COVERED} is gone."


def test_typed_text_is_not_masked(qtbot: QtBot) -> None:
    field = LineField("Sample file")
    qtbot.addWidget(field)
    presentation_cover().set_mask(PresentationMask())
    qtbot.keyClicks(field, PATH)
    assert field.text() == PATH


def test_answers_are_masked_while_streaming_and_when_complete(qtbot: QtBot) -> None:
    view, thoughts = MarkdownView(), PlainView(ground="bg")
    for shown in (view, thoughts):
        qtbot.addWidget(shown)
    presentation_cover().set_mask(PresentationMask())
    for shown in (view, thoughts):
        shown.append(f"It is in {PATH} now.")
        shown.flush()
        assert PATH not in shown.toPlainText()
    view.finish_with(f"It is in {PATH} now.")
    assert view.toPlainText().strip() == f"It is in {COVERED} now."
    thoughts.set_text(f"See {PATH}")
    assert thoughts.toPlainText() == f"See {COVERED}"


def test_the_settings_activate_the_mask_with_the_user_names(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presentation, "user_names", lambda: ("annika", "Annika Berg"))
    settings = Settings()
    profiles = [Profile("g", "gateway", "Berg & Co", "https://gateway.berg.example/v1")]
    kept = Presentation(settings, tmp_path, tmp_path / "presentation", lambda: profiles)
    assert not presentation_cover().active
    kept.toggle()
    assert settings.get(PRESENTATION_MODE)
    text = f"Annika Berg of Berg & Co at https://gateway.berg.example/v1 keeps {tmp_path}/workbench.db"
    assert (
        presentation_cover().mask(text)
        == f"{COVER} of {COVER} at https://gateway.berg.example/v1 keeps {COVER}/workbench.db"
    )
    settings.set(PRESENTATION_HIDES_HOSTS, True)
    assert presentation_cover().mask("gateway.berg.example") == COVER
    settings.set(PROXY, "http://proxy.berg.example:3128")
    assert presentation_cover().mask("No answer from proxy.berg.example") == f"No answer from {COVER}"
    kept.toggle()
    assert presentation_cover().mask(text) == text


@pytest.mark.parametrize("value", ["http://me:pw@proxy.berg.example:3128", "me:pw@proxy.berg.example:3128"])
def test_the_proxy_of_the_environment_is_masked(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, tmp_path: Path, value: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", value)
    settings = Settings()
    settings.set(PRESENTATION_HIDES_HOSTS, True)
    settings.set(PRESENTATION_MODE, True)
    Presentation(settings, tmp_path, tmp_path, tuple)
    assert "berg" not in presentation_cover().mask("The proxy proxy.berg.example:3128 can't be reached.")


def test_models_of_a_private_service_are_masked(qtbot: QtBot, tmp_path: Path) -> None:
    own = Profile("g", "gateway", "G", "https://g.example/v1", models=("berg-7b", "xiaomi/mimo-v2.6-pro"))
    platform = Profile("payg", "payg", "P", "https://api.xiaomimimo.com/v1", models=("mimo-v9",))
    settings = Settings()
    settings.set(MODELS, {"g": {"chat": "berg-chat"}, "payg": {"chat": "mimo-v8"}})
    settings.set(PRESENTATION_MODE, True)
    Presentation(settings, tmp_path, tmp_path, lambda: [own, platform], lambda: ["berg-live"])
    text = "berg-7b, berg-chat, berg-live; mimo-v9, mimo-v8, xiaomi/mimo-v2.6-pro"
    assert presentation_cover().mask(text) == f"{COVER}, {COVER}, {COVER}; mimo-v9, mimo-v8, xiaomi/mimo-v2.6-pro"


def test_without_a_known_user_there_are_no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_args: object) -> str:
        raise ImportError("pwd")

    monkeypatch.setattr("getpass.getuser", unknown)
    monkeypatch.setattr("pwd.getpwuid", lambda _number: SimpleNamespace(pw_gecos="Annika Berg,,,"))
    assert presentation.user_names() == ("Annika Berg", "Annika", "Berg")


def test_advanced_controls_are_hidden_and_a_badge_is_shown(qtbot: QtBot) -> None:
    chat, studio, bar = ChatView(Settings()), StudioView(Settings()), StatusBar()
    chat.complete(Notifier())
    for shown in (chat, studio, bar):
        qtbot.addWidget(shown)
        shown.resize(1360, 860)
        shown.show()

    def visible() -> set[str]:
        found = {
            each.accessibleName()
            for shown in (chat, studio)
            for each in shown.findChildren(QWidget)
            if each.isVisible()
        }
        return found & {"Parameters", "Tools", "Inspector", "Temperature", "System prompt", "Message", "Text to speak"}

    chat.open_panel(PARAMETERS_OPEN)
    everything = visible()
    assert {"Parameters", "Tools", "Temperature", "Inspector"} <= everything
    badge = bar._badge
    assert not badge.isVisible()
    presentation_cover().set_mask(PresentationMask())
    assert visible() == {"Inspector", "Message", "Text to speak"}
    assert badge.isVisible()
    assert badge.text() == "Presentation"
    presentation_cover().set_mask(None)
    assert visible() == everything
    assert not badge.isVisible()


def test_the_file_dialog_lists_one_folder_and_shows_no_path(qtbot: QtBot, tmp_path: Path) -> None:
    for name in ("a.wav", "b.mp3", "notes.txt", ".hidden.wav"):
        (tmp_path / name).write_bytes(b"sound")
    parent = QWidget()
    qtbot.addWidget(parent)
    chooser = PresentationFileDialog(parent, "Choose sample", "Sound (*.wav *.mp3)", tmp_path)
    assert sorted(row.title for row in chooser._model.rows()) == ["a.wav", "b.mp3"]
    assert not chooser._accept_button.isEnabled()
    chooser._name.setText("../../etc/passwd")
    assert not chooser._accept_button.isEnabled()
    assert "no such file" in chooser._hint.text()
    chooser._list.row_selected.emit("a.wav")
    assert chooser._name.text() == "a.wav"
    assert chooser._accept_button.isEnabled()
    chooser._accept_button.click()
    assert chooser.chosen == tmp_path / "a.wav"
    texts = [label.text() for label in chooser.findChildren(Label)]
    assert not [text for text in texts if str(tmp_path) in text]


async def test_the_presentation_file_dialog_is_used_while_presenting(qtbot: QtBot, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    presentation_cover().set_mask(PresentationMask(), tmp_path / "presentation")

    async def asked(kind: str) -> PresentationFileDialog:
        async with asyncio.timeout(10):
            while not (found := [each for each in parent.findChildren(PresentationFileDialog) if each.isVisible()]):
                await asyncio.sleep(0.01)
        return found[0]

    saving = asyncio.ensure_future(ask_to_save(parent, "Export", "WAV (*.wav)", "take.wav", Settings()))
    chooser = await asked("save")
    assert chooser._name.text() == "take.wav"
    chooser._accept_button.click()
    path = await saving
    assert path == tmp_path / "presentation" / "take.wav"
    path.write_bytes(b"sound")
    opening = asyncio.ensure_future(ask_to_open(parent, "Open", "*", Settings()))
    chooser = await asked("open")
    chooser._list.row_selected.emit("take.wav")
    qtbot.keyClick(chooser._name, Qt.Key.Key_Return)
    assert await opening == path
    opening = asyncio.ensure_future(ask_to_open(parent, "Open", "*", Settings()))
    (await asked("open")).reject()
    assert await opening is None


def test_a_file_saved_while_presenting_has_a_suffix(qtbot: QtBot, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    (tmp_path / "talk.md").write_text("kept", encoding="utf-8")
    for typed, expected in (("talk", "talk.md"), ("talk.", "talk.md"), ("talk.txt", "talk.txt")):
        chooser = PresentationFileDialog(parent, "Export", "Markdown (*.md)", tmp_path, saving="conversation.md")
        chooser._name.setText(typed)
        assert ("will be replaced" in chooser._hint.text()) == (expected == "talk.md")
        chooser._accept_button.click()
        assert chooser.chosen == tmp_path / expected
    opening = PresentationFileDialog(parent, "Open", "*", tmp_path)
    opening._name.setText("talk")
    assert "no such file" in opening._hint.text()


def test_presentation_enlarges_the_users_own_text_size(qtbot: QtBot) -> None:
    theme().set_text_scale(1.5)
    try:
        own = theme().px(100)
        presentation_cover().set_mask(PresentationMask())
        assert theme().px(100) == round(own * 1.2)
    finally:
        presentation_cover().set_mask(None)
        theme().set_text_scale(1.0)


def test_texts_that_were_there_before_are_covered_in_fields_for_typing(qtbot: QtBot) -> None:
    """A rename field, a voice name, the sample's path and drafts: the whole text is still theirs afterwards."""
    field, area = LineField("Voice name"), TextArea("Message")
    for shown in (field, area):
        qtbot.addWidget(shown)
    field.setText("Annika")
    area.setPlainText(f"For annika: {PATH}")
    presentation_cover().set_mask(PresentationMask(names=["annika"]))
    assert field.displayText() == "●" * 6 or "Annika" not in field.displayText()
    assert field.text() == "Annika"
    shown_text = area.document().toPlainText()
    assert "annika" not in shown_text
    assert area.toPlainText() == f"For annika: {PATH}"
    field.setText(PATH)
    assert PATH not in field.displayText()
    field.setText("line")
    assert field.displayText() == "line"
    area.setPlainText("nothing private")
    assert not area.isReadOnly()
    area.setPlainText(f"again {PATH}")
    presentation_cover().set_mask(None)
    assert not area.isReadOnly()
    assert area.document().toPlainText() == f"again {PATH}"


def test_a_key_quoted_by_a_service_is_covered() -> None:
    mask = PresentationMask()
    for quoted in ("sk-ab***wxyz", "sk-...wxyz", "sk-pro…wxyz"):
        assert "wxyz" not in mask.apply(f"Incorrect API key provided: {quoted}.")
