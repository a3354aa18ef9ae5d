"""Builds the bench and connects it to its services. Light to import; heavy modules come later."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.core.settings import Settings
from app.ui.theme.icons import Icon
from app.ui.view_spec import ViewContext, ViewSpec

if TYPE_CHECKING:
    from app.ui.bench.view import BenchView, PageName
    from app.ui.window import Window


def _create(settings: Settings) -> QWidget:
    from app.ui.bench.view import BenchView

    return BenchView(settings)


def _connect(widget: QWidget, context: ViewContext) -> None:
    from app.ui.bench.beside.presenter import BesidePresenter
    from app.ui.bench.cases.presenter import CasesPresenter
    from app.ui.bench.prompts.presenter import PromptsPresenter

    view, services = _view(widget), context.bench()
    beside = BesidePresenter(view.beside, services)
    beside.on_busy = view.busy.emit
    beside.show_page = partial(view.show_page, "beside")
    for name, presenter in (
        ("beside", beside),
        ("cases", CasesPresenter(view.cases, services)),
        ("prompts", PromptsPresenter(view.prompts, services)),
    ):
        context.on_close(f"bench {name}", presenter.aclose)
    view.busy.connect(partial(context.window.rail.set_busy, VIEW.name))


def add_entry_commands(window: Window) -> None:
    """Add the commands that show a page. The first of them that is run builds the view."""

    def show(page: PageName) -> None:
        window.show_view(VIEW.name)
        view = _view(window.view(VIEW.name))
        view.show_page(page)
        view.tabs.setFocus()

    window.add_command(
        "bench-beside",
        lambda: QCoreApplication.translate("Commands", "Compare answers side by side"),
        lambda: show("beside"),
        view=VIEW.name,
        icon=Icon.COMPARE,
    )

    def show_conversation() -> None:
        show("beside")
        _view(window.view(VIEW.name)).beside.current_wanted.emit()

    window.add_command(
        "bench-conversation",
        lambda: QCoreApplication.translate("Commands", "Open this conversation side by side"),
        show_conversation,
        view=VIEW.name,
        icon=Icon.COMPARE,
    )
    window.add_command(
        "bench-cases",
        lambda: QCoreApplication.translate("Commands", "Test cases"),
        lambda: show("cases"),
        view=VIEW.name,
        icon=Icon.GRID,
    )
    window.add_command(
        "bench-prompts",
        lambda: QCoreApplication.translate("Commands", "Prompt library"),
        lambda: show("prompts"),
        view=VIEW.name,
        icon=Icon.LIST,
    )


def _view(widget: QWidget) -> BenchView:
    from app.ui.bench.view import BenchView

    assert isinstance(widget, BenchView)
    return widget


VIEW = ViewSpec(
    name="bench",
    label=lambda: QCoreApplication.translate("Rail", "Bench"),
    icon=Icon.BENCH,
    shortcut="Ctrl+2",
    create=_create,
    connect=_connect,
    add_commands=add_entry_commands,
)
