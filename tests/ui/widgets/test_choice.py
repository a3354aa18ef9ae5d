"""Choosing by typing, from the list and through an assistive tool; an unknown text is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.core.presentation_mask import COVER, PresentationMask
from app.ui.widgets.choice import Choice
from app.ui.widgets.presentation_cover import presentation_cover

MODELS = (("pro", "mimo-v2.6-pro"), ("plain", "mimo-v2.6"), ("flash", "mimo-v2.6-flash"))


@pytest.fixture(autouse=True)
def veil_down(qapp: object) -> Iterator[None]:
    yield
    if presentation_cover().active:
        presentation_cover().set_mask(None)


@pytest.fixture
def choice(qtbot: QtBot) -> Choice:
    subject = Choice("Model")
    qtbot.addWidget(subject)
    subject.set_choices(MODELS)
    subject.set_key("pro")
    subject.show()
    qtbot.waitExposed(subject)
    return subject


def field(choice: Choice) -> QLineEdit:
    edit = choice.lineEdit()
    assert edit is not None
    return edit


def sent(spy: QSignalSpy) -> list[str]:
    return [spy.at(place)[0] for place in range(spy.count())]


def test_it_is_named_and_its_text_is_the_choice(choice: Choice) -> None:
    tree = QAccessible.queryAccessibleInterface(field(choice))
    assert tree.text(QAccessible.Text.Name) == "Model"
    assert tree.text(QAccessible.Text.Value) == "mimo-v2.6-pro"
    assert choice.accessibleName() == "Model"


def test_setting_the_key_emits_nothing(choice: Choice) -> None:
    spy = QSignalSpy(choice.chosen)
    choice.set_key("flash")
    assert (choice.key(), choice.currentText(), spy.count()) == ("flash", "mimo-v2.6-flash", 0)


def test_a_listed_text_set_from_outside_is_chosen_at_once(choice: Choice) -> None:
    spy = QSignalSpy(choice.chosen)
    tree = QAccessible.queryAccessibleInterface(field(choice))
    tree.setText(QAccessible.Text.Value, "mimo-v2.6-flash")
    assert (choice.key(), sent(spy)) == ("flash", ["flash"])


def test_a_text_set_in_two_steps_is_not_refused_between_them(choice: Choice, qtbot: QtBot) -> None:
    refused = QSignalSpy(choice.refused)
    field(choice).setText("")
    field(choice).setText("mimo-v2.6")
    assert choice.key() == "plain"
    qtbot.wait(350)
    assert refused.count() == 0


def test_an_unknown_text_set_from_outside_is_refused_and_the_choice_restored(choice: Choice, qtbot: QtBot) -> None:
    with qtbot.waitSignal(choice.refused, timeout=20_000) as refusal:
        field(choice).setText("gpt-17")
    assert refusal.args == ["gpt-17"]
    assert (choice.key(), choice.currentText()) == ("pro", "mimo-v2.6-pro")


def test_typing_a_prefix_of_a_longer_choice_does_not_choose(choice: Choice, qtbot: QtBot) -> None:
    spy = QSignalSpy(choice.chosen)
    field(choice).selectAll()
    qtbot.keyClicks(field(choice), "mimo-v2.6")
    assert spy.count() == 0
    qtbot.keyClicks(field(choice), "-flash")
    assert sent(spy) == ["flash"]


def test_enter_chooses_the_typed_text_once_ignoring_case(choice: Choice, qtbot: QtBot) -> None:
    spy = QSignalSpy(choice.chosen)
    field(choice).selectAll()
    qtbot.keyClicks(field(choice), "MIMO-V2.6")
    qtbot.keyClick(field(choice), Qt.Key.Key_Return)
    assert (sent(spy), choice.currentText()) == (["plain"], "mimo-v2.6")


def test_enter_on_an_unknown_text_refuses_it_once(choice: Choice, qtbot: QtBot) -> None:
    spy = QSignalSpy(choice.refused)
    field(choice).selectAll()
    qtbot.keyClicks(field(choice), "mimo-v9")
    qtbot.keyClick(field(choice), Qt.Key.Key_Return)
    assert (sent(spy), choice.currentText()) == (["mimo-v9"], "mimo-v2.6-pro")


def test_arrow_keys_choose(choice: Choice, qtbot: QtBot) -> None:
    spy = QSignalSpy(choice.chosen)
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert sent(spy) == ["plain"]


def test_a_free_choice_accepts_an_unlisted_text(qtbot: QtBot) -> None:
    choice = Choice("Model", free=True)
    qtbot.addWidget(choice)
    choice.set_choices(MODELS)
    spy = QSignalSpy(choice.chosen)
    choice.show()
    qtbot.keyClicks(field(choice), "my-own-model")
    qtbot.keyClick(field(choice), Qt.Key.Key_Return)
    assert (choice.key(), sent(spy)) == ("my-own-model", ["my-own-model"])
    choice.set_choices(MODELS)
    assert choice.key() == "my-own-model"


def test_replacing_the_choices_keeps_the_current_one_if_listed(choice: Choice) -> None:
    spy = QSignalSpy(choice.chosen)
    choice.set_choices((("flash", "Flash"), ("pro", "Pro")))
    assert (choice.key(), choice.currentText()) == ("pro", "Pro")
    choice.set_choices((("flash", "Flash"),))
    assert (choice.key(), choice.currentText()) == (None, "")
    assert spy.count() == 0


def test_the_wheel_does_not_change_the_choice(choice: Choice) -> None:
    spot = QPointF(10, 10)
    turn = QWheelEvent(
        spot,
        spot,
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    choice.wheelEvent(turn)
    assert choice.key() == "pro"
    assert not turn.isAccepted()


def test_a_click_on_the_text_opens_the_list_when_it_ends(
    choice: Choice, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Choice] = []
    monkeypatch.setattr(Choice, "showPopup", lambda subject: opened.append(subject))
    qtbot.mousePress(field(choice), Qt.MouseButton.LeftButton)
    # Qt closes a list that was opened by the press at its release, unless the press was on the arrow.
    assert opened == []
    qtbot.mouseRelease(field(choice), Qt.MouseButton.LeftButton)
    assert opened == [choice]
    qtbot.mousePress(field(choice), Qt.MouseButton.LeftButton)
    qtbot.mouseRelease(field(choice), Qt.MouseButton.LeftButton, pos=QPoint(5, 90))
    assert opened == [choice], "not after the pointer has left the text"


def test_of_two_choices_with_the_same_label_the_picked_one_is_chosen(qtbot: QtBot) -> None:
    choice = Choice("Output device")
    qtbot.addWidget(choice)
    choice.set_choices((("", "As the system"), ("usb-1", "Headset"), ("usb-2", "Headset")))
    choice.set_key("")
    choice.show()
    spy = QSignalSpy(choice.chosen)
    # As the pop-up list does.
    choice.setCurrentIndex(2)
    choice.activated.emit(2)
    field(choice).editingFinished.emit()
    assert (choice.key(), sent(spy)) == ("usb-2", ["usb-2"])
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    field(choice).editingFinished.emit()
    assert (choice.key(), sent(spy)) == ("usb-1", ["usb-2", "usb-1"])


def test_the_cover_masks_the_labels_but_not_the_keys(qtbot: QtBot) -> None:
    choice = Choice("Output device")
    qtbot.addWidget(choice)
    choice.set_choices((("pods", "Zebediah AirPods"), ("hall", "Hall")))
    choice.set_key("pods")
    choice.show()
    spy = QSignalSpy(choice.chosen)
    tree = QAccessible.queryAccessibleInterface(field(choice))

    def seen() -> list[str]:
        texts = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
        return [choice.itemText(0), choice.currentText(), choice.accessibleName(), *(tree.text(one) for one in texts)]

    presentation_cover().set_mask(PresentationMask(names=["Zebediah"]))
    assert f"{COVER} AirPods" in seen()
    assert not [words for words in seen() if "Zebediah" in words]
    choice.set_choices((("pods", "Zebediah AirPods"), ("hall", "Hall"), ("mic", "Zebediah Mic")))
    assert choice.itemText(2) == f"{COVER} Mic"
    field(choice).editingFinished.emit()
    presentation_cover().set_mask(None)
    assert (choice.itemText(0), choice.currentText(), choice.key()) == ("Zebediah AirPods", "Zebediah AirPods", "pods")
    assert spy.count() == 0


def test_choices_that_look_alike_when_masked_stay_distinct(qtbot: QtBot) -> None:
    choice = Choice("Output device")
    qtbot.addWidget(choice)
    choice.set_choices((("a", "Zebediah"), ("b", "Annika")))
    choice.set_key("a")
    choice.show()
    spy = QSignalSpy(choice.chosen)
    presentation_cover().set_mask(PresentationMask(names=["Zebediah", "Annika"]))
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    field(choice).editingFinished.emit()
    assert (choice.key(), choice.currentText(), sent(spy)) == ("b", COVER, ["b"])
    # The user may type the unmasked text.
    field(choice).setText("Zebediah")
    assert (choice.key(), choice.currentText()) == ("a", COVER)


def test_a_free_choice_is_masked_and_does_not_accept_a_masked_text(qtbot: QtBot) -> None:
    choice = Choice("Model", free=True)
    qtbot.addWidget(choice)
    choice.set_choices(MODELS)
    choice.set_key("annika-7b")
    choice.show()
    presentation_cover().set_mask(PresentationMask(names=["annika"]))
    assert choice.currentText() == f"{COVER}-7b"
    qtbot.keyClicks(field(choice), "8")
    qtbot.keyClick(field(choice), Qt.Key.Key_Return)
    assert (choice.key(), choice.currentText()) == ("annika-7b", f"{COVER}-7b")


def test_typed_text_stays_until_another_choice_is_set(choice: Choice, qtbot: QtBot) -> None:
    field(choice).selectAll()
    qtbot.keyClicks(field(choice), "mimo-v2.6-sh")
    qtbot.keyClick(field(choice), Qt.Key.Key_Left)
    choice.set_key("pro")
    choice.set_choices((*MODELS, ("flush", "mimo-v2.6-flush")))
    qtbot.keyClick(field(choice), Qt.Key.Key_Backspace)
    qtbot.keyClicks(field(choice), "flus")
    assert (choice.key(), choice.currentText()) == ("flush", "mimo-v2.6-flush")
    qtbot.keyClicks(field(choice), "x")
    choice.set_key("plain")
    assert choice.currentText() == "mimo-v2.6"
    field(choice).selectAll()
    qtbot.keyClicks(field(choice), "mimo")
    choice.set_choices((("pro", "mimo-v2.6-pro"),))
    assert (choice.key(), choice.currentText()) == (None, "")


def test_the_cover_does_not_mask_text_being_typed(choice: Choice, qtbot: QtBot) -> None:
    field(choice).selectAll()
    qtbot.keyClicks(field(choice), "mimo-v2.6-fl")
    presentation_cover().set_mask(PresentationMask(names=["mimo-v2"]))
    assert choice.currentText() == "mimo-v2.6-fl"
    qtbot.keyClicks(field(choice), "ash")
    assert choice.key() == "flash"


def test_escape_drops_what_is_typed(choice: Choice, qtbot: QtBot) -> None:
    before = choice.currentText()
    field(choice).selectAll()
    qtbot.keyClicks(field(choice), "zz")
    qtbot.keyClick(choice, Qt.Key.Key_Escape)
    assert choice.currentText() == before


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_open_list_shows_its_rows(qtbot: QtBot) -> None:
    choice = Choice("Voice")
    qtbot.addWidget(choice)
    choice.set_choices([(str(number), f"Voice {number}") for number in range(4)])
    choice.show()
    choice.showPopup()
    last = choice.view().visualRect(choice.model().index(3, 0))
    assert last.height() > 10
    assert choice.view().viewport().rect().contains(last)
    choice.hidePopup()


def test_a_choice_that_searches_lists_what_contains_the_typed_words(qtbot: QtBot) -> None:
    choice = Choice("Voice to add", searches=True)
    qtbot.addWidget(choice)
    choice.set_choices([("a", "Grandpa Zhou"), ("b", "Brand voice"), ("c", "Mia"), ("d", "白桦")])
    chosen: list[str] = []
    refused: list[str] = []
    choice.chosen.connect(chosen.append)
    choice.refused.connect(refused.append)
    edit, completer = choice.lineEdit(), choice.completer()
    assert edit is not None
    for typed, found in (("an", 2), ("ZHOU", 1), ("桦", 1), ("", 4), ("nobody", 0)):
        completer.setCompletionPrefix(typed)
        assert completer.completionCount() == found, typed
    # Typed while the widget is hidden, because the list of what is found can't be shown here.
    for typed, expected in (("an", []), ("zho", ["a"]), ("nobody", ["a"])):
        edit.setText(typed)
        choice._typing = True
        edit.returnPressed.emit()
        assert chosen == expected, typed
    assert refused == []
    completer.activated.emit("Mia")
    assert chosen == ["a", "c"] and choice.currentText() == "Mia"


def test_what_an_empty_field_says_is_not_cut_off(qtbot: QtBot) -> None:
    subject = Choice("Voice language", compact=True, free=True)
    qtbot.addWidget(subject)
    subject.set_choices([("zh", "中文"), ("en", "En")])
    subject.set_key(None)
    field(subject).setPlaceholderText("Language of the voice")
    subject.resize(subject.sizeHint())
    subject.show()
    qtbot.waitExposed(subject)
    needed = field(subject).fontMetrics().horizontalAdvance("Language of the voice")
    assert field(subject).contentsRect().width() >= needed + 4
