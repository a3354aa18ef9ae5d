"""Connects the page that asks a model about a take to the services."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication

from app.core.catalogue import catalogue, is_same_model
from app.core.media import Media
from app.core.messages import Reply, Usage
from app.core.takes import Take
from app.services.speech.take_question import expected_usage
from app.ui.reported_tasks import ReportedTasks, in_notice
from app.ui.studio.context import SpeechContext
from app.ui.studio.health.ask_page import AskPage
from app.ui.texts.health import question_about
from app.ui.texts.jobs import cost_text
from app.ui.texts.models import model_name, model_names
from app.ui.texts.numbers import count
from app.ui.texts.speech import file_name
from app.ui.widgets.presentation_cover import presentation_cover

OpenInChat = Callable[[Media, str, str], object]
"""Opens a conversation with an attachment, a question that is not sent yet, and a model."""


class AskPresenter(QObject):
    """Asks one question at a time; the button that asks stops the answer.

    Attributes:
        open_in_chat: see `OpenInChat`.
    """

    def __init__(self, page: AskPage, context: SpeechContext) -> None:
        super().__init__(page)
        self._page, self._context = page, context
        self._tasks = ReportedTasks(context.tasks, "ask about a take", in_notice(page.notice))
        self._task: asyncio.Task[Any] | None = None
        self._take: Take | None = None
        self._answer = ""
        self._answered: Reply | None = None
        self.open_in_chat: OpenInChat = lambda _media, _question, _model: None
        page.ask.clicked.connect(self._ask_or_stop)
        page.copy.clicked.connect(self._copy)
        page.open_chat.clicked.connect(self._on_open_chat)
        page.answer.open_link.connect(self._ask_to_open)
        page.question.textChanged.connect(self._show_state)
        page.with_text.toggled.connect(lambda _on: self._show_state())
        page.model.chosen.connect(lambda _key: self._show_state())
        page.model.refused.connect(self._refuse_model)
        self.destroyed.connect(context.models.on_change.subscribe(self.show))

    def open(self, take: Take) -> None:
        """Show the page for a take with sound; what was asked about another one ends."""
        if self._take is None or take.id != self._take.id:
            self.leave()
            self._answer, self._answered = "", None
            self._page.answer.begin()
            self._page.notice.clear()
        self._take = take
        self.show()

    def leave(self) -> None:
        """Stop an answer that is still arriving."""
        if self._task is not None:
            self._task.cancel()

    def show(self) -> None:
        """Show the models of the service, and everything else in the present language."""
        models, page = self._context.questions.models(), self._page
        page.model.set_choices(model_names(models).items())
        if page.model.key() is None and models:
            page.model.set_key(models[0].id)
        self._show_state()

    def _question(self) -> str:
        """What is sent: the question, and what should be heard if the user wants that."""
        typed = self._page.question.toPlainText().strip()
        if not typed or self._take is None or not self._page.with_text.isChecked():
            return typed
        return f"{typed}\n\n{question_about(self._take)}"

    def _ask_or_stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            return
        self._answer, self._answered = "", None
        self._page.answer.begin()
        self._page.notice.clear()
        self._task = self._tasks.spawn(self._ask())
        if self._task is not None:
            self._task.add_done_callback(self._on_done)
        self._show_state()

    async def _ask(self) -> None:
        take = self._take
        assert take is not None
        question, model = self._question(), self._page.model.key() or ""
        media = await self._media(take)
        self._answered = await self._context.questions.ask(model, question, media, self._append)
        if not self._answer.strip():
            self._page.notice.say(
                "warn", lambda: QCoreApplication.translate("Health", "Nothing was answered. Ask again.")
            )

    async def _media(self, take: Take) -> Media:
        saved = await self._context.service.ensure_saved(take)
        return await self._context.questions.media(saved, f"{file_name(saved)}.wav")

    def _append(self, piece: str) -> None:
        self._answer += piece
        self._page.answer.append(piece)
        self._page.copy.setEnabled(True)

    def _on_done(self, _task: object) -> None:
        self._task = None
        self._page.answer.finish()
        self._show_state()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(presentation_cover().mask(self._answer))
        self._context.notifier.info(
            lambda: QCoreApplication.translate("Health", "The answer was copied."), topic="copied"
        )

    def _on_open_chat(self) -> None:
        if self._take is not None:
            model = self._page.model.key() or ""
            self._tasks.spawn(self._open_in_chat(self._take, self._question(), model))

    def _ask_to_open(self, url: str) -> None:
        from app.ui.chat.link_question import LinkQuestion

        LinkQuestion(url, self._page).open()

    async def _open_in_chat(self, take: Take, question: str, model: str) -> None:
        self.open_in_chat(await self._media(take), question, model)

    def _refuse_model(self, typed: str) -> None:
        text = QCoreApplication.translate("Health", "No model that hears is called “{name}”. Choose one of the list.")
        self._page.notice.say("warn", lambda: text.format(name=typed))

    # -- showing --------------------------------------------------------------------------------------------------

    def _show_state(self) -> None:
        page, is_running = self._page, self._task is not None
        model = page.model.key() or ""
        page.show_running(is_running)
        page.ask.setEnabled(is_running or bool(model and self._take and page.question.toPlainText().strip()))
        page.copy.setEnabled(bool(self._answer.strip()))
        page.open_chat.setEnabled(self._take is not None)
        page.model.setEnabled(not is_running)
        page.with_text.setEnabled(not is_running)
        page.plan.setText(self._plan(model, is_running=is_running))
        page.outcome.setText(self._outcome())
        page.outcome.setVisible(bool(page.outcome.text()))

    def _plan(self, model: str, *, is_running: bool) -> str:
        if not model:
            return QCoreApplication.translate(
                "Health", "The service offers no model that hears. Choose another one in Settings, Services."
            )
        name = model_name(catalogue().model(model))
        if is_running:
            return QCoreApplication.translate("Health", "{model} listens and answers.").format(model=name)
        if self._take is None:
            return name
        usage = expected_usage(self._take, self._question())
        text = QCoreApplication.translate("Health", "{model} · 1 request · ≈ {n} tokens · {cost}")
        return text.format(model=name, n=count(usage.total), cost=self._cost(model, usage))

    def _outcome(self) -> str:
        """Which model answered, and what that took; empty without an answer."""
        reply = self._answered
        if reply is None:
            return ""
        name = model_name(catalogue().model(reply.model))
        if reply.usage is None:
            return name
        text = QCoreApplication.translate("Health", "Answered by {model} · {n} tokens · {cost}")
        answered = text.format(model=name, n=count(reply.usage.total), cost=self._cost(reply.asked, reply.usage))
        if not is_same_model(reply.asked, reply.model):
            asked = QCoreApplication.translate("Health", "asked for {model}").format(model=reply.asked)
            return f"{answered} · {asked}"
        return answered

    def _cost(self, model: str, usage: Usage) -> str:
        return cost_text(*self._context.cost_of(model, usage))
