"""What only looks at the open conversation creates none while there is none, as while one is being deleted."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.ui.chat.branches_window import BranchesWindow
from tests.ui.chat.harness import chat


async def test_looking_opens_no_conversation(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        presenter, workspace = harness.presenter, harness.workspace
        left = workspace.current
        assert left is not None
        harness.presenter.tree.show_map()
        workspace.current = None
        presenter.attachments.opener.playing_changed.emit()
        presenter.attachments._drafts._count_reading(left.id, 1)
        presenter.inspector.inspect("message")
        presenter.tree._fill_map()
        presenter.tree._show_branch("message")
        presenter._stop()
        presenter.allow_all()
        presenter.explain_refusal()
        assert [workspace.current] == [None]
        opened = workspace.current_or_new()
        assert harness.workspace.current is opened, "what the user does opens one"
        (window,) = harness.view.findChildren(BranchesWindow)
        window.close()
