"""Renders every view in its states, themes, languages and sizes to one page for visual review.

    python -m app.ui.gallery DIR

Needs no display and no services; the views show prepared data.
"""

from __future__ import annotations

import html
import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from app.core.catalogue import catalogue
from app.core.languages import LANGUAGES, SOURCE_LANGUAGE
from app.core.requests import Sampling
from app.core.settings import Settings
from app.core.takes import Take, TakePart, VoiceSnapshot
from app.services.speech.directions import examples
from app.ui.bench.scenes import SCENES as BENCH_SCENES
from app.ui.bench.scenes import show_scene as show_bench_scene
from app.ui.bench.view import BenchView
from app.ui.chat.model_choice import ModelLine
from app.ui.chat.sample_chat import (
    PRO,
    attached_chat,
    busy_chat,
    changed_parameters,
    failed_chat,
    full_chat,
    inspected_chat,
    nearly_full_chat,
)
from app.ui.chat.talk.samples import TALK_SCENES, show_talk
from app.ui.chat.tools.sample_tools import show_sample_tools
from app.ui.chat.tools.servers.sample_servers import SERVER_STATES, show_sample_servers
from app.ui.chat.view import ChatView
from app.ui.jobs import sample_jobs
from app.ui.language import Language
from app.ui.runtime import make_application
from app.ui.settings.view import PAGES, SettingsView
from app.ui.studio import sample_takes, sample_transcripts
from app.ui.studio.compare import samples as compare_samples
from app.ui.studio.compare.room import Page
from app.ui.studio.export import sample_export
from app.ui.studio.export.page import TABS, ExportTab
from app.ui.studio.grid import sample_grid
from app.ui.studio.health import samples as health_samples
from app.ui.studio.health.room import HEALTH_PAGES, HealthPage
from app.ui.studio.saved_directions import direction_row
from app.ui.studio.view import StudioView
from app.ui.texts.models import model_marks, model_name, model_sentence
from app.ui.theme.theme import Mode, theme
from app.ui.view_spec import ViewSpec
from app.ui.views import VIEWS
from app.ui.voices import sample_clone
from app.ui.voices.sample_library import show_sample_library
from app.ui.voices.sample_rounds import show_rounds
from app.ui.voices.view import VoicesView
from app.ui.widgets.notifications import Notifier
from app.ui.window import MINIMUM_SIZE, Window

MODES: tuple[Mode, ...] = ("light", "dark")
COMPARE_PAGES: tuple[Page, ...] = ("takes", "blind", "verdict")
SIZES = ((1440, 900), MINIMUM_SIZE)
SCALES = (1.0, 2.0)
SETTLE_MSEC = 120


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
        Scene("chat", "full", full_chat),
        Scene("chat", "busy", busy_chat),
        Scene("chat", "failed", failed_chat),
        Scene("chat", "tools", show_sample_tools),
        *(Scene("chat", f"servers-{name}", partial(show_sample_servers, state=name)) for name in SERVER_STATES),
        Scene("chat", "attachments", attached_chat),
        Scene("chat", "parameters", changed_parameters),
        Scene("chat", "inspector", inspected_chat),
        Scene("chat", "context", nearly_full_chat),
        *(Scene("chat", f"talk-{name}", partial(show_talk, scene=name)) for name in TALK_SCENES),
        *(Scene("bench", name, partial(_bench, name=name)) for name in BENCH_SCENES),
        Scene("studio", "empty", lambda view: None),
        Scene("studio", "written", _written_studio),
        Scene("studio", "jobs", partial(_jobs, some=True)),
        Scene("studio", "jobs-empty", partial(_jobs, some=False)),
        Scene("studio", "parts", _parted_studio),
        Scene("studio", "transcript", partial(sample_transcripts.show_open, recording=False)),
        Scene("studio", "transcript-recording", partial(sample_transcripts.show_open, recording=True)),
        Scene("studio", "transcript-list", sample_transcripts.show_list),
        Scene("studio", "long-text", sample_transcripts.show_long_text),
        Scene("studio", "takes", partial(_takes, several=False)),
        Scene("studio", "takes-selected", partial(_takes, several=True)),
        Scene("studio", "grid", partial(_grid, is_empty=False)),
        Scene("studio", "grid-empty", partial(_grid, is_empty=True)),
        Scene("studio", "directions", _directed_studio),
        Scene("studio", "draft", _drafted_studio),
        *(Scene("studio", f"compare-{page}", partial(_compared_studio, page=page)) for page in COMPARE_PAGES),
        *(Scene("studio", f"export-{tab}", partial(_exported, tab=tab)) for tab in TABS),
        Scene("studio", "export-failed", partial(_exported, tab="files", fails=True)),
        Scene("studio", "export-votes-failed", partial(_exported, tab="votes", fails=True)),
        *(Scene("studio", f"health-{page}", partial(_health_of_takes, page=page)) for page in HEALTH_PAGES),
        *(
            Scene("studio", f"health-{page}-running", partial(_health_of_takes, page=page, is_running=True))
            for page in HEALTH_PAGES
        ),
        Scene("voices", "design", lambda view: None),
        Scene("voices", "design-rounds", partial(_designed, fails=False)),
        Scene("voices", "design-failed", partial(_designed, fails=True)),
        Scene("voices", "clone", lambda view: _tab(view, 1)),
        Scene("voices", "clone-full", lambda view: _cloned(view, fails=False)),
        Scene("voices", "clone-failed", lambda view: _cloned(view, fails=True)),
        Scene("voices", "library", lambda view: _tab(view, 2)),
        Scene("voices", "library-full", lambda view: _library(view, "Narrator J")),
        Scene("voices", "library-asks", lambda view: _library(view, "前台小满")),
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


