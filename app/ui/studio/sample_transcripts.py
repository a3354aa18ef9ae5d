"""Transcripts, and a text that is spoken in parts, for the gallery."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.core.jobs import JobEstimate
from app.ui.studio.view import StudioView
from app.ui.texts.parts import parts_plan
from app.ui.widgets.row_model import Row


def show_open(view: QWidget, *, recording: bool) -> None:
    """What was recognised in a file, or the level while speech is recorded."""
    assert isinstance(view, StudioView)
    view.reveal_sessions()
    panel = view.recognition_panel
    panel.transcript.setPlainText("The committee discussed the new railway at length. 今天的会议改到星期五下午三点。")
    panel.show_state(transcribing=False, recording=recording, has_source=True)
    panel.meter.show_level(-18.0, "0:12")


def show_list(view: QWidget) -> None:
    """The earlier transcripts in the place of the open one."""
    assert isinstance(view, StudioView)
    view.reveal_sessions()
    panel = view.recognition_panel
    rows = (
        Row("1", "The committee discussed the new railway at length.", "Today · 4:12.0 · talk.wav"),
        Row("2", "今天的会议改到星期五下午三点。", "Yesterday · 0:12.3 · Recording"),
        Row("3", "Recording without a transcript", "This week · 0:48.0 · Recording"),
    )
    panel.show_state(transcribing=False, recording=False, has_source=True)
    panel.set_has_transcript(True)
    panel.earlier.model.set_rows(rows)
    panel.history.setChecked(True)
    panel.show_earlier(True)
    panel.earlier.list.select_key("1")


def show_long_text(view: QWidget) -> None:
    """A text over the advised length, with what speaking it in parts takes."""
    assert isinstance(view, StudioView)
    view.text.set_plain_text("The ferry leaves at nine, and nobody waits for those who sleep too long. " * 60)
    view.text.lint.show_plan(parts_plan(JobEstimate(4, 58, 31.0, 0.02, "CNY")))
