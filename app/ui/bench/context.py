"""What the pages of the bench are connected to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from app.core.profiles import Profile
    from app.core.settings import Settings
    from app.services.bench.cases import Cases
    from app.services.bench.side_by_side import SideBySide
    from app.services.call_history import CallHistory
    from app.services.chat.workspace import Workspace
    from app.services.jobs.queue import JobQueue
    from app.services.models import Models
    from app.services.prompt_desk import PromptDesk
    from app.services.prompt_transfer import PromptTransfer
    from app.services.prompts import PromptLibrary
    from app.services.tasks import TaskSet
    from app.services.tools.tool import Toolbox
    from app.ui.chat.attachments.draft_attachments import AttachmentDependencies
    from app.ui.chat.usage_summary import Charge
    from app.ui.widgets.notifications import Notifier
    from app.ui.window import Window


class TextFiles(Protocol):
    """Reads and writes files of the user. Both block, and raise StorageError."""

    def read_bytes(self, path: Path, limit: int, /) -> bytes: ...
    def write(self, path: Path, text: str, /) -> None: ...


class BenchContext(NamedTuple):
    """The services of the bench.

    Attributes:
        side_by_side: returns what runs conversations side by side, created at the first call.
        profiles: returns the services that a column can ask.
        charge: computes the cost of a reply.
        attachments: makes attachments, and plays them.
    """

    window: Window
    notifier: Notifier
    settings: Settings
    tasks: TaskSet
    workspace: Workspace
    models: Models
    prompts: PromptLibrary
    prompt_desk: PromptDesk
    prompt_transfer: PromptTransfer
    jobs: JobQueue
    cases: Cases
    text_files: TextFiles
    service_name: Callable[[], str]
    side_by_side: Callable[[], SideBySide]
    profiles: Callable[[], Iterable[Profile]]
    toolbox: Toolbox
    calls: CallHistory
    charge: Charge
    attachments: AttachmentDependencies
