"""Prepared states of Talk for the gallery."""

from __future__ import annotations

import math
from functools import partial
from types import SimpleNamespace
from typing import Any, Literal

from PySide6.QtWidgets import QWidget

from app.core.errors import Code, ServiceError
from app.core.messages import Message, Reply, Spoken, Text, Usage
from app.core.talk import TalkState
from app.services.talk.speech_queue import Sentence
from app.ui.chat.sample_chat import PRO
from app.ui.chat.talk.level import bar_share
from app.ui.chat.talk.marking import HeardMarks
from app.ui.chat.talk.place import TalkPlace
from app.ui.chat.view import ChatView
from app.ui.texts.talk import state_detail, trouble_action, trouble_sentences
from app.ui.widgets.row_model import Row
from app.ui.window import Window

TalkScene = Literal["listening", "speaking", "waiting", "failed"]
TALK_SCENES: tuple[TalkScene, ...] = ("listening", "speaking", "waiting", "failed")
_LEVELS = [-46 + 30 * abs(math.sin(step * 0.9) * math.cos(step * 0.37)) for step in range(31)]
_STATES: dict[TalkScene, TalkState] = {
    "listening": "listening", "speaking": "speaking", "waiting": "speaking", "failed": "silent",
}  # fmt: skip
_SPOKEN = "You hear a soft drumming far above, and under it a single drip that the guards know by name."


def show_talk(view: QWidget, scene: TalkScene) -> None:
    """Bring the chat into a state of Talk."""
    assert isinstance(view, ChatView)
    assert view.transcript is not None
    assert view.parameters is not None
    branch = _conversation(is_whole=scene == "listening")
    view.show_title("The museum at night")
    streaming = "b" if scene in ("speaking", "waiting") else None
    view.transcript.show_messages(branch, {message.id: (1, 1) for message in branch}, streaming=streaming)
    view.transcript.set_takes("a", 2)
    view.transcript.set_footer("a", ["Finished", "38 tokens"])
    view.show_transcript(True)
    if view.conversations is not None:
        rows = [Row("1", "The museum at night", "V2.6 Pro", section="Today"), Row("2", "Room 3 echoes", "V2.6 Pro")]
        view.conversations.show_rows(rows, "1", frozenset())
    options = view.parameters.talk_options
    options.show_voices([("n", "Narrator J · cloned"), ("Mia", "Mia · default")], "n")
    options.show_direction("Close, unhurried, as on a night tour.")
    options.show_switch("talk_continuous", True)
    options.show_switch("talk_marks", True)
    options.show_pause(1.2)
    place = TalkPlace(view)
    place.open()
    # It lives as long as the view, as with its presenter.
    view.destroyed.connect(partial(_forget, place))
    _fill(view, place, scene)


def _forget(place: TalkPlace) -> None:
    """Hold the place until the view is gone."""


def _fill(view: ChatView, place: TalkPlace, scene: TalkScene) -> None:
    assert view.transcript is not None
    panel, state = place.panel, _STATES[scene]
    waited = 0.8 if scene == "waiting" else None
    panel.show_continuous(True)
    panel.show_state(state, state_detail(state, pause=1.2, waited=waited, is_held=False, is_writing=False))
    if scene == "listening":
        for level in _LEVELS:
            panel.show_level(level, level + 8, -48.0)
        panel.show_level(-22.0, -14.0, -48.0)
        window = view.window()
        assert isinstance(window, Window)
        window.rail.set_microphone_open("chat", True)
        return
    place.sentences.show_sentences(_sentences(scene), is_whole=False)
    if scene == "failed":
        error = ServiceError(Code.TOO_MANY_REQUESTS, status=429)
        panel.notice.say("bad", partial(trouble_sentences, "speech", error, 2), trouble_action("speech"))
        return
    for level in _LEVELS:
        panel.bars.add(bar_share(level))
    panel.show_place(2 if scene == "speaking" else 1, 2.6, 5.1)
    if scene == "speaking":
        view.transcript.flush()
        HeardMarks(view.transcript).show("b", 2, _SPOKEN, 0.6)


def _sentences(scene: TalkScene) -> list[Sentence]:
    states: dict[TalkScene, tuple[str, ...]] = {
        "speaking": ("heard", "speaking", "making"), "waiting": ("heard", "making", "waiting"),
        "failed": ("heard", "failed", "waiting"), "listening": (),
    }  # fmt: skip
    sentences = []
    for number, state in enumerate(states[scene], 1):
        sentence: Any = Sentence(number, "")
        sentence.state = state
        # A picture is the same whenever it is drawn.
        sentence.source = SimpleNamespace() if state == "making" and scene == "speaking" else None
        sentence.requested_at = math.inf
        sentences.append(sentence)
    return sentences


def _conversation(*, is_whole: bool) -> tuple[Message, ...]:
    reply = Reply(PRO, PRO, "stop", Usage(80, 38))
    hall = (
        "Mostly yourself: your coat, your breath, and every step coming back a second later. "
        "The hall is bare stone, so sounds stay long."
    )
    roof = f"Then the roof speaks. {_SPOKEN} They call it the clock."
    return (
        Message("q", "user", (Text("What would I hear if I stood alone in the big hall?"),), spoken=Spoken(3.1)),
        Message("a", "assistant", (Text(hall),), "q", (reply,)),
        Message("p", "user", (Text("And when it rains?"),), "a", spoken=Spoken(1.2)),
        Message("b", "assistant", (Text(roof if is_whole else f"{roof} In winter it stops, and"),), "p",
                (reply,) if is_whole else ()),
    )  # fmt: skip
