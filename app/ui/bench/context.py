"""What the pages of the bench are connected to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.core.settings import Settings
    from app.services.bench.cases import Cases
    from app.services.chat.workspace import Workspace
    from app.services.jobs.queue import JobQueue
    from app.services.models import Models
    from app.services.prompt_desk import PromptDesk
    from app.services.prompt_transfer import PromptTransfer
    from app.services.prompts import PromptLibrary
    from app.services.tasks import TaskSet
    from app.ui.widgets.notifications import Notifier
    from app.ui.window import Window


class TextFiles(Protocol):
    """Reads and writes files of the user. Both block, and raise StorageError."""

    def read_bytes(self, path: Path, limit: int, /) -> bytes: ...
    def write(self, path: Path, text: str, /) -> None: ...


class BenchContext(NamedTuple):
    """The services of the bench."""

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
