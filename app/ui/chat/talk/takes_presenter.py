"""Shows how many takes speak an answer, and plays them; plays kept recordings of what the user said."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from app.core.observers import Event
from app.services.chat.session import ChatSession
from app.services.chat.workspace import Workspace
from app.ui.chat.transcript.transcript import Transcript
from app.ui.reported_tasks import Spawn

if TYPE_CHECKING:
    from app.services.speech.playback import Playback
    from app.services.talk.spoken_takes import SpokenTakes

Counts = Callable[[str], Awaitable[dict[str, int]]]
"""Returns how many takes speak each answer of a conversation, by the id of the answer."""


class Players(Protocol):
    """What plays: takes of answers, and recordings. Created at the first use."""

    @property
    def takes(self) -> SpokenTakes: ...
    @property
    def playback(self) -> Playback: ...


class TakesPresenter(QObject):
    """Connects the footers of messages to the takes that belong to them."""

    def __init__(
        self, transcript: Transcript, workspace: Workspace, counts: Counts, players: Callable[[], Players],
        on_spoken: Event[()], run: Spawn,
    ) -> None:  # fmt: skip
        super().__init__(transcript)
        self._transcript, self._workspace = transcript, workspace
        self._counts, self._create, self._run = counts, players, run
        self._players: Players | None = None
        self._recorded = "", ""  # the message whose recording was played last, and the digest of that
        transcript.acted.connect(self.act)
        on_spoken.subscribe(self._count_again)
        workspace.on_open.subscribe(self._on_open)
        if workspace.current is not None:
            self._on_open(workspace.current)

    def act(self, message_id: str, action: str) -> None:
        """Carry out the action of a message's footer, if it is one of these."""
        match action:
            case "takes":
                self._run(self._opened().takes.toggle(message_id))
            case "recording":
                self._run(self._play_recording(message_id))

    def silence(self) -> bool:
        """Stop the takes or the recording. False if none plays."""
        if self._players is None:
            return False
        if self._is_recording:
            self._players.playback.silence()
            return True
        return self._players.takes.silence()

    @property
    def _is_recording(self) -> bool:
        """Whether a recording plays."""
        if self._players is None:
            return False
        playback, digest = self._players.playback, self._recorded[1]
        return bool(digest) and playback.key == digest and playback.playing

    def _count_again(self) -> None:
        if self._workspace.current is not None:
            self._on_open(self._workspace.current)

    def _on_open(self, session: ChatSession) -> None:
        self._run(self._show(session))

    async def _show(self, session: ChatSession) -> None:
        counts = await self._counts(session.id)
        if session is self._workspace.current:
            for message_id, number in counts.items():
                self._transcript.set_takes(message_id, number)

    def _opened(self) -> Players:
        if self._players is None:
            self._players = self._create()
            self._players.playback.on_change.subscribe(self._on_playback)
        return self._players

    def _on_playback(self) -> None:
        if self._players is None:
            return
        takes = self._players.takes
        self._transcript.set_sounding(self._recorded[0] if self._is_recording else takes.sounding)
        if takes.is_due:
            self._run(takes.play_next())

    async def _play_recording(self, message_id: str) -> None:
        session = self._workspace.current
        message = session.tree[message_id] if session is not None and message_id in session.tree else None
        if message is None or message.spoken is None or message.spoken.recording is None:
            return
        playback, digest = self._opened().playback, message.spoken.recording.digest
        if playback.key == digest and playback.playing:
            playback.stop()
        else:
            self._recorded = message_id, digest
            await playback.play_blob(digest, digest)
