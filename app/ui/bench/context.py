"""What the pages of the bench are connected to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.core.profiles import Profile
    from app.core.settings import Settings
    from app.services.bench.side_by_side import SideBySide
    from app.services.call_history import CallHistory
    from app.services.chat.workspace import Workspace
    from app.services.jobs.queue import JobQueue
    from app.services.models import Models
    from app.services.prompts import PromptLibrary
    from app.services.tasks import TaskSet
    from app.services.tools.tool import Toolbox
    from app.ui.chat.usage_summary import Charge
    from app.ui.widgets.notifications import Notifier
    from app.ui.window import Window


class BenchContext(NamedTuple):
    """The services of the bench.

    Attributes:
        side_by_side: returns what runs conversations side by side, created at the first call.
        profiles: returns the services that a column can ask.
        charge: computes the cost of a reply.
    """

    window: Window
    notifier: Notifier
    settings: Settings
    tasks: TaskSet
    workspace: Workspace
    models: Models
    prompts: PromptLibrary
    jobs: JobQueue
    side_by_side: Callable[[], SideBySide]
    profiles: Callable[[], Iterable[Profile]]
    toolbox: Toolbox
    calls: CallHistory
    charge: Charge
