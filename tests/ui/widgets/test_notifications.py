"""Notifications: accessible alerts, and toasts that collapse, replace, queue and offer undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QCursor
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets import toasts
from app.ui.widgets.notice_area import NoticeArea
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.notifications import Notification, Notifier
from app.ui.widgets.toasts import Toast, ToastStack


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    subject = QWidget()
    qtbot.addWidget(subject)
    subject.resize(900, 600)
    subject.show()
    qtbot.waitExposed(subject)
    # Away from the toasts: they do not time out under the pointer.
    QCursor.setPos(subject.mapToGlobal(subject.rect().bottomLeft()))
    return subject


@pytest.fixture
def source() -> Notifier:
    return Notifier()


@pytest.fixture
def stack(window: QWidget, source: Notifier) -> ToastStack:
    return ToastStack(source, window)


def texts(stack: ToastStack) -> list[str]:
    return [toast.text() for toast in stack.toasts()]


def button(toast: QWidget, name: str) -> QPushButton:
    found = [
        part
        for part in toast.findChildren(QPushButton)
        if part.isVisible() and name in (part.accessibleName(), part.text())
    ]
    assert len(found) == 1, f"{name}: {found}"
    return found[0]


def test_a_toast_is_an_alert_named_by_its_text(stack: ToastStack, source: Notifier) -> None:
    source.error("The service did not answer.")
    tree = QAccessible.queryAccessibleInterface(stack.toasts()[0])
    assert tree.role() == QAccessible.Role.AlertMessage
    assert tree.text(QAccessible.Text.Name) == "The service did not answer."


def test_an_offer_has_its_own_button(stack: ToastStack, source: Notifier) -> None:
    done: list[str] = []
    source.warning("The database is damaged.", offer=("Restore the last backup", lambda: done.append("restored")))
    (toast,) = stack.toasts()
    button(toast, "Restore the last backup").click()
    assert done == ["restored"]
    assert texts(stack) == []


def test_notifications_are_queued_until_a_window_listens(window: QWidget, source: Notifier) -> None:
    source.info("first")
    source.warning("second")
    assert texts(ToastStack(source, window)) == ["first", "second"]


def test_a_repeated_notification_is_counted(stack: ToastStack, source: Notifier) -> None:
    for _ in range(3):
        source.error("No output device.")
    assert texts(stack) == ["No output device."]
    assert stack.toasts()[0].times == 3
    assert stack.toasts()[0].accessibleName() == "No output device. ×3"


def test_two_undo_notifications_stay_separate(stack: ToastStack, source: Notifier) -> None:
    source.success("Take deleted.", undo=lambda: None)
    source.success("Take deleted.", undo=lambda: None)
    assert len(stack.toasts()) == 2


def test_it_is_known_since_when_undo_is_offered(
    stack: ToastStack, source: Notifier, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stack.undo_since() is None
    now = [100.0]
    monkeypatch.setattr(toasts.time, "time", lambda: now[0])
    source.info("Copied.")
    assert stack.undo_since() is None
    for now[0] in (200.0, 300.0):
        source.success("Take deleted.", undo=lambda: None)
    assert stack.undo_since() == 200.0
    for left in (300.0, None):
        first = next(toast for toast in stack.toasts() if toast.message.undo is not None)
        qtbot.mouseClick(button(first, "Dismiss"), Qt.MouseButton.LeftButton)
        assert stack.undo_since() == left


def test_a_later_notification_of_a_topic_replaces_the_earlier_one(stack: ToastStack, source: Notifier) -> None:
    source.info("Exporting 1 of 3", topic="export")
    source.info("something else")
    source.success("Exported 3 takes.", topic="export")
    assert texts(stack) == ["Exported 3 takes.", "something else"]


def test_a_withdrawn_topic_is_removed_even_from_the_queue(window: QWidget, source: Notifier) -> None:
    source.warning("No network.", topic="network")
    source.withdraw("network")
    stack = ToastStack(source, window)
    assert texts(stack) == []
    source.warning("No network.", topic="network")
    source.withdraw("network")
    assert texts(stack) == []


def test_undo_and_retry_act_once_and_close(stack: ToastStack, source: Notifier, qtbot: QtBot) -> None:
    done: list[str] = []
    source.success("Conversation deleted.", undo=lambda: done.append("undo"))
    source.error("The service did not answer.", retry=lambda: done.append("retry"))
    for toast, name in zip(stack.toasts(), ("Undo", "Retry"), strict=True):
        qtbot.mouseClick(button(toast, name), Qt.MouseButton.LeftButton)
    assert done == ["undo", "retry"]
    assert texts(stack) == []
    assert not stack.isVisible()


def test_dismiss_closes_without_acting(stack: ToastStack, source: Notifier, qtbot: QtBot) -> None:
    done: list[str] = []
    source.success("Conversation deleted.", undo=lambda: done.append("undo"))
    qtbot.mouseClick(button(stack.toasts()[0], "Dismiss"), Qt.MouseButton.LeftButton)
    assert (done, texts(stack)) == ([], [])


def test_info_times_out_and_errors_stay(stack: ToastStack, source: Notifier) -> None:
    source.info("Copied.")
    source.error("Not saved.")
    news, trouble = stack.toasts()
    assert news._timer.isActive()
    assert not trouble._timer.isActive()
    news._timer.timeout.emit()
    assert texts(stack) == ["Not saved."]


def test_a_focused_toast_does_not_time_out(stack: ToastStack, source: Notifier, window: QWidget, qtbot: QtBot) -> None:
    source.success("Deleted.", undo=lambda: None)
    window.activateWindow()
    toast = stack.toasts()[0]
    button(toast, "Undo").setFocus()
    qtbot.waitUntil(lambda: button(toast, "Undo").hasFocus())
    toast._timer.timeout.emit()
    assert texts(stack) == ["Deleted."]


@pytest.mark.parametrize("name", ["Undo", "Dismiss"])
def test_the_focus_goes_back_to_where_it_was(
    stack: ToastStack, source: Notifier, window: QWidget, qtbot: QtBot, name: str
) -> None:
    window.activateWindow()
    first, before = QLineEdit(window), QLineEdit(window)
    for field in (first, before):
        field.show()
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    source.error("It failed.")
    source.success("Deleted.", undo=lambda: None)
    pressed = button(stack.toasts()[-1], name)
    pressed.setFocus()
    assert pressed.hasFocus()
    pressed.click()
    assert before.hasFocus()
    last = button(stack.toasts()[-1], "Dismiss")
    last.setFocus()
    before.hide()
    window.setFocusProxy(first)
    last.click()
    assert first.hasFocus(), "what was focused before is not there any more"


def test_at_most_three_toasts_are_shown_and_errors_outlive_info(stack: ToastStack, source: Notifier) -> None:
    source.error("trouble")
    for number in range(5):
        source.info(f"news {number}")
    assert texts(stack) == ["trouble", "news 3", "news 4"]


def test_a_new_notification_is_shown_even_among_errors(stack: ToastStack, source: Notifier) -> None:
    for number in range(3):
        source.error(f"trouble {number}")
    done: list[str] = []
    source.success("Deleted.", undo=lambda: done.append("undo"))
    assert texts(stack) == ["trouble 1", "trouble 2", "Deleted."]
    button(stack.toasts()[-1], "Undo").click()
    assert done == ["undo"]


def test_a_long_notification_is_shown_whole_over_the_bottom_right_corner(
    stack: ToastStack, source: Notifier, window: QWidget, qtbot: QtBot
) -> None:
    source.error("A long sentence that says what happened, what it means and what to do about it. " * 3)
    window.resize(400, 500)
    qtbot.waitUntil(lambda: stack.geometry().bottomRight() == window.rect().bottomRight() - QPoint(12, 12))
    assert window.rect().contains(stack.geometry())
    toast = stack.toasts()[0]
    words = max(toast.findChildren(QLabel), key=lambda label: len(label.text()))
    assert words.height() >= words.heightForWidth(words.width())


def test_earlier_notifications_wait_where_there_is_room_for_one(
    stack: ToastStack, source: Notifier, window: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    field = QLineEdit(window)
    field.setGeometry(300, 440, 600, 60)
    field.show()
    stack.lie_over(NoticeArea(window, frees_controls=True))
    source.success("Deleted.", undo=lambda: None)
    assert not stack.geometry().intersects(field.geometry()), "below the field"
    source.error("Not saved.")
    source.error("Not sent.")
    assert stack.geometry().bottom() < field.y(), "there is no room for three below it"
    field.setGeometry(300, 0, 600, 520)
    stack.place()
    assert [toast.isVisible() for toast in stack.toasts()] == [False, False, True]
    qtbot.wait(30)
    placed: list[bool] = []
    monkeypatch.setattr(stack, "place", lambda: placed.append(True))
    qtbot.wait(30)
    assert not placed, "each placing asks for the next"
    monkeypatch.undo()
    button(stack.toasts()[-1], "Dismiss").click()
    assert [toast.isVisible() for toast in stack.toasts()] == [False, True]


def test_leaving_a_view_removes_its_info_but_not_errors_or_actions(stack: ToastStack, source: Notifier) -> None:
    source.warning("The quota is used up.", stays=True)
    source.warning("No keychain is available.")
    source.success("Deleted.", undo=lambda: None)
    source.left.emit()
    assert texts(stack) == ["The quota is used up.", "Deleted."]


def test_a_toast_of_the_same_topic_drops_the_old_actions(qtbot: QtBot) -> None:
    toast = Toast(Notification("one", "bad", retry=lambda: None))
    qtbot.addWidget(toast)
    toast.show()
    toast.show_message(Notification("two", "good"))
    assert [part.accessibleName() for part in toast.findChildren(QPushButton) if part.isVisible()] == ["Dismiss"]
    toast.hide()


def test_an_inline_notice_that_is_made_is_no_window_for_a_moment(window: QWidget) -> None:
    window.activateWindow()
    notice = InlineNotice(dismissable=True)
    assert [shown for shown in QApplication.topLevelWidgets() if shown.isVisible()] == [window]
    assert not notice.dismiss.isWindow()
    notice.deleteLater()


def test_an_inline_notice_is_an_alert_with_at_most_one_action(window: QWidget, qtbot: QtBot) -> None:
    notice = InlineNotice(window)
    column = QVBoxLayout(window)
    column.addWidget(notice)
    assert not notice.isVisible()
    notice.say("warn", "Two audio tags in one sentence can conflict.", "Keep the first")
    tree = QAccessible.queryAccessibleInterface(notice)
    assert tree.role() == QAccessible.Role.AlertMessage
    assert tree.text(QAccessible.Text.Name) == "Two audio tags in one sentence can conflict."
    with qtbot.waitSignal(notice.acted, timeout=500):
        qtbot.mouseClick(button(notice, "Keep the first"), Qt.MouseButton.LeftButton)
    notice.say("bad", "The service did not answer.")
    assert not notice.action.isVisible()
    notice.clear()
    assert not notice.isVisible()
