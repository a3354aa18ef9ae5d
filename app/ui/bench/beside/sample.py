"""Fills the Beside page with an example, for the gallery."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.catalogue import catalogue
from app.core.differences import word_differences
from app.core.messages import Media, Message, Text, Thinking
from app.core.requests import Sampling
from app.core.side_by_side import Column, DraftTurn, differing_fields
from app.services.bench.answer_run import AnswerState
from app.ui.bench.beside.column import ColumnView
from app.ui.bench.beside.figures import Figure
from app.ui.bench.beside.page import BesidePage
from app.ui.chat.model_choice import ModelLine
from app.ui.texts.side_by_side import lost_text, progress_text, state_text, uncounted_text
from app.ui.theme.icons import Icon
from app.ui.widgets.chips import Kind

PRO, FLASH = (model.id for model in catalogue().merged(None)[:2])
QUESTION = (
    "The {{train}} to Hebei from platform {{platform}} is late by {{delay}} because of snow. Write it for the board "
    "(at most 24 characters), the loudspeaker (two warm sentences) and the app. Chinese first, then English."
)
VALUES = {"train": "14:20", "platform": "3", "delay": "25 minutes"}
FIRST = """**Board**

14:20 河北 晚点约 25 分钟

14:20 Hebei, 25 min late

**Loudspeaker**

各位旅客，前往河北的 14:20 次列车因降雪晚点约二十五分钟，给您添麻烦了。三号站台候车室有热水，请进来暖和一下。

Dear passengers, the 14:20 to Hebei is running about 25 minutes late because of snow, and we are sorry."""
SECOND = """**Board**

14:20 河北 因雪晚点 25 分钟左右

14:20 Hebei delayed 25 min

**Loudspeaker**

各位旅客，开往河北的 14:20 次列车因降雪晚点约 25 分钟，敬请谅解。

