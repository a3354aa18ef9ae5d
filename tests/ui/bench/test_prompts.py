"""The Prompts page: typing, versions, differences, tags, files, and use in Chat."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.core.presentation_mask import PresentationMask
from app.core.prompt_library import MAX_TAGS, MAX_TEXT_LENGTH
from app.core.settings import LAST_PROMPT, Settings
from app.ui.bench.prompts import files_presenter
from app.ui.chat.composer_parts.template_list import TemplateList
from app.ui.widgets.presentation_cover import presentation_cover
from tests.ui.bench.prompts_harness import prompts_page

ORDERS = (
    "Take orders.\nAnswer with JSON.\nOne entry each.\nA cancellation goes into cancel.",
    "取消订单。\n用一句话回答。",
)


async def test_a_new_prompt_is_named_after_its_text_when_it_is_saved(qtbot: QtBot, tmp_path: Path) -> None:
    async with prompts_page(qtbot, tmp_path) as it:
        assert not it.page.text.save.isEnabled() and it.page.library.empty.isVisible()
        it.page.library.empty.step.click()
        await it.listed("Untitled prompt")
        it.page.text.save.click()
        assert "nothing to save" in it.page.text.notice.text()
        it.type_text("# Guide through the museum of the old harbour\nKindly.")
        it.page.text.save.click()
        await it.listed("Guide through the museum of the old")
        await it.said("Saved as v1 of Guide through the museum of the old.")
        it.chat.undo()
        await it.chat.until(lambda: it.presenter._open.shown() is not None and not it.library.listed())
        assert it.entry.text.startswith("# Guide") and it.entry.is_changed


async def test_typing_while_no_prompt_is_open_begins_one(qtbot: QtBot, tmp_path: Path) -> None:
    async with prompts_page(qtbot, tmp_path) as it:
        qtbot.keyClicks(it.page.text.editor, "Guide")
        await it.listed("Untitled prompt")
        assert (it.entry.text, it.page.text.editor.exact_text(), len(it.rows())) == ("Guide", "Guide", 1)


async def test_saving_the_same_text_says_so_and_another_one_becomes_a_version(qtbot: QtBot, tmp_path: Path) -> None:
    async with prompts_page(qtbot, tmp_path, "One") as it:
        it.page.text.save.click()
        await it.said("Guide already has this text.")
        it.type_text("Two")
        it.page.text.note.setText("clearer")
        assert it.page.text.badge.text() == "v2, not saved"
        assert it.rows("versions")[0] == "v2, clearer, now, not saved"
        it.page.text.save.click()
        await it.chat.until(lambda: len(it.entry.versions) == 2)
        assert it.rows("versions")[0].startswith("v2, clearer, ") and it.page.text.note.text() == ""
        assert [version.text for version in it.entry.versions] == ["One", "Two"]
        it.chat.undo()
        await it.chat.until(lambda: len(it.entry.versions) == 1)
        assert (it.page.text.editor.exact_text(), it.page.text.note.text()) == ("Two", "clearer")


async def test_the_draft_of_each_prompt_stays_its_own_and_the_last_one_opens_again(
    qtbot: QtBot, tmp_path: Path
) -> None:
    settings = Settings()
    async with prompts_page(qtbot, tmp_path, "One", settings=settings) as it:
        await it.library.save("Other", "Else", "system")
        it.type_text("Mine")
        await it.open("Other")
        assert it.page.text.editor.exact_text() == "Else" and it.page.text.kind.key() == "system"
        it.page.text.editor.insertPlainText("Also ")
        await it.open("Guide")
        assert it.page.text.editor.exact_text() == "Mine"
        await it.chat.until(lambda: any(row.startswith("Other, v2, not saved") for row in it.rows()))
        assert settings.get(LAST_PROMPT) == it.entry.id
    async with prompts_page(qtbot, tmp_path, settings=settings) as it:
        assert (it.entry.name, it.page.text.editor.exact_text()) == ("Guide", "Mine")


async def test_the_framed_version_is_compared_word_by_word_in_chinese_too(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = "\n".join((ORDERS[0], ORDERS[1])), "\n".join((ORDERS[0], ORDERS[1].replace("一句", "两句")))
    async with prompts_page(qtbot, tmp_path, first, second) as it:
        assert it.page.versions.heading.text() == "v2 against v1"
        assert it.page.versions.counts.text() == "1 line changed, 5 the same"
        assert it.difference == "5 lines the same\n−  用一句话回答。\n+  用两句话回答。"
        it.type_text(second.replace("Take", "Please take"))
        await it.chat.until(lambda: it.page.versions.heading.text() == "v3 against v2")
        it.frame(1)
        assert it.page.versions.heading.text() == "v3 against v1"
        assert it.page.versions.counts.text() == "2 lines changed, 4 the same"
        assert it.rows("versions")[2].endswith(", compared")
        assert it.page.versions.back.text() == "Back to v1"
        it.page.versions.copy.click()
        assert "+  用两句话回答。" in QGuiApplication.clipboard().text()


async def test_back_to_a_version_makes_its_text_what_is_typed_and_can_be_undone(qtbot: QtBot, tmp_path: Path) -> None:
    async with prompts_page(qtbot, tmp_path, "One", "Two") as it:
        it.type_text("Three")
        it.frame(1)
        it.page.versions.back.click()
        assert it.page.text.editor.exact_text() == "One" and it.entry.number == 3
        it.chat.undo()
        assert it.entry.text == "Three" == it.page.text.editor.exact_text()
        it.page.versions.back.click()
        it.page.text.editor.undo()
        assert it.entry.text == "Three", "also by the undo of the field"
        assert [version.text for version in it.entry.versions] == ["One", "Two"]


async def test_any_two_versions_and_any_two_prompts_can_be_compared(qtbot: QtBot, tmp_path: Path) -> None:
    async with prompts_page(qtbot, tmp_path, "One", "Two", "Three") as it:
        other = (await it.library.save("Other", "Else", "system")).prompt
        await it.open("Guide")
        versions = it.page.versions
        versions.pick.click()
        assert versions.sides.isVisible()
        versions.one.lineEdit().setText("v2")
        versions.one.lineEdit().editingFinished.emit()
        versions.other.lineEdit().setText("v1")
        versions.other.lineEdit().editingFinished.emit()
        assert (versions.heading.text(), it.difference) == ("v2 against v1", "−  One\n+  Two")
        versions.other.set_key(f"prompt {other.id}")
        versions.other.chosen.emit(f"prompt {other.id}")
        assert (versions.heading.text(), it.difference) == ("v2 against Other · v1", "−  Else\n+  Two")
        versions.pick.click()
        assert versions.heading.text() == "v3 against v2"


async def test_what_is_saved_elsewhere_is_said_and_nothing_typed_is_lost(qtbot: QtBot, tmp_path: Path) -> None:
    async with prompts_page(qtbot, tmp_path, "One") as it:
        await it.library.save("Guide", "Two", "prompt")
        assert it.page.text.editor.exact_text() == "Two", "nothing was typed: the newest version is shown"
        it.page.text.editor.insertPlainText(" and mine")
        await it.library.save("Guide", "Theirs", "prompt")
        assert it.entry.text == "Two and mine"
        assert "v3 was saved elsewhere" in it.page.text.notice.text()
        it.page.text.notice.action.click()
        assert it.page.text.notice.isHidden()
        await it.library.delete(it.entry.id)
        assert it.page.text.editor.exact_text() == "Two and mine" and it.page.text.badge.text() == "v1, not saved"


async def test_name_tags_and_kind_change_at_once_and_in_chat_too(qtbot: QtBot, tmp_path: Path) -> None:
    async with prompts_page(qtbot, tmp_path, "You guide.") as it:
        text = it.page.text
        qtbot.keyClick(it.page.library.list, Qt.Key.Key_F2)
        text.name.setText("Night tour")
        qtbot.keyClick(text.name, Qt.Key.Key_Return)
        await it.listed("Night tour")
        for tag in ("voice", "中文"):
            text.add_tag.click()
            text.new_tag.setText(tag)
            qtbot.keyClick(text.new_tag, Qt.Key.Key_Return)
            await it.chat.until(lambda tag=tag: tag in it.entry.tags)  # type: ignore[misc]
        it.chat.view.composer.field.setPlainText("/中文")
        [templates] = it.chat.view.findChildren(TemplateList)
        assert [template.name for template in templates._templates] == ["Night tour"]
        text.kind.chosen.emit("system")
        await it.chat.until(lambda: it.entry.kind == "system")
        preset = it.chat.view.parameters.preset  # type: ignore[union-attr]
        assert "Night tour" in [preset.itemText(row) for row in range(preset.count())]
        next(chip for chip in text.tags.findChildren(QAbstractButton) if chip.text() == "voice").click()
        await it.chat.until(lambda: it.entry.tags == ("中文",))
        it.chat.undo()
        await it.chat.until(lambda: it.entry.tags == ("voice", "中文"))
        await it.desk.retag(it.entry.id, map(str, range(MAX_TAGS)))
        assert not text.add_tag.isEnabled()


async def test_a_name_that_is_taken_is_refused_with_a_reason(qtbot: QtBot, tmp_path: Path) -> None:
    async with prompts_page(qtbot, tmp_path, "One") as it:
        await it.library.save("Other", "Else", "prompt")
        await it.open("Guide")
        it.page.text.renamed.emit("Other")
        await it.said("There is already one named “Other”. Choose another name.")
        it.page.text.renamed.emit(" ")
        assert it.chat.messages[-1].startswith("A prompt needs a name.") and it.entry.name == "Guide"


async def test_tags_kind_and_search_narrow_the_list(qtbot: QtBot, tmp_path: Path) -> None:
    async with prompts_page(qtbot, tmp_path, "One") as it:
        other = (await it.library.save("Other", "Anything else", "system")).prompt
        await it.library.retag(other.id, ["json"])
        library = it.page.library
        await it.chat.until(lambda: "json" in library.tags._chips)
        [chip] = [chip for chip in library.tags.findChildren(QAbstractButton) if chip.accessibleName() == "Tag json"]
        assert chip.text() == "json 1"
        chip.click()
        assert [row.split(", ")[0] for row in it.rows()] == ["Other"] and it.entry.name == "Guide", "it stays open"
        library.search.setText("nowhere")
        assert it.rows() == [] and library.empty.isVisible()
        library.empty.step.click()
        assert len(it.rows()) == 2
        library.search.setText("anything")
        assert [row.split(", ")[0] for row in it.rows()] == ["Other"]
        library.search.clear()
        library.kind.set_key("prompt")
        library.kind.chosen.emit("prompt")
        assert [row.split(", ")[0] for row in it.rows()] == ["Guide"]
        it.page.new.click()
        assert it.entry.kind == "prompt"


async def test_deleting_and_duplicating_can_be_undone(qtbot: QtBot, tmp_path: Path) -> None:
    async with prompts_page(qtbot, tmp_path, "One", "Two") as it:
        it.page.versions.duplicate.click()
        await it.listed("Guide 2")
        assert it.entry.name == "Guide 2" and len(it.entry.versions) == 2
        it.chat.undo()
        await it.chat.until(lambda: [entry.name for entry in it.desk.entries()] == ["Guide"])
        await it.chat.until(lambda: it.presenter._open.id == it.desk.entries()[0].id)
        it.type_text("Mine")
        qtbot.keyClick(it.page.library.list, Qt.Key.Key_Delete)
        await it.said("“Guide” was deleted.")
        await it.chat.until(lambda: it.page.text.title.text() == "No prompt is open")
        it.chat.undo()
        await it.chat.until(lambda: it.page.text.editor.exact_text() == "Mine")
        assert it.entry.text == "Mine" and len(it.entry.versions) == 2


async def test_a_message_goes_into_the_composer_behind_what_is_typed(qtbot: QtBot, tmp_path: Path) -> None:
    async with prompts_page(qtbot, tmp_path, "Order from {{channel}}.") as it:
        it.value_field("channel").setText("mail")
        field = it.chat.view.composer.field
        field.setPlainText("Half a question")
        it.page.text.to_chat.click()
        assert it.window.shown == ["chat"]
        assert field.toPlainText() == "Half a question\n\nOrder from {{channel}}."
        session = it.chat.workspace.current
        assert session is not None and session.conversation.variables == {"channel": "mail"}
        field.insertPlainText(" Thanks")
        it.chat.undo()
        assert field.toPlainText() == "Half a question Thanks"
        assert session.conversation.variables == {}
        field.undo()
        assert "Order from" in field.toPlainText()


async def test_a_system_prompt_becomes_that_of_the_conversation(qtbot: QtBot, tmp_path: Path) -> None:
    async with prompts_page(qtbot, tmp_path, "You guide.") as it:
        await it.desk.change_kind(it.entry.id, "system")
        session = it.chat.workspace.current_or_new()
        session.configure(system="Be brief.")
        it.type_text("You guide kindly.")
        it.page.text.to_chat.click()
        assert session.conversation.system == "You guide kindly.", "as it is typed, saved or not"
        it.chat.undo()
        assert session.conversation.system == "Be brief."


async def test_other_pages_are_reached_once_they_are_connected(qtbot: QtBot, tmp_path: Path) -> None:
    async with prompts_page(qtbot, tmp_path, "One", "Two") as it:
        assert not it.page.text.to_bench.isEnabled() and it.page.versions.run_cases.isHidden()
        taken: list[tuple[str, ...]] = []
        it.presenter.connect_pages(
            lambda *prompt: taken.append(prompt), lambda prompt_id: taken.append((prompt_id,)), lambda _id: {0: (3, 7)}
        )
        it.type_text("Mine")
        it.page.text.to_bench.click()
        it.page.versions.run_cases.click()
        assert taken == [("Mine", "prompt", "Guide"), (it.entry.id,)]
        assert ", 3 of 7 pass" in it.rows("versions")[2]
        assert it.page.versions.remark.text() == "v3 has not been run yet."


async def test_a_case_opens_a_version_to_be_edited_with_its_note(qtbot: QtBot, tmp_path: Path) -> None:
    async with prompts_page(qtbot, tmp_path, "One", "Two") as it:
        prompt_id = it.entry.id
        await it.library.save("Other", "Else", "prompt")
        await it.open("Other")
        assert it.presenter.edit(prompt_id, 0, "Case 7 made you write it.")
        assert (it.entry.text, it.page.text.note.text()) == ("One", "Case 7 made you write it.")
        assert it.entry.is_changed and it.page.text.editor.exact_text() == "One"
        it.type_text("Mine")
        it.presenter.edit(prompt_id, 1, "Case 8 made you write it.")
        assert it.entry.text == "Mine", "what is typed stays"
        assert "Case 8 made you write it." in it.page.versions.remark.text()
        assert not it.presenter.edit("gone", 0, "")


async def test_files_come_in_by_dialog_and_drop_and_broken_ones_are_named(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, broken = tmp_path / "good.md", tmp_path / "broken.md"
    good.write_text("---\nname: Good\ntags: [json]\n---\nText")
    broken.write_text("---\nname: Broken\n")

    async def ask(*asked: object) -> list[Path]:
        return [good, broken]

    monkeypatch.setattr(files_presenter, "ask_to_open_several", ask)
    async with prompts_page(qtbot, tmp_path / "home") as it:
        it.page.import_.click()
        await it.listed("Good")
        await it.said("“Good” was imported.")
        assert it.entry.name == "Good"
        assert "broken.md: The front matter begins with ---" in it.page.notice.text()
        it.chat.undo()
        await it.chat.until(lambda: not it.library.listed())
        it.page.dropped.emit([good])
        await it.chat.until(lambda: bool(it.library.listed()))
        it.page.dropped.emit([good])
        await it.said("“Good” is already in the library, with the same versions.")
        assert it.page.notice.isHidden()
        good.write_text(f"---\nname: Other\ntags: [{'t' * 31}]\n---\nOther text")
        it.page.dropped.emit([good])
        await it.listed("Other")
        await it.chat.until(lambda: "good.md: Tags were cut to 30 characters." in it.page.notice.text())


async def test_files_dropped_on_the_text_are_left_to_the_page(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "good.md"
    path.write_text("Text")
    async with prompts_page(qtbot, tmp_path / "home", "One") as it:
        content = QMimeData()
        content.setUrls([QUrl.fromLocalFile(str(path))])
        assert not it.page.text.editor.canInsertFromMimeData(content)
        place, no, left = QPointF(5, 5), Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        event = QDropEvent(place, Qt.DropAction.CopyAction, content, left, no)
        it.page.dropEvent(event)
        await it.said("“good” was imported.")
        content.clear()
        content.setText("words")
        assert it.page.text.editor.canInsertFromMimeData(content)


async def test_a_text_that_is_too_long_is_kept_but_not_saved(qtbot: QtBot, tmp_path: Path) -> None:
    async with prompts_page(qtbot, tmp_path, "One") as it:
        it.desk.type_text(it.entry.id, "x" * (MAX_TEXT_LENGTH + 1))
        assert "at most 200,000 characters" in it.page.text.notice.text() and not it.page.text.save.isEnabled()
        it.desk.type_text(it.entry.id, "short")
        assert it.page.text.notice.isHidden() and it.page.text.save.isEnabled()


async def test_variables_are_marked_where_they_are_and_counted(qtbot: QtBot, tmp_path: Path) -> None:
    async with prompts_page(qtbot, tmp_path, "🚄 {{channel}}: {{ message }} {{channel}} \\{{no}}") as it:
        assert it.marked_variables() == ["channel", "message", "channel"]
        assert it.page.text.variables.names == ("channel", "message")
        it.type_text("a\u00a0b\n{{other}}")
        assert it.marked_variables() == ["other"] and it.entry.text == "a\u00a0b\n{{other}}"
        long = "\n".join(f"{{{{v{number}}}}}" for number in range(3_000))
        it.type_text(long)
        assert 0 < len(it.marked_variables()) < 200, "only what is in sight is looked at"


async def test_a_text_with_other_line_ends_stays_as_it_is_until_it_is_changed(qtbot: QtBot, tmp_path: Path) -> None:
    async with prompts_page(qtbot, tmp_path, "One\r\nTwo") as it:
        editor = it.page.text.editor
        editor.insertPlainText("x")
        it.presenter._open.take_typed()
        assert it.entry.is_changed
        editor.undo()
        it.presenter._open.take_typed()
        assert not it.entry.is_changed and it.entry.text == "One\r\nTwo"


async def test_everything_typed_is_masked_while_presenting(qtbot: QtBot, tmp_path: Path) -> None:
    async with prompts_page(qtbot, tmp_path, "Write to Annika.", "Write to Annika Berg {{annika}}.") as it:
        await it.desk.rename(it.entry.id, "Mail to Annika")
        await it.desk.retag(it.entry.id, ["annika"])
        it.page.text.note.setText("as annika asked")
        it.desk.set_value(it.entry.id, "annika", "annika")
        it.type_text("Write to Annika B. {{annika}}.")
        await it.listed("Mail to Annika")
        await it.chat.until(lambda: it.page.versions.heading.text() == "v3 against v2")
        presentation_cover().set_mask(PresentationMask(names=["annika"]))
        try:
            seen = [*it.rows(), *it.rows("versions"), it.difference, it.page.text.title.text()]
            seen += [it.page.text.editor.document().toPlainText()]
            for button in it.page.findChildren(QAbstractButton):
                seen += [button.text(), button.accessibleName(), button.toolTip()]
            for row in it.page.text.variables._shown.values():
                seen += [row.caption.text(), row.value.displayText(), row.value.accessibleName()]
            seen.append(it.page.text.note.displayText())
            assert not [text for text in seen if "annika" in text.casefold()]
            assert it.entry.text == "Write to Annika B. {{annika}}."
        finally:
            presentation_cover().set_mask(None)
        assert it.page.text.editor.exact_text() == "Write to Annika B. {{annika}}."
