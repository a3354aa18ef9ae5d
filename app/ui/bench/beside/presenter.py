"""Connects the Beside page to its services."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from app.core.messages import Message, ToolCallRef
from app.ui.bench.beside.answer_frames import AnswerFrames
from app.ui.bench.beside.attachments_presenter import AttachmentsPresenter
from app.ui.bench.beside.column import ColumnView
from app.ui.bench.beside.column_presenter import ColumnPresenter
from app.ui.bench.beside.difference_presenter import DifferencePresenter
from app.ui.bench.beside.figures_presenter import FiguresPresenter
from app.ui.bench.beside.foot_presenter import FootPresenter
from app.ui.bench.beside.page import BesidePage
from app.ui.bench.beside.turns_presenter import TurnsPresenter
from app.ui.chat.link_question import LinkQuestion
from app.ui.chat.model_choice import ModelLine
from app.ui.reported_tasks import ReportedTasks, in_notification
from app.ui.texts.models import model_marks, model_names, model_sentence
from app.ui.widgets.presentation_cover import presentation_cover

if TYPE_CHECKING:
    from app.core.prompt_library import PromptKind
    from app.ui.bench.context import BenchContext


class BesidePresenter(QObject):
    """Shows what the services hold, and passes on what the user does.

    Attributes:
        on_busy: called with whether answers are being made.
        show_page: shows the page.
    """

    def __init__(self, page: BesidePage, context: BenchContext) -> None:
        super().__init__(page)
        self._page, self._context = page, context
        self._side = context.side_by_side()
        self._desk = self._side.desk
        self._tasks = ReportedTasks(context.tasks, "beside", in_notification(context.notifier, "beside"))
        self._run = self._tasks.spawn
        self._frames = AnswerFrames(self)
        self._columns: list[tuple[ColumnView, ColumnPresenter]] = []
        self._current = 0
        self._is_loaded = False
        self._was_running = False
        self.on_busy: Callable[[bool], object] = lambda busy: None
        self.show_page: Callable[[], object] = lambda: None
        self._showing = QTimer(self)
        self._showing.setSingleShot(True)
        self._showing.setInterval(0)
        self._showing.timeout.connect(self._show)
        self._foot = FootPresenter(page, self._side, self)
        self._figures = FiguresPresenter(self._columns, self._side, self)
        self._turns = TurnsPresenter(page.shared, page.foot, self._desk, context.notifier)
        self._attachments = AttachmentsPresenter(page, context, self._side, self._run, self._open_link)
        self._difference = DifferencePresenter(page, context.calls, context.charge, self._run)
        self._difference.messages = self._messages
        self._difference.current = lambda: self._current
        self._connect()
        for column in page.columns:
            self._add_view(column)
        self._side.on_change.subscribe(self._show_soon)
        self._desk.on_change.subscribe(self._show_soon)
        context.models.on_change.subscribe(self._show_models)
        self._loading = self._run(self._load())

    def _connect(self) -> None:
        page, foot = self._page, self._page.foot
        page.column_added.connect(self._add_view)
        page.add.clicked.connect(self._add_column)
        page.new.clicked.connect(lambda: self._run(self._desk.open_blank()))
        page.difference.toggled.connect(lambda on: self._desk.edit(shows_difference=on))
        page.together.toggled.connect(lambda on: self._desk.edit(scrolls_together=on))
        page.base.chosen.connect(lambda key: self._desk.edit(base=int(key)))
        foot.run.connect(self.run)
        foot.stop.connect(self._side.stop)
        foot.join.clicked.connect(lambda: self._run(self._join()))
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow_focus)
        page.installEventFilter(self)
        page.current_wanted.connect(self._open_current)

    def _open_current(self) -> None:
        session = self._context.workspace.current_or_new()
        if len(session.tree) or session.conversation.draft:
            self.open_conversation(session.id)
        else:
            self._context.notifier.info(
                lambda: QCoreApplication.translate(
                    "Beside", "The open conversation is empty. Type a message here to begin."
                ),
                topic="beside",
            )

    async def _load(self) -> None:
        await self._side.load()
        self._is_loaded = True
        self._show_models()
        self._show()

    # -- what other views ask for

    async def _loaded(self) -> None:
        if self._loading is not None and not self._is_loaded:
            await self._loading

    def open_conversation(self, conversation_id: str) -> None:
        """Prepare a conversation of the chat: its turns, its last question, and a column that asks as it does."""

        async def open_() -> None:
            await self._loaded()
            await self._desk.open_conversation(conversation_id)
            self._page.foot.message.setFocus()

        self.show_page()
        self._run(open_())

    def take_prompt(self, text: str, kind: PromptKind, name: str) -> None:
        """Use a prompt of the library: a system prompt in the column in use, any other as the message.

        A message that was typed becomes an undoable step of the field.
        """

        async def take() -> None:
            await self._loaded()
            place, before = self._current, self._desk.desk
            if kind == "system":
                self._columns[place][1].set_system(text)
                had = before.columns[place].system
            else:
                self._use_message(text)
                had = before.message
            self._context.notifier.info(
                QCoreApplication.translate("Beside", "“{name}” is in column {n}.").format(name=name, n=place + 1)
                if kind == "system"
                else QCoreApplication.translate("Beside", "“{name}” is the message for all columns.").format(name=name),
                undo=None if had in ("", text) else partial(self._put_back, kind, before.columns[place].id, had),
                topic="beside prompt",
            )

        self.show_page()
        self._run(take())

    def _use_message(self, text: str) -> None:
        foot = self._page.foot
        if presentation_cover().mask(text) == text:
            foot.message.retype(text)
        self._desk.edit(message=text)
        foot.message.setFocus()

    def _put_back(self, kind: PromptKind, column_id: str, text: str) -> None:
        """Put back what was there before a prompt of the library took its place."""
        columns = self._desk.desk.columns
        place = next((at for at, column in enumerate(columns) if column.id == column_id), None)
        if kind != "system":
            self._use_message(text)
        elif place is not None:
            self._columns[place][1].set_system(text)

    # -- columns

    def _add_view(self, view: ColumnView) -> None:
        place = view.number - 1
        presenter = ColumnPresenter(
            view, place, self._side, self._frames,
            retry=lambda answer: self._run(self._side.retry(answer)), open_link=self._open_link,
            replay=self._replay, on_drawn=self._drawn,
        )  # fmt: skip
        self._columns.append((view, presenter))
        view.model.refused.connect(self._refuse_model)
        view.keep.clicked.connect(lambda: self._run(self._keep(presenter.answer_id)))
        view.copy.clicked.connect(lambda: self._copy(presenter.answer_id))
        view.again.clicked.connect(lambda: self._ask_again(place))
        view.stop.clicked.connect(lambda: self._side.stop_column(self._desk.desk.columns[place].id))
        view.remove.clicked.connect(lambda: self._remove_column(place))
        view.scrolled.connect(lambda share: self._scroll_others(place, share))
        view.installEventFilter(self)
        if self._is_loaded:
            self._show_models()

    def _add_column(self) -> None:
        if self._desk.add_column():
            self._show()
            self._set_current(len(self._desk.desk.columns) - 1)
            self._columns[-1][0].model.setFocus()

    def _remove_column(self, place: int) -> None:
        before = self._desk.desk
        if self._desk.remove_column(place):
            self._context.notifier.info(
                lambda: QCoreApplication.translate(
                    "Beside", "Column {n} removed. Its answers stay as branches."
                ).format(n=place + 1),
                undo=partial(self._desk.put_columns, before.columns, before.base),
                topic="beside column",
            )

    def _ask_again(self, place: int) -> None:
        self._columns[place][1].show_last()
        self._run(self._side.again(self._desk.desk.columns[place].id))

    def _set_current(self, place: int) -> None:
        self._current = min(max(0, place), len(self._columns) - 1)
        for at, (view, _) in enumerate(self._columns):
            view.set_current(at == self._current)
        self._difference.refresh()

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        place = next((at for at, (view, _) in enumerate(self._columns) if now and view.isAncestorOf(now)), None)
        if place is not None and place != self._current:
            self._set_current(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            place = next((at for at, (view, _) in enumerate(self._columns) if view is watched), None)
            if place is not None:
                self._set_current(place)
        elif event.type() == QEvent.Type.LanguageChange and watched is self._page:
            for _, presenter in self._columns:
                presenter.retranslate()
            self._show_models()
            self._show()
        return super().eventFilter(watched, event)

    def _scroll_others(self, place: int, share: float) -> None:
        if self._desk.desk.scrolls_together:
            for at, (view, _) in enumerate(self._columns):
                if at != place:
                    view.scroll_to_share(share)

    # -- acting

    def run(self) -> None:
        """Run the desk, unless something is missing, which is said."""
        if not self._side.answers.running and self._attachments.permits() and self._turns.check(self._begin):
            self._begin()

    def _begin(self) -> None:
        if not self._side.answers.running:
            self._run(self._side.begin())

    async def _keep(self, answer_id: str) -> None:
        session = self._desk.session
        if not answer_id or session is None:
            return
        if not await self._side.keep(answer_id):
            self._context.notifier.warning(
                lambda: QCoreApplication.translate(
                    "Beside", "A reply is being written in this conversation. Keep the answer when it has ended."
                ),
                topic="beside keep",
            )
            return
        self._context.window.show_view("chat")
        await self._context.workspace.open(session.id)
        self._context.notifier.success(
            lambda: QCoreApplication.translate(
                "Beside", "This answer continues the conversation. The others are its versions."
            ),
            topic="beside keep",
        )

    async def _join(self) -> None:
        model = self._page.foot.join_model.key() or self._context.models.chosen("chat")
        if not await self._side.join(model):
            self._context.notifier.info(
                lambda: QCoreApplication.translate(
                    "Beside", "At least two finished answers are needed to write one from them."
                ),
                topic="beside join",
            )

    def _copy(self, answer_id: str) -> None:
        message = self._side.answers.message(answer_id) if answer_id else None
        if message is not None:
            QGuiApplication.clipboard().setText(message.text)
            self._context.notifier.info(lambda: QCoreApplication.translate("Beside", "Copied."), topic="beside copy")

    def _open_link(self, url: str) -> None:
        LinkQuestion(url, self._page.window()).open()

    def _replay(self, place: ToolCallRef, arguments: str, result: str | None) -> None:
        """An edited tool call goes on in Chat, where the answer is a branch like any other."""

        async def replay() -> None:
            session = self._desk.session
            if session is None or not session.show_branch(place.message):
                return
            self._context.window.show_view("chat")
            await self._context.workspace.open(session.id)
            session.replay(place, arguments, result)

        self._run(replay())

    def _refuse_model(self, typed: str) -> None:
        self._context.notifier.warning(
            lambda: QCoreApplication.translate(
                "Beside", "There is no model “{name}” here. Choose one from the list."
            ).format(name=typed),
            topic="beside model",
        )

    # -- showing

    def _messages(self) -> list[Message | None]:
        return [
            self._side.answers.message(presenter.answer_id) if presenter.answer_id else None
            for _, presenter in self._columns
        ]

    def _drawn(self) -> None:
        self._figures.soon()
        self._difference.changed()

    def _show_models(self) -> None:
        offered = self._context.models.of_kind("chat")
        names, now = model_names(offered), datetime.now(UTC)
        lines = [
            ModelLine(model.id, names[model.id], model_sentence(model), model_marks(model, now)) for model in offered
        ]
        services = [("", QCoreApplication.translate("Beside", "The service in use"))]
        services += [(profile.id, profile.name) for profile in self._context.profiles()]
        tools = [tool.name for tool in self._context.toolbox.specs()]
        for view, presenter in self._columns:
            view.model.show_models(lines)
            view.settings.show_services(services)
            view.settings.show_tools(tools)
            presenter.offer_again()
        join = self._page.foot.join_model
        join.show_models(lines)
        if join.key() is None:
            join.set_key(self._context.models.chosen("chat"))

    def _show_soon(self) -> None:
        """Show everything once for all that changes now."""
        if not self._showing.isActive():
            self._showing.start()

    def _show(self) -> None:
        self._showing.stop()
        if not self._is_loaded:
            return
        page, desk, answers = self._page, self._desk.desk, self._side.answers
        count = len(desk.columns)
        if len(self._columns) > count:
            del self._columns[count:]
        page.show_columns(count)
        if self._current >= count:
            self._current = count - 1
        self._turns.show()
        self._attachments.show()
        for at, (view, presenter) in enumerate(self._columns):
            presenter.show_settings()
            presenter.show_answer()
            view.set_current(at == self._current)
        page.show_difference(desk.shows_difference)
        page.set_base(min(desk.base, count - 1))
        shown = tuple((presenter.answer_id, presenter.state) for _, presenter in self._columns)
        self._difference.show(desk.shows_difference, min(desk.base, count - 1), shown)
        blocked = page.together.blockSignals(True)
        page.together.setChecked(desk.scrolls_together)
        page.together.blockSignals(blocked)
        self._foot.show()
        self._figures.refresh()
        running = answers.running
        if running != self._was_running:
            self._was_running = running
            self.on_busy(running)

    async def aclose(self) -> None:
        """Keep what was typed last."""
        await self._desk.flush()
