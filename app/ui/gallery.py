"""Renders every view in its states, themes, languages and sizes to one page for visual review.

    python -m app.ui.gallery DIR

Needs no display and no services; the views show prepared data.
"""

from __future__ import annotations

import html
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from app.core.catalogue import catalogue
from app.core.errors import Code, ServiceError
from app.core.languages import LANGUAGES, SOURCE_LANGUAGE
from app.core.messages import Message, Reply, Source, Sources, Text, Thinking, ToolCall, Usage
from app.core.requests import Sampling
from app.core.settings import Settings
from app.core.spend import Spend
from app.core.takes import Take, TakePart, VoiceSnapshot
from app.ui.chat.usage_summary import footer
from app.ui.chat.view import ChatView
from app.ui.jobs import sample_jobs
from app.ui.language import Language
from app.ui.runtime import make_application
from app.ui.settings.view import PAGES, SettingsView
from app.ui.studio.view import StudioView
from app.ui.texts.errors import error_message
from app.ui.theme.theme import Mode, theme
from app.ui.view_spec import ViewSpec
from app.ui.views import VIEWS
from app.ui.voices.view import VoicesView
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.row_model import Row
from app.ui.window import MINIMUM_SIZE, Window

MODES: tuple[Mode, ...] = ("light", "dark")
SIZES = ((1440, 900), MINIMUM_SIZE)
SCALES = (1.0, 2.0)
SETTLE_MSEC = 120
_PRO, _FLASH = (model.id for model in catalogue().merged(None)[:2])


class Scene(NamedTuple):
    """A view in a particular state, into which `fill` brings the view."""

    view: str
    state: str
    fill: Callable[[QWidget], None]


class Shot(NamedTuple):
    """One picture: a scene with theme, language, size and text scale."""

    scene: Scene
    mode: Mode
    language: str
    size: tuple[int, int]
    scale: float

    @property
    def name(self) -> str:
        width, height = self.size
        state = f"{self.scene.view}-{self.scene.state}-{self.mode}-{self.language}"
        return f"{state}-{width}x{height}-{round(self.scale * 100)}"


def scenes() -> tuple[Scene, ...]:
    """All states to be rendered."""
    return (
        Scene("chat", "empty", lambda view: None),
        Scene("chat", "full", _full_chat),
        Scene("chat", "busy", _busy_chat),
        Scene("chat", "failed", _failed_chat),
        Scene("studio", "empty", lambda view: None),
        Scene("studio", "written", _written_studio),
        Scene("studio", "jobs", partial(_jobs, some=True)),
        Scene("studio", "jobs-empty", partial(_jobs, some=False)),
        Scene("studio", "parts", _parted_studio),
        Scene("voices", "design", lambda view: None),
        Scene("voices", "clone", lambda view: _tab(view, 1)),
        Scene("voices", "library", lambda view: _tab(view, 2)),
        *(Scene("settings", page, _settings_page(page)) for page in PAGES),
    )


def shots() -> Iterator[Shot]:
    """Each scene in both themes at the default size, and once in each other language, size and text scale."""
    for scene in scenes():
        for mode in MODES:
            yield Shot(scene, mode, "en", SIZES[0], 1.0)
        for language in sorted(LANGUAGES.keys() - {SOURCE_LANGUAGE}):
            yield Shot(scene, "light", language, SIZES[0], 1.0)
        yield Shot(scene, "dark", "en", SIZES[1], 1.0)
        yield Shot(scene, "light", "en", SIZES[0], SCALES[1])


def draw(shot: Shot, folder: Path, language: Language) -> Path:
    """Render one picture into the folder and return its path."""
    theme().set_mode(shot.mode)
    theme().set_text_scale(shot.scale)
    language.use(shot.language)
    settings = Settings()
    messages = Notifier()
    window = Window(settings, messages)
    for view in VIEWS:
        window.add_view(view.name, partial(_create, view, settings, messages))
    window.status.set_value("service", "Demo service")
    window.resize(*shot.size)
    window.show()
    window.show_view(shot.scene.view)
    shot.scene.fill(window.view(shot.scene.view))
    _settle()
    picture = folder / f"{shot.name}.png"
    window.grab().save(str(picture))
    window.hide()
    window.deleteLater()
    return picture