def draw(shot: Shot, language: Language) -> QImage:
    """Render one picture."""
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
    picture = window.grab().toImage()
    window.hide()
    window.deleteLater()
    return picture


def main(arguments: list[str]) -> int:
    """Render everything into the given folder and write `index.html`. Returns the exit status."""
    if arguments in (["-h"], ["--help"]):
        print(__doc__)
        return 0
    if len(arguments) != 1:
        print("gallery: one argument, the folder for the pictures", file=sys.stderr)
        return 2
    if arguments[0].startswith("-"):
        print(f"gallery: unknown option {arguments[0]}. A folder of that name is ./{arguments[0]}", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = make_application(["gallery"])
    language = Language(application)
    drawn = []
    for shot in shots():
        drawn.append((shot, folder / f"{shot.name}.png"))
        draw(shot, language).save(str(drawn[-1][1]))
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
    pro = catalogue().model(PRO)
    view.model.show_models([ModelLine(PRO, model_name(pro), model_sentence(pro), model_marks(pro, datetime.now(UTC)))])
    view.model.set_key(PRO)
    view.composer.show_thinking(True, possible=True)
    view.parameters.show_parameters("", Sampling(), True, thinking=True, default_max_tokens=131_072)


def _written_studio(view: QWidget) -> None:
    assert isinstance(view, StudioView)
    view.text.text.setPlainText("(怅然 慵懒) 街口那个老周啊，媳妇走得早，[叹气] 一个人拉扯俩娃。")


def _directed_studio(view: QWidget) -> None:
    """The list of saved directions, with the examples; in a small window over the text."""
    assert isinstance(view, StudioView)
    _written_studio(view)
    rows = [direction_row(direction) for direction in examples("zh")]
    view.reveal_direction()
    view.direction_panel.saved.model.set_rows(rows)
    view.direction_panel.saved.list.select_key(rows[0].key)
    view.direction_panel.show_page("saved")


def _drafted_studio(view: QWidget) -> None:
    assert isinstance(view, StudioView)
    _written_studio(view)
    view.reveal_direction()
    draft = view.direction_panel.draft
    draft.begin()
    draft.text.setPlainText(
        "角色：历经沧桑的老人\n\n场景：傍晚的街口，对几个年轻人说起往事\n\n指导：声音低沉，不慌不忙。"
    )
    draft.adopt.setEnabled(True)
    view.direction_panel.show_page("draft")


def _jobs(view: QWidget, *, some: bool) -> None:
    window = view.window()
    assert isinstance(window, Window)
    _written_studio(view)
    sample_jobs.show(window, some=some)


def _takes(view: QWidget, *, several: bool) -> None:
    assert isinstance(view, StudioView)
    _written_studio(view)
    sample_takes.show(view, several=several)


def _grid(view: QWidget, *, is_empty: bool) -> None:
    assert isinstance(view, StudioView)
    sample_grid.show(view, is_empty=is_empty)


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


def _compared_studio(view: QWidget, *, page: Page) -> None:
    assert isinstance(view, StudioView)
    _written_studio(view)
    compare_samples.show_sample(view, page)


def _exported(view: QWidget, *, tab: ExportTab, fails: bool = False) -> None:
    assert isinstance(view, StudioView)
    _written_studio(view)
    sample_export.show(view, tab, fails=fails)


def _health_of_takes(view: QWidget, *, page: HealthPage, is_running: bool = False) -> None:
    assert isinstance(view, StudioView)
    _written_studio(view)
    health_samples.show_sample(view, page, is_running=is_running)


def _designed(view: QWidget, *, fails: bool) -> None:
    assert isinstance(view, VoicesView)
    show_rounds(view.design, fails=fails)


def _bench(view: QWidget, *, name: str) -> None:
    assert isinstance(view, BenchView)
    show_bench_scene(view, name)


def _tab(view: QWidget, index: int) -> None:
    assert isinstance(view, VoicesView)
    view.tabs.setCurrentIndex(index)


def _cloned(view: QWidget, *, fails: bool) -> None:
    assert isinstance(view, VoicesView)
    view.tabs.setCurrentIndex(1)
    (sample_clone.show_failed if fails else sample_clone.show_sample)(view.clone)


def _library(view: QWidget, selected: str) -> None:
    assert isinstance(view, VoicesView)
    view.tabs.setCurrentIndex(2)
    show_sample_library(view.library, selected)


def _settings_page(name: str) -> Callable[[QWidget], None]:
    def show(view: QWidget) -> None:
        assert isinstance(view, SettingsView)
        view.show_page(name)

    return show


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
