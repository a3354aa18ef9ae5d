"""Prompts for the gallery."""

from __future__ import annotations

import time

from app.core.differences import word_differences
from app.core.line_differences import line_blocks, line_counts
from app.core.prompt_library import PromptKind, PromptVersion
from app.services.prompt_desk import PromptEntry
from app.services.prompt_search import tag_counts
from app.ui.bench.prompts.page import PromptsPage
from app.ui.bench.prompts.version_list import VersionRow
from app.ui.texts.prompts import counts_text, difference_parts, moment_text, pass_text, unsaved_name

_OLD = """You take orders for a small shop. Read the message below, which came by {{channel}}, and answer with JSON \
only.

One entry in “orders” for every thing asked for: item, qty, unit, city, due. Numbers are numbers: a dozen is 12, half \
a jin is 0.25 kg. Keep the item in the language it was said in.

If something needed is not said, leave it null and put one short question in “ask”.
A cancellation goes into “cancel” and nothing else is returned.

Message: {{message}}"""
_NEW = _OLD.replace(
    "“cancel” and nothing else is returned.", "“cancel”; a new order in the same message still goes into “orders”."
)
_DAY = 86_400.0


def sample_entries() -> list[PromptEntry]:
    now = time.time()
    rows: list[tuple[str, PromptKind, tuple[str, ...], int, float]] = [
        ("Order intake", "prompt", ("json", "orders"), 4, 0.02),
        ("Museum guide", "system", ("voice", "zh"), 3, 1),
        ("Facilities mail", "system", ("mail",), 2, 6),
        ("Scene writer", "prompt", ("script", "zh"), 7, 7),
        ("Judge: nothing lost", "prompt", ("json", "judge"), 1, 9),
        ("Critique an image", "prompt", ("image",), 2, 12),
        ("Night tour", "system", ("voice", "talk"), 4, 18),
        ("三号站台广播词", "prompt", ("voice", "zh"), 3, 21),
        ("Explain to a child", "prompt", (), 1, 28),
    ]
    return [
        PromptEntry(
            str(number), name, kind, tags,
            tuple(PromptVersion(_OLD, "", now - (days + versions - each) * _DAY) for each in range(versions)),
            _NEW if not number else _OLD, "keeps two orders apart" if not number else "", "", not number, False, {},
            now - days * _DAY,
        )
        for number, (name, kind, tags, versions, days) in enumerate(rows)
    ]  # fmt: skip


def fill_prompts(page: PromptsPage) -> None:
    """Show a library, a prompt that is being changed, and what differs from its last version."""
    entries, now = sample_entries(), time.time()
    page.library.tags.show_counts(len(entries), tag_counts(entries))
    page.library.model.set_entries(entries)
    page.library.list.select_key("0")
    entry, text = entries[0], page.text
    text.show_name(entry.name, entry.name)
    text.badge.show()
    text.badge.setText(unsaved_name(entry.number))
    text.show_tags(entry.tags, may_add=True)
    text.kind.set_key(entry.kind)
    text.tokens.setText("≈ 164 tokens")
    text.editor.show_text(entry.text)
    text.note.setText(entry.note)
    text.variables.show_variables(
        {"channel": 1, "message": 1},
        {"channel": "mail", "message": "Cancel #4471 and send a fresh one, same address, the box was wet."},
    )
    runs = word_differences(_OLD, _NEW)
    blocks, versions = line_blocks(runs), page.versions
    versions.model.set_versions(
        [
            VersionRow("typed", "v5", entry.note, "now, not saved", is_current=True),
            VersionRow("3", "v4", "asks when unsure", "14:21", pass_text(6, 7)),
            VersionRow("2", "v3", "first with a schema", "yesterday", pass_text(3, 7)),
            VersionRow("1", "v2", "units spelled out", moment_text(now - 10 * _DAY, now)),
            VersionRow("0", "v1", "from a conversation", moment_text(now - 18 * _DAY, now)),
        ],
        "3",
    )
    versions.list.select_key("3")
    versions.heading.setText("v5 against v4")
    versions.counts.setText(counts_text(line_counts(blocks)))
    versions.difference.show_parts(difference_parts(blocks))
    versions.remark.setText("v5 has not been run yet. Case 7 made you write it.")
    versions.back.setText("Back to v4")
    for part in (*text.controls(), versions.duplicate, versions.pick, versions.copy, page.export):
        part.setEnabled(True)
    versions.back.show()
    versions.run_cases.show()
    places, at = [], 0
    for run in runs:
        if run.change == "added":
            places.append((at, at + len(run.text)))
        if run.change != "removed":
            at += len(run.text)
    text.editor.mark_changes(places)


def fill_failed(page: PromptsPage) -> None:
    """Show that files could not be imported, and that a version was saved elsewhere."""
    fill_prompts(page)
    page.notice.say(
        "warn",
        "2 files were not imported.\nbroken.md: Line 3 of the front matter can't be read. Correct it, or remove it.\n"
        "empty.md: There is no prompt in the file. Write its text below the front matter.",
    )
    page.text.notice.say(
        "neutral", "v4 was saved elsewhere in the meantime. What you typed stays and becomes the next version.", "OK"
    )