def main(arguments: list[str]) -> int:
    """Render everything into the given folder and write `index.html`. Returns the exit status."""
    if len(arguments) != 1:
        print("gallery: one argument, the folder for the pictures", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = make_application(["gallery"])
    language = Language(application)
    drawn = [(shot, draw(shot, folder, language)) for shot in shots()]
    (folder / "index.html").write_text(page(drawn), encoding="utf-8")
    print(f"{len(drawn)} pictures: {folder / 'index.html'}")
    return 0


def page(drawn: list[tuple[Shot, Path]]) -> str:
    """The HTML page that shows the pictures, with a section per scene."""
    sections: dict[str, list[str]] = {}
    for shot, picture in drawn:
        name = html.escape(shot.name)
        figure = (
            f'<figure><img src="{html.escape(picture.name)}" loading="lazy"><figcaption>{name}</figcaption></figure>'
        )
        sections.setdefault(f"{shot.scene.view}: {shot.scene.state}", []).append(figure)
    body = "".join(f"<h2>{html.escape(name)}</h2><div>{''.join(each)}</div>" for name, each in sections.items())
    style = "body{font:14px sans-serif}div{display:flex;flex-wrap:wrap;gap:16px}img{width:640px}figure{margin:0}"
    return f'<!doctype html><meta charset="utf-8"><title>MiMo Workbench</title><style>{style}</style>{body}'


def _settle() -> None:
    """Process events until layouts and deferred painting are done."""
    loop = QEventLoop()
    QTimer.singleShot(SETTLE_MSEC, loop.quit)
    loop.exec()


def _create(spec: ViewSpec, settings: Settings, messages: Notifier) -> QWidget:
    view = spec.create(settings)
    if isinstance(view, ChatView):
        _complete_chat(view, messages)
    return view


def _complete_chat(view: ChatView, messages: Notifier) -> None:
    view.complete(messages)
    assert view.parameters is not None
    view.model.set_choices([(_PRO, _PRO)])
    view.model.set_key(_PRO)
    view.composer.show_thinking(True, possible=True)
    view.parameters.show_parameters("", Sampling(), True, thinking=True, default_max_tokens=131_072)


def _conversation() -> tuple[Message, Message]:
    """A question and a complete answer with thinking, a tool call, sources and Markdown."""
    question = Message("q", "user", (Text("I'm cycling around Hebei tomorrow. Do I need the rain jacket?"),))
    answer = Message(
        "a",
        "assistant",
        (
            Thinking("The user asks about rain. I should look at the forecast.", 0, 3.2),
            ToolCall("c", "get_forecast", '{"location": "Hebei, CN"}', 0, "done", '{"rain": [0.1, 0.2, 0.8]}', 0.412),
            Sources((Source("https://weather.com.cn/hebei", "Hebei", "weather.com.cn"),), 1),
            Text(
                "Leave **before 9:00** and you'll ride most of it dry.\n\n"
                "| Hour | Chance of rain | Wind |\n|---|---|---|\n| 06–09 | 10–20 % | light |\n"
                "| 12–15 | 80–90 % | fresh |\n\n"
                "```python\nprint('take the jacket')\n```\n\n- 早上出发\n- 带上雨衣",
                1,
            ),
        ),
        "q",
        (
            Reply(_PRO, _PRO, "tool_calls", Usage(900, 60, 640, 30), 0.61, 1.4),
            Reply(_PRO, _PRO, "stop", Usage(1_000, 120, 640, 0), 0.4, 1.9),
        ),
    )
    return question, answer


def _full_chat(view: QWidget) -> None:
    assert isinstance(view, ChatView)
    assert view.transcript is not None
    assert view.conversations is not None
    branch = _conversation()
    view.show_title("Rain plan for Hebei")
    view.transcript.show_messages(branch, {message.id: (1, 1) for message in branch})
    view.transcript.set_footer("a", footer(branch[1], lambda *call: Spend(1, cost={"USD": 0.0016})))
    view.show_transcript(True)
    rows = [
        Row("1", "Rain plan for Hebei", f"{_PRO} · 1.9K tokens", section="Today"),
        Row("2", "街口老周 · 有声书旁白", _FLASH, section="Today"),
        Row("3", "Compiler course outline", f"{_PRO} · 41K tokens", section="This week"),
    ]
    view.conversations.show_rows(rows, "1", frozenset())


def _busy_chat(view: QWidget) -> None:
    assert isinstance(view, ChatView)
    assert view.transcript is not None
    question, _ = _conversation()
    view.transcript.show_messages((question,), {"q": (1, 1)})
    view.transcript.begin(Message("b", "assistant", (), "q"))
    view.transcript.append_thinking("b", 0, "The user asks about rain. I should look at the forecast before I answer.")
    view.transcript.update_tool_call("b", ToolCall("c", "get_forecast", '{"location": "Hebei, CN"}', 0, "waiting"))
    view.composer.set_running(True)
    view.show_transcript(True)


def _failed_chat(view: QWidget) -> None:
    assert isinstance(view, ChatView)
    assert view.transcript is not None
    question, _ = _conversation()
    broken = Message("f", "assistant", (Text("Leave before"),), "q", (Reply(_PRO, "", "error"),))
    view.transcript.show_messages((question, broken), {"q": (1, 1), "f": (1, 1)})
    message = error_message(ServiceError(Code.OVERLOADED, status=503))
    view.transcript.show_failure("f", message.what, message.next_step, retry=True)
    view.show_transcript(True)


def _written_studio(view: QWidget) -> None:
    assert isinstance(view, StudioView)
    view.text.text.setPlainText("(怅然 慵懒) 街口那个老周啊，媳妇走得早，[叹气] 一个人拉扯俩娃。")


def _jobs(view: QWidget, *, some: bool) -> None:
    window = view.window()
    assert isinstance(window, Window)
    _written_studio(view)
    sample_jobs.show(window, some=some)


def _parted_studio(view: QWidget) -> None:
    """A take that was spoken in parts, one of which is missing."""
    assert isinstance(view, StudioView)
    _written_studio(view)
    voice, second = VoiceSnapshot("builtin", "白桦", "白桦"), 24_000
    parts = (
        TakePart("The ferry leaves at nine, and nobody waits for those who sleep too long.", 0, 31 * second),
        TakePart("The second part begins here.", 31 * second, 0, "unreachable", take="p"),
        TakePart("Then it is quiet on the river.", 31 * second, 12 * second),
    )
    take = Take("t", voice, "The ferry leaves at nine.", state="cut", error="unreachable", frames=43 * second,
                number=7, loudness=-21.4, parts=parts)  # fmt: skip
    view.takes_panel.model.set_takes((take,))
    view.takes_panel.list.select_key("t")
    view.takes_panel.parts.show_take(take)


def _tab(view: QWidget, index: int) -> None:
    assert isinstance(view, VoicesView)
    view.tabs.setCurrentIndex(index)


def _settings_page(name: str) -> Callable[[QWidget], None]:
    def show(view: QWidget) -> None:
        assert isinstance(view, SettingsView)
        view.show_page(name)

    return show


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
