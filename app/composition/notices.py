"""Shows errors and warnings that belong to no view as notifications."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.core.errors import Code, StorageError

if TYPE_CHECKING:
    from app.composition.container import ServiceContainer
    from app.storage.corruption_recovery import Recovery
    from app.ui.runtime import Runtime
    from app.ui.voices.consent import ConsentRequests
    from app.ui.widgets.notifications import Notifier


def show_unexpected_errors(runtime: Runtime, notifier: Notifier) -> None:
    """Show every exception that no code handled."""

    def show(error: BaseException) -> None:
        from app.ui.texts.errors import error_sentences

        notifier.error(partial(error_sentences, error), topic="unexpected")

    runtime.on_unexpected.subscribe(show)


def show_failures(
    services: ServiceContainer,
    notifier: Notifier,
    settings_error: StorageError | None,
    *,
    last_conversation_shown: bool = True,
) -> None:
    """Show what could not be read at the start, what can't be saved, and that a spending limit is near."""
    from app.ui.reported_tasks import in_notification
    from app.ui.texts.errors import conversation_not_shown_message, error_sentences, unreadable_rows_message
    from app.ui.texts.spend import quota_notice

    def show_undecodable(rows: int) -> None:
        notifier.warning(lambda: unreadable_rows_message(rows), topic="left out", stays=True)

    undecodable = services.database.left_out
    undecodable.on_more.subscribe(show_undecodable)
    if len(undecodable):
        show_undecodable(len(undecodable))
    show = in_notification(notifier, "storage")
    services.on_failed.subscribe(show)
    services.keys.on_failed.subscribe(show)
    services.settings.on_failed.subscribe(show)
    consents = services.library.consents
    consents.on_refused.subscribe(lambda voice: _consent_requests(services, notifier).ask(voice))
    consents.on_unknown.subscribe(lambda take: _consent_requests(services, notifier).ask_for_take(take))
    services.spending.on_threshold.subscribe(
        lambda filling, share: notifier.warning(lambda: quota_notice(filling, share), topic="quota", stays=True)
    )
    if not last_conversation_shown:
        notifier.warning(conversation_not_shown_message, topic="last conversation", stays=True)
    if settings_error is not None:
        notifier.warning(partial(error_sentences, settings_error), stays=True)
    if services.recovery is not None:
        error = _recovered_error(services.recovery)
        notifier.warning(partial(error_sentences, error), offer=_restore_offer(services))


def _consent_requests(services: ServiceContainer, notifier: Notifier) -> ConsentRequests:
    """Imported when a voice is refused: its texts need numpy, which is not loaded before anything is spoken."""
    from app.ui.reported_tasks import ReportedTasks, in_notification
    from app.ui.voices.consent import ConsentRequests

    spawn = ReportedTasks(services.tasks, "consent", in_notification(notifier, "consent")).spawn
    return ConsentRequests(services.library, notifier, spawn)


def _recovered_error(recovery: Recovery) -> StorageError:
    if recovery.aside is None:
        return StorageError(Code.DATABASE_EMPTY)
    return StorageError(Code.DATABASE_DAMAGED, path=str(recovery.aside))


def _restore_offer(services: ServiceContainer) -> tuple[Callable[[], str], Callable[[], object]] | None:
    """Label and action that restore the last good backup; None without one."""
    from app.ui.texts.errors import restore_backup_label

    backup = services.recovery.backup if services.recovery is not None else None
    if backup is None:
        return None
    return restore_backup_label, lambda: services.tasks.spawn(services.restore(backup), "restore")
