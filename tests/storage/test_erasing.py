"""Erasing a home removes every kind of record: what was made of takes, drafts, test cases and answers side by side."""

from __future__ import annotations

import random
from pathlib import Path

from app.core.audition_grids import AuditionGrid, GridDirection
from app.core.auditions import AuditionVote, new_audition, with_vote
from app.core.cases import CaseResult, CaseSet
from app.core.comparison import Comparison, compared
from app.core.prompt_drafts import PromptDraft
from app.core.side_by_side import BesideRun, Desk
from app.core.takes import ReadBack, Take, VoiceSnapshot
from app.core.transcripts import Transcript
from app.storage.database import Database
from app.storage.erasing import erase
from app.storage.home import Home, open_home

MARK = "Quarzlampe"


async def fill(database: Database) -> None:
    """Keep one record of each kind that is not a conversation; each has the mark in it."""
    take = Take(
        "take", VoiceSnapshot("builtin", "Mia", "Mia"), "A line.", session="s",
        read_back=ReadBack("check", f"{MARK} heard", "mimo-v2.5-asr"),
    )  # fmt: skip
    audition = new_audition([take, take], random.Random(1), title=f"{MARK} audition", session="s")
    await database.takes.keep(take)
    await database.auditions.keep(with_vote(audition, AuditionVote("V", (0,), f"{MARK} listener"), 1.0))
    await database.comparisons.keep(Comparison("c", (compared(take),), "s", f"{MARK} comparison"))
    recording = database.blobs.put(f"{MARK} recording".encode())
    await database.transcripts.keep(Transcript("t", f"{MARK} transcript", audio=recording))
    await database.grids.keep(AuditionGrid("s", text=f"{MARK} grid", directions=(GridDirection("softly", MARK),)))
    await database.prompt_drafts.keep(PromptDraft("p", f"{MARK} draft"))
    await database.case_sets.keep(CaseSet("set", f"{MARK} cases"))
    await database.case_results.keep([CaseResult("set/case/version/run/1", answer=f"{MARK} answer")])
    await database.desks.keep(Desk("desk", message=f"{MARK} message"))
    await database.beside_runs.keep(BesideRun("run", "desk", f"{MARK} run", ()))


def found_in(home: Home) -> set[str]:
    """What stands behind each mark in any file of the home."""
    content = b"".join(path.read_bytes() for path in home.root.rglob("*") if path.is_file())
    words = [piece.split(b'"')[0].decode("utf-8", "replace").strip() for piece in content.split(MARK.encode())[1:]]
    return {word for word in words if word.isalpha()}


async def test_erasing_the_home_leaves_no_record_of_any_kind(tmp_path: Path) -> None:
    home = open_home(tmp_path / "home")
    database = await Database.open(home)
    await fill(database)
    await database.back_up()
    await database.close()
    assert found_in(home) >= {"heard", "audition", "listener", "comparison", "grid", "transcript", "recording"}
    assert found_in(home) >= {"draft", "cases", "answer", "message", "run"}
    assert erase(home) == []
    assert not any(MARK.encode() in path.read_bytes() for path in home.root.rglob("*") if path.is_file())
