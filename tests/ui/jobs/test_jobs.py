"""The list of jobs: its groups, what each action does by mouse and keyboard, what is said about it elsewhere."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QRect, Qt, QTranslator
from PySide6.QtGui import QAccessible, QAccessibleInterface, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.errors import Code, ServiceError, StorageError
from app.core.jobs import Job
from app.core.presentation_mask import PresentationMask
from app.ui.jobs.actions import Action
from app.ui.jobs.presenter import REFRESH_INTERVAL_MSEC
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.toasts import ToastStack
from tests.services.jobs.conftest import MemoryStore, QueueHarness
from tests.ui.jobs.conftest import JobsWindow
from tests.waiting import wait_until

# -- the status bar, the rail, opening and closing ------------------------------------------------------------------


async def test_the_status_bar_says_what_goes_on(jobs: JobsWindow) -> None:
    button = jobs.window.status.jobs
    assert (jobs.text, button.isEnabled()) == ("Jobs", True)
    first = await jobs.add("A", "a", "b", "c", "d")
    await jobs.add("B", "e", "f")
    assert jobs.text == "Jobs 1 running, 1 waiting"
    assert button.accessibleName() == jobs.text
    await jobs.lose("a")
    await jobs.end("b")
    jobs.queue.stop(first)
    await jobs.settle()
    assert jobs.text == "Jobs 1 running, 1 to decide"
    jobs.queue.abandon_lost(first)
    await jobs.end("e")
    await jobs.end("f")
    assert jobs.text == "Jobs"


async def test_the_rail_marks_the_views_that_work_goes_on_for(jobs: JobsWindow) -> None:
    buttons = jobs.window.rail.buttons
    voice = await jobs.add("A voice", "v", origin="design")
    job = await jobs.add("A", "a", "b", "c", "d", "e")
    assert [name for name, button in buttons.items() if button.busy] == ["studio", "voices"]
    assert buttons["studio"].accessibleDescription() == "working"
    await jobs.end("v")
    assert jobs.queue.status(voice).job.ended
    assert not buttons["voices"].busy and buttons["voices"].accessibleDescription() == ""
    jobs.window.rail.set_busy("studio", True)  # As a view says it of itself.
    for subject in ("a", "b", "c"):
        await jobs.end(subject) if subject == "a" else None
    jobs.queue.stop(job)
    await jobs.settle()
    assert buttons["studio"].busy
    jobs.window.rail.set_busy("studio", False)
    assert not buttons["studio"].busy


async def test_a_paused_job_is_no_work_that_goes_on(jobs: JobsWindow) -> None:
    job = await jobs.add("A", "a", "b", "c", "d")
    jobs.queue.pause(job)
    for subject in ("a", "b", "c"):
        await jobs.end(subject)
    assert jobs.text == "Jobs 1 waiting"
    assert not jobs.window.rail.buttons["studio"].busy


async def test_shortcut_and_button_open_it_and_the_focus_comes_back(jobs: JobsWindow) -> None:
    await jobs.add("A", "a")
    view, panel = jobs.view, jobs.panel
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert panel.isVisible() and panel.list.hasFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Escape)
    assert not panel.isVisible() and view.hasFocus()
    QTest.mouseClick(jobs.window.status.jobs, Qt.MouseButton.LeftButton)
    assert panel.isVisible() and panel.list.hasFocus()
    panel.close_button.click()
    assert not panel.isVisible()
    assert "jobs" in [found.command.key for found in jobs.window.commands.find("jobs")]
    jobs.window.commands.run("jobs")
    assert panel.isVisible()
    jobs.window.commands.run("jobs")
    assert not panel.isVisible()


async def test_escape_elsewhere_leaves_it_open_and_the_focus_where_it_is(jobs: JobsWindow) -> None:
    panel = jobs.open()
    jobs.view.setFocus()
    QTest.keyClick(jobs.view, Qt.Key.Key_Escape)
    assert panel.isVisible()
    panel.close_panel()
    assert jobs.view.hasFocus()


@pytest.mark.parametrize("size", [(1440, 900), (960, 640)])
async def test_it_floats_above_the_status_bar_and_covers_no_rail(jobs: JobsWindow, size: tuple[int, int]) -> None:
    window = jobs.window
    window.resize(*size)
    for number in range(12):
        await jobs.add(f"Job {number}", f"{number}a", f"{number}b")
    panel = jobs.open()
    area = panel.geometry()
    assert window.rect().contains(area)
    for part in (window.rail, window.status):
        assert not area.intersects(QRect(part.mapTo(window, QPoint(0, 0)), part.size()))
    assert area.width() >= 592
    assert area.height() >= min(650, size[1] - 60)
    window.resize(1200, 700)
    await wait_until(lambda: panel.geometry() != area)
    assert window.rect().contains(panel.geometry())


async def test_a_notice_is_not_covered(jobs: JobsWindow) -> None:
    await jobs.add("A", "a")
    panel = jobs.open()
    jobs.notifier.warning("Something.", stays=True)
    notices = jobs.window.findChild(ToastStack)
    assert notices is not None
    await wait_until(notices.isVisible)
    parent = panel.parentWidget()
    assert parent is notices.parentWidget()
    layers = parent.children()
    assert layers.index(notices) > layers.index(panel)


# -- the groups -----------------------------------------------------------------------------------------------------


async def test_what_runs_says_how_far_it_is(jobs: JobsWindow) -> None:
    job = await jobs.add("A", "a", "b", "c", "d", "e")
    jobs.open()
    row = jobs.row(job)
    assert (row.section, row.title, row.parts, row.held) == ("Running", "A", (0, 3, 2), False)
    assert row.line == "0 of 5 done, 3 running · 1 s so far", "no duration of such a call is known"
    await jobs.end("a", cost=0.25)
    row = jobs.row(job)
    assert row.line.startswith("1 of 5 done, 3 running · ≈ ")
    assert row.line.endswith(" left")
    assert row.cost == "$0.2500 of $2.50"
    spoken = jobs.panel.list.jobs.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("A, Running, 1 of 5 done, 3 running")


async def test_a_cost_that_is_not_known_is_said_to_be_unknown(jobs: JobsWindow) -> None:
    job = await jobs.add("A", "a", "b")
    jobs.open()
    await jobs.end("a", cost=None)
    assert jobs.row(job).cost == "cost unknown"


async def test_what_ended_says_how(jobs: JobsWindow) -> None:
    good = await jobs.add("Good", "a", "b")
    bad = await jobs.add("Bad", "c")
    jobs.open()
    await jobs.end("a")
    await jobs.end("b")
    await jobs.desk.end("c", ServiceError(Code.OVERLOADED, message="Try later, please."))
    stopped = await jobs.add("Stopped", "d", "e", "f", "g")
    jobs.queue.stop(stopped)
    await jobs.settle()
    assert {row.section for row in jobs.rows()} == {"Finished today"}
    marks = {row.key: (row.mark.text, row.mark.kind) for row in jobs.rows() if row.mark is not None}
    assert marks == {
        good: ("2 of 2", "good"), bad: ("1 of 1 failed", "bad"), stopped: ("stopped after 0 of 4", "neutral"),
    }  # fmt: skip
    reason = jobs.row(bad).reason
    assert reason.startswith("Call 1: ") and "Try later, please." in reason
    assert jobs.row(good).actions == (Action.SHOW,)
    assert jobs.row(bad).actions == (Action.RETRY, Action.SHOW)


async def test_a_job_paused_by_an_error_says_what_to_do(jobs: JobsWindow) -> None:
    job = await jobs.add("A", "a", "b", "c", "d")
    jobs.open()
    await jobs.desk.end("a", ServiceError(Code.NO_BALANCE, message="Balance is 0.03"))
    await jobs.end("b")
    await jobs.end("c")
    row = jobs.row(job)
    assert row.section == "Waiting"
    assert row.mark is not None and row.mark.text == "paused by an error"
    assert "Balance is 0.03" in row.reason and "Top up" in row.reason


async def test_a_job_of_another_service_says_where_the_rest_would_go(jobs: JobsWindow) -> None:
    job = await jobs.add("A", "a", "b", "c", "d")
    jobs.open()
    jobs.desk.use("other")
    for subject in ("a", "b", "c"):
        await jobs.end(subject)
    row = jobs.row(job)
    assert row.mark is not None and row.mark.text == "made for another service"
    assert row.reason == "It was begun with Demo and goes on when you use that again. Resume sends the rest to Other."
    assert not jobs.panel.pause_all.isEnabled(), "each of them is a choice of its own"


async def test_an_answer_that_was_lost_is_to_be_decided_and_says_why(jobs: JobsWindow) -> None:
    job = await jobs.add("A", "a")
    jobs.open()
    await jobs.lose("a")
    row = jobs.row(job)
    assert row.section == "For you to decide"
    assert row.mark is not None and row.mark.text == "sent, answer lost"
    assert row.reason.endswith("It may have been billed, so it is not sent again by itself.")
    assert row.actions == (Action.SEND_AGAIN, Action.LET_GO, Action.SHOW)


async def test_after_a_kill_the_program_says_what_was_interrupted(jobs: JobsWindow) -> None:
    killed = QueueHarness(MemoryStore())
    waiting = await killed.add("a", "b", "c", "d", "e")
    lost = await killed.add("x", model="other")
    # A kill: nothing is closed, and the store is read by the next run.
    jobs.desk.store.jobs, jobs.desk.store.items = dict(killed.store.jobs), dict(killed.store.items)
    await killed.aclose()
    await jobs.queue.load()
    jobs.open()
    assert jobs.notices[-1].text == "2 jobs were interrupted when the program ended."
    rows = {row.key: row for row in jobs.rows()}
    assert rows[lost].group == "decide"
    assert rows[lost].reason.startswith("The program was closed while the service worked.")
    row = rows[waiting]
    assert row.mark is not None and row.mark.text == "the program was closed"
    assert row.line == "0 of 5 done before the pause, 3 lost · 2 requests"
    assert row.answers == (Action.SEND_AGAIN, Action.LET_GO), "some of its answers were lost as well"
    jobs.panel.close_panel()
    assert jobs.notices[-1].offer is not None
    label, act = jobs.notices[-1].offer
    assert label == "Show jobs"
    act()
    assert jobs.panel.isVisible()


async def test_only_the_newest_of_the_ended_jobs_are_listed(jobs: JobsWindow) -> None:
    for number in range(101):
        await jobs.queue.add(Job("", "takes", title=str(number), model=f"m{number}"), [str(number)])
    await jobs.settle()
    for number in range(101):
        jobs.desk.calls.end(str(number))
    await jobs.settle()
    jobs.open()
    assert len(jobs.rows()) == 100
    assert {row.section for row in jobs.rows()} == {"Finished today, the newest"}


# -- the actions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
async def test_pause_and_resume_keep_their_place(jobs: JobsWindow, by: str) -> None:
    job = await jobs.add("A", "a", "b", "c", "d", "e")
    jobs.open()

    async def act(action: Action) -> None:
        if by == "mouse":
            await jobs.click(job, action)
        else:
            jobs.select(job)
            await jobs.press_key(action)

    jobs.select(job)
    buttons = jobs.panel.list.buttons
    stop, pause = buttons[Action.STOP].geometry(), buttons[Action.PAUSE].geometry()
    await act(Action.PAUSE)
    assert jobs.queue.status(job).job.pause_reason == "user"
    jobs.select(job)
    assert buttons[Action.STOP].geometry() == stop
    assert buttons[Action.RESUME].geometry().right() == pause.right()
    if by == "keyboard":
        assert buttons[Action.RESUME].hasFocus(), "the focus stays in its place"
    await act(Action.RESUME)
    assert jobs.queue.status(job).job.state == "active"


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
async def test_stop(jobs: JobsWindow, by: str) -> None:
    job = await jobs.add("A", "a", "b", "c", "d")
    jobs.open()
    jobs.select(job)
    assert jobs.names() == ["Pause job", "Stop job"]
    await (jobs.click(job, Action.STOP) if by == "mouse" else jobs.press_key(Action.STOP))
    assert jobs.queue.status(job).job.state == "stopped"
    assert jobs.panel.isAncestorOf(QApplication.focusWidget() or jobs.view)


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
async def test_send_again_and_let_it_go(jobs: JobsWindow, by: str) -> None:
    again = await jobs.add("A", "a")
    gone = await jobs.add("B", "b")
    jobs.open()
    await jobs.lose("a")
    await jobs.lose("b")
    jobs.select(again)
    assert jobs.names() == ["Send again", "Let it go", "Show job"]
    await (jobs.click(again, Action.SEND_AGAIN) if by == "mouse" else jobs.press_key(Action.SEND_AGAIN))
    assert jobs.desk.calls.running == ["a-again1"]
    jobs.select(gone)
    await (jobs.click(gone, Action.LET_GO) if by == "mouse" else jobs.press_key(Action.LET_GO))
    assert jobs.queue.status(gone).lost == 0
    assert jobs.desk.calls.begun == ["a", "b", "a-again1"], "nothing else was sent"


async def test_a_double_click_on_send_again_sends_once(jobs: JobsWindow) -> None:
    job = await jobs.add("A", "a")
    jobs.open()
    await jobs.lose("a")
    jobs.select(job)
    button = jobs.panel.list.buttons[Action.SEND_AGAIN]
    button.click()
    button.click()
    await jobs.settle()
    assert jobs.desk.calls.begun == ["a", "a-again1"]


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
async def test_retry_makes_only_what_failed_again(jobs: JobsWindow, by: str) -> None:
    job = await jobs.add("A", "a", "b")
    jobs.open()
    await jobs.desk.end("a", ServiceError(Code.OVERLOADED))
    await jobs.end("b")
    jobs.select(job)
    assert jobs.names() == ["Retry failed", "Show job"]
    assert jobs.panel.list.buttons[Action.RETRY].text() == "Retry 1"
    await (jobs.click(job, Action.RETRY) if by == "mouse" else jobs.press_key(Action.RETRY))
    assert jobs.desk.calls.running == ["a-again1"]


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
async def test_show_leads_to_where_a_job_was_begun(jobs: JobsWindow, by: str) -> None:
    job = await jobs.add("A", "a")
    other = await jobs.add("B", "b", origin="of a later version")
    jobs.open()
    await jobs.end("a")
    await jobs.end("b")
    jobs.select(other)
    assert jobs.names() == []
    jobs.select(job)
    await (jobs.click(job, Action.SHOW) if by == "mouse" else jobs.press_key(Action.SHOW))
    assert [each.id for each in jobs.shown] == [job]
    assert not jobs.panel.isVisible()


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
async def test_the_order_of_jobs_that_wait(jobs: JobsWindow, by: str) -> None:
    running = await jobs.add("Running", "a", "b", "c", "d")
    first = await jobs.add("First", "e")
    second = await jobs.add("Second", "f")
    jobs.open()
    jobs.select(second)
    assert jobs.names() == ["Move up", "Pause job", "Stop job"], "it is the last one"
    await (jobs.click(second, Action.UP) if by == "mouse" else jobs.press_key(Action.UP))
    assert [row.key for row in jobs.rows()] == [running, second, first]
    assert jobs.panel.list.selected_key() == second
    await (jobs.click(second, Action.DOWN) if by == "mouse" else jobs.press_key(Action.DOWN))
    assert [row.key for row in jobs.rows()] == [running, first, second]
    jobs.select(first)
    await jobs.press_key(Action.UP)
    await jobs.end("a")
    assert jobs.desk.calls.running[-1] == "e", "it passed what runs as well"


async def test_pause_all_becomes_resume_all(jobs: JobsWindow) -> None:
    first = await jobs.add("A", "a", "b", "c", "d")
    second = await jobs.add("B", "e")
    button = jobs.open().pause_all
    assert button.text() == "Pause all"
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert {jobs.queue.status(job).job.state for job in (first, second)} == {"paused"}
    assert button.text() == "Resume all"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert {jobs.queue.status(job).job.state for job in (first, second)} == {"active"}


async def test_clear_can_be_undone(jobs: JobsWindow) -> None:
    done = await jobs.add("A", "a")
    lost = await jobs.add("B", "b")
    panel = jobs.open()
    await jobs.end("a")
    await jobs.lose("b")
    clear = panel.list.clear
    assert clear.isVisible() and clear.accessibleName() == "Clear finished jobs"
    clear.setFocus()
    QTest.keyClick(clear, Qt.Key.Key_Space)
    await jobs.settle()
    assert [row.key for row in jobs.rows()] == [lost], "what is to be decided stays"
    assert panel.list.hasFocus()
    notice = jobs.notices[-1]
    assert notice.text == "One job was cleared from the list."
    assert notice.undo is not None
    notice.undo()
    await jobs.settle()
    assert {row.key for row in jobs.rows()} == {done, lost}


async def test_a_failure_of_the_store_is_said(jobs: JobsWindow) -> None:
    job = await jobs.add("A", "a")
    jobs.open()
    await jobs.end("a")

    async def full(_ids: object) -> None:
        raise StorageError(Code.DISK_FULL)

    jobs.desk.store.delete = full  # type: ignore[method-assign]
    jobs.panel.list.clear.click()
    await jobs.settle()
    assert jobs.notices[-1].kind == "bad"
    assert [row.key for row in jobs.rows()] == [job]


async def test_the_arrow_keys_reach_every_row_and_tab_its_buttons(jobs: JobsWindow) -> None:
    first = await jobs.add("A", "a", "b", "c", "d")
    second = await jobs.add("B", "e")
    panel = jobs.open()
    assert panel.list.selected_key() == first
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    assert panel.list.selected_key() == second
    visited = []
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget() or panel, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        visited.append(focused.accessibleName() if focused is not None else "")
    assert visited[:3] == ["Move up", "Pause job", "Stop job"]
    stop = panel.list.buttons[Action.STOP]
    stop.setFocus()
    QTest.keyClick(stop, Qt.Key.Key_Escape)
    assert not panel.isVisible()


async def test_assistive_tools_act_through_the_selection(jobs: JobsWindow) -> None:
    await jobs.add("A", "a", "b", "c", "d")
    lost = await jobs.add("B", "x")
    jobs.queue.stop(lost)
    await jobs.settle()
    panel = jobs.open()
    assert panel.list.accessibleName() == "Jobs"
    index = panel.list._index_of(lost)
    panel.list.selectionModel().select(index, panel.list.selectionModel().SelectionFlag.ClearAndSelect)
    assert jobs.names() == ["Show job"]


# -- notices, covering, languages, how often ------------------------------------------------------------------------


async def test_a_notice_says_that_an_error_paused_a_job(jobs: JobsWindow) -> None:
    job = await jobs.add("A", "a", "b", "c", "d")
    await jobs.desk.end("a", ServiceError(Code.NO_BALANCE))
    notices = [notice for notice in jobs.notices if notice.topic == f"job {job}"]
    assert len(notices) == 1
    assert notices[0].text.startswith("“A” is paused.") and notices[0].stays
    assert notices[0].offer is not None and notices[0].offer[0] == "Show jobs"
    withdrawn: list[str] = []
    jobs.notifier.withdrawn.connect(withdrawn.append)
    jobs.queue.resume(job)
    assert f"job {job}" in withdrawn


async def test_a_notice_says_that_another_service_pauses_jobs(jobs: JobsWindow) -> None:
    await jobs.add("A", "a", "b", "c", "d")
    await jobs.add("B", "e", "f")
    withdrawn: list[str] = []
    jobs.notifier.withdrawn.connect(withdrawn.append)
    jobs.desk.use("other")
    texts = [notice.text for notice in jobs.notices]
    assert set(texts) == {"Jobs that were begun with another service are paused."}
    assert len({notice.topic for notice in jobs.notices}) == 1, "so that there is one notice"
    jobs.desk.use("demo")
    assert withdrawn[-1] == jobs.notices[0].topic


async def test_presentation_mode_masks_titles_words_and_names(jobs: JobsWindow) -> None:
    job = await jobs.add("/home/mira/secret plan.txt", "a", "b", "c", "d")
    jobs.open()
    await jobs.desk.end("a", ServiceError(Code.OVERLOADED, message="Key of mira.santos was refused"))
    jobs.desk.use("mira-account")
    for subject in ("b", "c"):
        await jobs.end(subject)
    presentation_cover().set_mask(PresentationMask((), ("mira.santos", "mira")))
    try:
        model = jobs.panel.list.jobs
        index = model.index(0)
        shown = model.data(index, Qt.ItemDataRole.AccessibleTextRole)
        row = jobs.panel.list._delegate.layout_of(index, jobs.panel.list.visualRect(index))
        assert row.box.height() > 0
        assert "mira" not in shown.lower()
        assert "Demo" not in shown, "names of services that are not listed any more can't be masked"
        assert "mira" not in model.data(index).lower()
    finally:
        presentation_cover().set_mask(None)
    jobs.presenter.refresh()
    assert "mira" in jobs.row(job).title


class _Marks(QTranslator):
    """Marks every sentence, so that what was not set again is seen."""

    def translate(self, context: str, source: str, disambiguation: str = "", n: int = -1) -> str:  # type: ignore[override]
        return f"«{source}" if context == "Jobs" else ""

    def isEmpty(self) -> bool:
        return False


async def test_another_language_is_shown_at_once(jobs: JobsWindow) -> None:
    job = await jobs.add("A", "a", "b", "c", "d")
    panel = jobs.open()
    marks = _Marks()
    QCoreApplication.installTranslator(marks)
    try:
        await jobs.settle()
        jobs.select(job)
        row = jobs.row(job)
        texts = [
            panel.list.accessibleName(), panel.pause_all.text(), panel.close_button.accessibleName(), row.section,
            row.line, panel.list.buttons[Action.PAUSE].accessibleName(), jobs.window.status.jobs.text(),
            panel._limits.text(), panel.list.clear.text(),
        ]  # fmt: skip
        assert [text for text in texts if not text.startswith("«")] == []
    finally:
        QCoreApplication.removeTranslator(marks)
    await jobs.settle()
    assert panel.list.accessibleName() == "Jobs"


async def test_many_changes_are_shown_together(jobs: JobsWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    await jobs.add("A", *(f"s{number}" for number in range(200)))
    jobs.open()
    shown: list[float] = []
    show = jobs.panel.show_rows

    def counted(rows: object) -> None:
        shown.append(time.monotonic())
        show(rows)  # type: ignore[arg-type]

    monkeypatch.setattr(jobs.panel, "show_rows", counted)
    jobs.presenter._tick_timer.setInterval(3_600_000)  # Time that passes is shown between the changes.
    for _ in range(100):
        for subject in jobs.desk.calls.running:
            jobs.desk.calls.end(subject)
        await jobs.desk.settle()
    await wait_until(lambda: shown and not jobs.presenter._refresh_timer.isActive())
    gaps = [later - earlier for earlier, later in pairwise(shown)]
    assert min(gaps, default=1.0) >= REFRESH_INTERVAL_MSEC / 1000 * 0.9


async def test_time_passes_only_while_the_list_is_open_and_something_runs(jobs: JobsWindow) -> None:
    await jobs.add("A", "a")
    timer = jobs.presenter._tick_timer
    assert not timer.isActive()
    jobs.open()
    assert timer.isActive()
    jobs.panel.close_panel()
    assert not timer.isActive()
    jobs.open()
    await jobs.end("a")
    assert not timer.isActive()


def _accessible_names(interface: QAccessibleInterface) -> list[str]:
    """The names below an interface, as a screen reader walks through them."""
    names = [] if interface.state().invisible else [interface.text(QAccessible.Text.Name)]
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None:
            names += _accessible_names(child)
    return [name for name in names if name]


async def test_assistive_tools_find_the_list_and_the_buttons_of_the_selected_job(jobs: JobsWindow) -> None:
    await jobs.add("A", "a", "b", "c", "d")
    panel = jobs.open()
    interface = QAccessible.queryAccessibleInterface(panel)
    assert interface is not None
    names = _accessible_names(interface)
    assert names[1:4] == ["Pause all", "Close jobs", "Jobs"]
    assert names[-2:] == ["Pause job", "Stop job"]


async def test_the_wheel_scrolls_over_a_button_too(jobs: JobsWindow) -> None:
    for number in range(12):
        await jobs.add(f"Job {number}", f"{number}a", f"{number}b")
    panel = jobs.open()
    button = panel.list.buttons[Action.STOP]
    centre = QPointF(button.rect().center())
    down = QPoint(0, -120)
    event = QWheelEvent(
        centre, QPointF(button.mapToGlobal(centre)), QPoint(), down, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    # A button ignores it. Qt passes events of the system on to the parent, but not those of a test.
    QApplication.sendEvent(button.parentWidget(), event)
    assert panel.list.verticalScrollBar().value() > 0
    assert button.geometry().top() < 0 or not button.visibleRegion().contains(button.rect().center())
