"""What the pages of the bench are connected to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from app.core.settings import Settings
    from app.services.bench.cases import Cases
    from app.services.call_history import CallHistory
    from app.services.chat.workspace import Workspace
    from app.services.jobs.queue import JobQueue
    from app.services.models import Models
    from app.services.prompts import PromptLibrary
    from app.services.tasks import TaskSet
    from app.ui.widgets.notifications import Notifier
    from app.ui.window import Window


class BenchContext(NamedTuple):
    """The services of the bench."""

    window: Window
    notifier: Notifier
    settings: Settings
    tasks: TaskSet
    workspace: Workspace
    models: Models
    prompts: PromptLibrary
    jobs: JobQueue
    cases: Cases
    calls: CallHistory
