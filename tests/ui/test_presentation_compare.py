"""While presenting, no page of the compare room shows a private name, path or key, nor does its export."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.core.presentation_mask import COVER, PresentationMask
from app.core.takes import VoiceSnapshot
from app.ui.studio.compare import result_export
from app.ui.studio.view import StudioView
from app.ui.widgets.notifications import Notification
from app.ui.widgets.presentation_cover import presentation_cover
from tests.plugins.demo_service import DemoService
from tests.ui.studio.compare_harness import CompareDesk, add_take, compare_desk, shown_studio, told_by

NAME, PATH, KEY = "Annika Lindqvist", "/home/annika/plan.txt", "sk-planted0123456789abcdef0123456789"
SECRETS = ("Annika", "/home/annika", "planted0123456789")


@pytest.fixture(autouse=True)
def covered() -> Iterator[None]:
    presentation_cover().set_mask(PresentationMask(names=[NAME, "annika"]))
    yield
    presentation_cover().set_mask(None)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[StudioView]:
    with shown_studio(qtbot) as made:
        yield made


@pytest.fixture
async def desk(view: StudioView, demo_service: DemoService, tmp_path: Path) -> AsyncIterator[CompareDesk]:
    async with compare_desk(view, demo_service, tmp_path, ()) as made:
        voice = VoiceSnapshot("designed", "", NAME, f"the voice of {NAME}, see {PATH}")
        for number, direction in enumerate((f"as in {PATH}", f"with {KEY}"), 1):
            await add_take(made.context, number, 0.3, voice=voice, direction=direction)
        yield made


async def test_every_page_of_a_comparison_is_covered(
    desk: CompareDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported = tmp_path / "result.csv"

    async def chosen(*_given: object) -> Path:
        return exported

    monkeypatch.setattr(result_export, "ask_to_save", chosen)
    notices: list[Notification] = []
    desk.context.notifier.listen(notices.append)
    room = desk.open()
    room.rating.click()

    def assert_covered() -> None:
        shown = "\n".join((*told_by(room), *told_by(desk.side), desk.view.window().windowTitle()))
        assert [text for text in shown.splitlines() if any(secret in text for secret in SECRETS)] == []

    assert_covered()
    assert any(COVER in text for text in told_by(room)), "the rows do name the voices"
    room.blind.click()
    assert_covered()
    desk.hear_both()
    room.blind_page.prefer_a.click()
    room.footer.reveal.click()
    assert_covered()
    room.footer.export.click()
    room.footer.keep.click()
    await desk.quiet()
    content = exported.read_text("utf-8-sig")
    assert COVER in content and not any(secret in content for secret in SECRETS)
    assert notices and not any(secret in notice.text for notice in notices for secret in SECRETS)