Dear passengers, the 14:20 to Hebei is delayed by about 25 minutes because of snow. The platform is slippery, so please
stay behind the"""
THOUGHTS = (
    "The new instruction asks for one promise the station can keep, so I should not promise a departure time. Hot "
    "water is a promise that can be kept."
)
COLUMNS = (
    Column("1", model=PRO, system="Station v3: Write announcements.", sampling=Sampling(thinking=True)),
    Column("2", model=FLASH, system="Station v3: Write announcements.",
           sampling=Sampling(thinking=False, temperature=0.6)),
    Column("3", model=PRO, system="Station v4: Promise nothing.", sampling=Sampling(thinking=True)),
)  # fmt: skip
LINES = [
    ModelLine(PRO, "MiMo V2.6 Pro", "For hard questions.", "thinks"),
    ModelLine(FLASH, "MiMo V2.6 Flash", "For quick answers.", "thinks"),
]


@dataclass
class _Shown:
    state: AnswerState
    kind: Kind
    icon: Icon
    figures: tuple[str, str, str, str]
    so_far: bool = False


def fill(page: BesidePage) -> None:
    """Three columns, of which one has finished."""
    _settings(page)
    views = page.columns
    first = Message("1", "assistant", (Thinking("Short and warm.", 0, 2.4), Text(FIRST)))
    views[0].begin_answer(first, 1).set_message(first)
    second = Message("2", "assistant", (Text(SECOND),))
    writing = views[1].begin_answer(second, 1)
    writing.set_message(second)
    third = Message("3", "assistant", (Thinking(THOUGHTS),))
    thinking = views[2].begin_answer(third, 1)
    thinking.begin()
    thinking.flush()
    for view in views:
        view.note_words()
    base = views[0].answer
    assert base is not None
    writing.mark(word_differences(base.plain_text(), writing.plain_text()))
    _show_state(views[0], _Shown("done", "good", Icon.CHECK, ("710 ms", "88 tok/s", "412", "$0.0003")))
    _show_state(views[1], _Shown("running", "neutral", Icon.EDIT, ("380 ms", "164 tok/s", "131", "$0.0001"), True))
    _show_state(views[2], _Shown("running", "thinking", Icon.THINKING, ("–", "81 tok/s", "173", "$0.0002"), True))
    views[0].set_current(True)
    page.show_difference(True)
    page.set_base(0)
    page.differences_title.setText("From column 1 to column 2")
    page.differences.show_parts([("same", "temperature: "), ("removed", "1.0"), ("same", " → "), ("added", "0.6")])
    page.foot.set_running(True)
    page.foot.button.set_neutral(True)
    page.foot.progress.show()
    page.runs.show()
    page.foot.progress.setText(progress_text(1, 3))
    page.runs.set_choices([("1", "Run 1, 14:20")])
    page.runs.set_key("1")


def fill_failed(page: BesidePage) -> None:
    """One column refused, one cut off, one finished."""
    _settings(page)
    views = page.columns
    for view, text in zip(views, ("", SECOND, FIRST), strict=True):
        message = Message("m", "assistant", (Text(text),) if text else ())
        view.begin_answer(message, 1).set_message(message)
        view.note_words()
    for view, told in zip(
        views, ("Too many requests in a minute. Wait a moment, then retry.", lost_text("lost")),
        strict=False,
    ):  # fmt: skip
        assert view.answer is not None
        view.answer.show_failure(told, "retry")
    _show_state(views[0], _Shown("failed", "bad", Icon.ERROR, ("–", "–", "–", "–")))
    _show_state(views[1], _Shown("lost", "warn", Icon.WARNING, ("380 ms", "–", "131", "–")))
    _show_state(views[2], _Shown("done", "good", Icon.CHECK, ("710 ms", "88 tok/s", "412", "$0.0003")))
    views[2].set_current(True)
    page.foot.button.set_neutral(True)


def fill_attached(page: BesidePage) -> None:
    """An image and a sound are attached, and the columns are billed in two currencies."""
    _settings(page)
    page.foot.attachments.set_media(
        (
            Media("image/jpeg", "https://example.org/platform.jpg", "platform.jpg", 412_000, width=1280, height=960),
            Media("audio/mpeg", "https://example.org/announcement.mp3", "announcement.mp3", seconds=12.0, format="MP3"),
        )
    )
    page.foot.limits.show_limits(("USD", "CNY"), {"USD": 0.05})
    page.foot.uncounted.setText(uncounted_text((1,)))
    page.foot.uncounted.show()


def fill_edited(page: BesidePage) -> None:
    """The editor of the turns is open."""
    _settings(page)
    turns = (
        DraftTurn("a", "system", "You write for a railway station."),
        DraftTurn("b", "user", "How is the weather?", name="Ann"),
        DraftTurn("c", "assistant", call_id="call_1", call_name="weather", call_arguments='{"place": "Hebei"}'),
        DraftTurn("d", "tool", "Snow, 25 minutes of delay", call_id="call_1"),
    )
    page.shared.show_shared(turns, QUESTION, VALUES)
    page.shared.editor.show_turns(turns, can_undo=True, can_redo=False, can_reset=True)
    page.shared.edit.setChecked(True)


def _settings(page: BesidePage) -> None:
    page.show_columns(3)
    turns = (DraftTurn("a", "user", "Hello"), DraftTurn("b", "assistant", "Hello!"))
    page.shared.show_shared(turns, QUESTION, VALUES)
    page.foot.set_message(QUESTION)
    page.foot.variables.show_variables(tuple(VALUES), VALUES)
    page.foot.repeats.spin.set_number(1)
    page.foot.repeats_after.setText("time")
    page.foot.limits.show_limits(("USD",), {"USD": 0.05})
    page.foot.join_model.show_models(LINES)
    page.foot.join_model.set_key(LINES[0].key)
    page.foot.estimate.setText("≈ $0.0010")
    for view, column in zip(page.columns, COLUMNS, strict=True):
        view.model.show_models(LINES)
        view.model.set_key(column.model)
        view.settings.show_column(
            column, differing_fields(column, COLUMNS[0]), thinks=bool(column.sampling.thinking), temperature_lock=""
        )
        view.settings.fold()


def _show_state(view: ColumnView, shown: _Shown) -> None:
    thinks = shown.kind == "thinking"
    view.state.set_kind(shown.kind, state_text(shown.state, thinks=thinks), shown.icon)
    view.keep.setEnabled(shown.state == "done")
    view.stop.setVisible(shown.state == "running")
    view.state.show()
    view.copy.setEnabled(True)
    so_far = "so far" if shown.so_far else ""
    names = ("first token", "speed", "tokens", "cost")
    remarks = ("", "fastest" if shown.figures[1].startswith("164") else "", so_far, so_far)
    cells = [Figure(n, v, r, r == "fastest") for n, v, r in zip(names, shown.figures, remarks, strict=True)]
    view.figures.show_figures(cells, "Usage: " + ", ".join(shown.figures))
