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
    from app.core.prompt_library import PromptKind
    from app.ui.bench.view import BenchView, PageName
    from app.ui.window import Window


def _create(settings: Settings) -> QWidget:
    from app.ui.bench.view import BenchView

    return BenchView(settings)


def _connect(widget: QWidget, context: ViewContext) -> None:
    from app.ui.bench.beside.presenter import BesidePresenter
    from app.ui.bench.cases.presenter import CasesPresenter
    from app.ui.bench.prompts.commands import add_prompt_commands
    from app.ui.bench.prompts.presenter import PromptsPresenter
    from app.ui.bench.prompts.prompt_things import prompt_things

    view, services = _view(widget), context.bench()
    beside = BesidePresenter(view.beside, services)
    prompts = PromptsPresenter(view.prompts, services)
    cases = CasesPresenter(view.cases, services)
    going: set[str] = set()

    def set_busy(page: PageName, is_busy: bool) -> None:
        (going.add if is_busy else going.discard)(page)
        view.busy.emit(bool(going))

    beside.on_busy = partial(set_busy, "beside")
    beside.show_page = partial(view.show_page, "beside")
    cases.busy = partial(set_busy, "cases")
    cases.set_inspect(partial(_inspect, context.window))
    context.window.commands.add_things(cases.things(partial(_show, context.window, "cases")))
    for name, presenter in (
        ("beside", beside),
        ("cases", cases),
        ("prompts", prompts),
    ):
        context.on_close(f"bench {name}", presenter.aclose)

    def open_prompt(prompt_id: str) -> None:
        context.window.show_view(VIEW.name)
        view.show_page("prompts")
        prompts.open(prompt_id)

    def edit(prompt_id: str, version_index: int, note: str) -> None:
        view.show_page("prompts")
        if not prompts.edit(prompt_id, version_index, note):
            context.notifier.error(
                QCoreApplication.translate("Bench", "This prompt was deleted. Its text is still shown with the answer.")
            )

    def run_cases(prompt_id: str) -> None:
        view.show_page("cases")
        cases.open_prompt(prompt_id)

    def use_in_bench(text: str, kind: PromptKind, name: str) -> None:
        view.show_page("beside")
        beside.take_prompt(text, kind, name)

    prompts.connect_pages(use_in_bench, run_cases, services.cases.tallies.of_prompt)
    view.cases.edit_requested.connect(edit)
    services.cases.tallies.on_change.subscribe(prompts.show_passes)
    add_prompt_commands(context.window, view.prompts, prompts, partial(view.show_page, "prompts"))
    context.window.commands.add_things(prompt_things(services.prompts, open_prompt))
    view.tabs.currentChanged.connect(lambda _page: context.window.place_notices())
    view.prompts.arranged.connect(context.window.place_notices)
    view.busy.connect(partial(context.window.rail.set_busy, VIEW.name))


def _inspect(window: Window, call_id: str) -> None:
    """Show a call in the inspector of the chat."""
    from app.ui.chat.view import ChatView

    if not call_id:
        return
    window.show_view("chat")
    chat = window.view("chat")
    if isinstance(chat, ChatView):
        chat.open_inspector()
        chat.call_wanted.emit(call_id)


def _show(window: Window, page: PageName) -> None:
    window.show_view(VIEW.name)
    view = _view(window.view(VIEW.name))
    view.show_page(page)
    view.tabs.setFocus()


def show_case_set(window: Window, set_id: str) -> None:
    """Show a set of test cases."""
    _show(window, "cases")
    _view(window.view(VIEW.name)).cases.set_wanted.emit(set_id)


def add_entry_commands(window: Window) -> None:
    """Add the commands that show a page. The first of them that is run builds the view."""

    show = partial(_show, window)

    window.add_command(
        "bench-beside",
        lambda: QCoreApplication.translate("Commands", "Compare answers side by side"),
        lambda: show("beside"),
        view=VIEW.name,
        terms=VIEW.label,
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
        terms=VIEW.label,
        icon=Icon.COMPARE,
    )
    window.add_command(
        "bench-cases",
        lambda: QCoreApplication.translate("Commands", "Test cases"),
        lambda: show("cases"),
        view=VIEW.name,
        terms=VIEW.label,
        icon=Icon.GRID,
    )
    window.add_command(
        "bench-prompts",
        lambda: QCoreApplication.translate("Commands", "Prompt library"),
        lambda: show("prompts"),
        view=VIEW.name,
        terms=VIEW.label,
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
