"""A session of a thousand takes: what is done to all of them goes through them a few times, not once for each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.core.takes import Take, VoiceSnapshot
from app.ui.studio.presenter import StudioPresenter
from app.ui.studio.take_delegate import TakeDelegate
from app.ui.studio.take_model import TakeModel
from app.ui.studio.view import StudioView
from app.ui.widgets.notifications import Notification
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.waiting import wait_until

COUNT = 1_000
LOOKS = 6
"""How often each row may be asked for something by one action: in all some thousand times, not half a million."""
PAINTED = 40
"""Rows that one action may paint, with those in sight painted a few times."""
MIA, DEAN = (VoiceSnapshot("builtin", name, name) for name in ("Mia", "Dean"))


class Work:
    """Counts what is asked of the rows, and how often they are listed anew."""

    def __init__(self, model: TakeModel, patched: pytest.MonkeyPatch) -> None:
        self.looks = self.painted = self.listings = 0
        for owner, name in ((TakeModel, "data"), (TakeModel, "flags"), (TakeDelegate, "sizeHint")):
            self._count(owner, name, "looks", patched)
        self._count(TakeDelegate, "draw", "painted", patched)
        for signal in (model.modelReset, model.rowsRemoved, model.rowsInserted):
            signal.connect(self._listed)

    def _count(self, owner: type, name: str, counter: str, patched: pytest.MonkeyPatch) -> None:
        original = getattr(owner, name)

        def counted(*arguments: Any, **named: Any) -> Any:
            setattr(self, counter, getattr(self, counter) + 1)
            return original(*arguments, **named)

        patched.setattr(owner, name, counted)

    def _listed(self, *_: Any) -> None:
        self.listings += 1

    def check(self, action: str, listings: int = 1) -> None:
        """What an action took, counted from the end of the one before."""
        assert self.listings <= listings, action
        assert self.looks <= LOOKS * COUNT, (action, self.looks)
        assert self.painted <= PAINTED, (action, self.painted)
        self.looks = self.painted = self.listings = 0


@asynccontextmanager
async def thousand(
    view: StudioView, demo_service: DemoService, folder: Path, patched: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Any, Work]]:
    async with speech_context(demo_service, folder) as context:
        presenter = StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        context.sessions.begin("A thousand.")
        session = context.sessions.current.id
        await context.sessions.flush()
        sound = context.blobs.put(b"RIFF")
        takes = [
            Take(
                f"t{place}", (MIA, DEAN)[place % 2], f"Line {place % 50}.", session=session, state="done",
                number=place + 1, created=float(place), frames=24_000, loudness=-20.0 - place % 7, audio=sound,
                peaks=b"\1\2" * 50,
            )
            for place in range(COUNT)
        ]  # fmt: skip
        store = context.service._takes
        await store._access.write(store.keeping(takes))
        context.sessions.begin("Another.")
        await wait_until(lambda: not len(context.tasks))
        work = Work(view.takes_panel.model, patched)
        context.sessions.open(session)
        await settled(context)
        yield context, work
        await settled(context)
        await presenter.aclose()


async def settled(context: Any) -> None:
    await wait_until(lambda: not len(context.tasks), 60)


async def test_what_is_done_to_all_takes_goes_through_them_a_few_times(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = StudioView(Settings())
    qtbot.addWidget(view)
    view.resize(1360, 860)
    view.show()
    panel, said = view.takes_panel, list[Notification]()
    async with thousand(view, demo_service, tmp_path, monkeypatch) as (context, work):
        context.notifier.listen(said.append)
        assert panel.model.rowCount() == COUNT
        work.check("open")
        panel.filter.query.setText("Line 7.")
        assert panel.model.rowCount() == COUNT // 10, "of each ten lines the one that ends with 7"
        work.check("filter")
        panel.filter.query.clear()
        work.check("show all again")
        for order in ("oldest", "loudest", "voice", "newest"):
            panel.filter.order.set_key(order)
            panel.filter.order.chosen.emit(order)
            assert len(panel.model.listed()) == COUNT
            work.check(order)
        panel.filter.by_text.setChecked(True)
        assert panel.model.rowCount() == COUNT + 50
        work.check("group")
        panel.filter.by_text.setChecked(False)
        panel.list.selectAll()
        assert len(panel.selected_takes()) == COUNT
        work.check("select all", 2)

        panel.delete.click()
        await settled(context)
        assert panel.model.takes() == () and said[-1].text == "1000 takes were deleted."
        work.check("delete all")
        assert said[-1].undo is not None
        said[-1].undo()
        await settled(context)
        assert panel.model.rowCount() == len(panel.list.selected_keys()) == COUNT
        work.check("undo")

        every_other = [f"t{place}" for place in range(1, COUNT, 2)]
        panel.list.select_keys(every_other)
        work.check("select every other")
        panel.delete.click()
        await settled(context)
        assert [take.id for take in panel.model.takes()[:2]] == ["t998", "t996"] and len(panel.selected_takes()) == 1
        work.check("delete every other", 1)
        assert said[-1].undo is not None
        said[-1].undo()
        await settled(context)
        assert [take.id for take in panel.model.takes()[:2]] == ["t999", "t998"]
        assert len(panel.list.selected_keys()) == COUNT // 2
        work.check("undo of every other")

        panel.star.click()
        await settled(context)
        assert sum(take.stars for take in panel.model.takes()) == COUNT // 2
        work.check("star half of them")
