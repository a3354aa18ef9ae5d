"""What is typed for a service, or set there by an assistive tool, is taken, or refused beside its field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.core.presentation_mask import COVER, PresentationMask
from app.core.settings import PRESENTATION_MODE, PROFILES
from app.ui.settings.services_page import ServicesPage
from app.ui.theme.theme import theme
from app.ui.widgets.choice import Choice
from app.ui.widgets.presentation_cover import presentation_cover
from tests.plugins.demo_service import DemoService
from tests.ui.settings.harness import Desk, settings_desk, until

MINE = {"id": "mine", "kind": "gateway", "name": "Acme Ltd", "base_url": "https://acme.example/v1"}
HERS = {"id": "hers", "kind": "gateway", "name": "Acme Ltd 2", "base_url": "https://hers.example/v1"}


@pytest.fixture(autouse=True)
def no_veil() -> Iterator[None]:
    yield
    presentation_cover().draw(None)
    theme().set_text_scale(1.0)


def put(line: QLineEdit, text: str) -> None:
    """As an assistive tool sets a text: all of it at once, and no key is pressed."""
    QLineEdit.setText(line, text)


def cards(page: ServicesPage) -> dict[str, str]:
    model = page.profiles.model()
    return {row.key: model.index(place, 0).data() for place, row in enumerate(page._model.rows())}


async def test_what_is_wrong_with_an_address_stands_below_it_until_it_is_good(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_desk(qtbot, demo_service, tmp_path, profiles=[MINE]) as desk:
        await desk.choose("mine")
        page = desk.view.services
        name_before = page.name.mapToGlobal(QPoint())
        page.url.selectAll()
        qtbot.keyClicks(page.url, "not a url")
        qtbot.keyClick(page.url, Qt.Key.Key_Return)
        await desk.settle()
        QApplication.sendPostedEvents()
        notice = page.url_notice
        assert "not a url" in notice.text() == page.url.accessibleDescription()
        below = notice.mapToGlobal(QPoint())
        assert below.x() == page.url.mapToGlobal(QPoint()).x()
        assert 0 < below.y() - page.url.mapToGlobal(page.url.rect().bottomLeft()).y() < 16
        assert page.name.mapToGlobal(QPoint()) == name_before, "the field beside it stays where it is"
        page.retranslate()
        assert notice.refuses
        page.url.selectAll()
        qtbot.keyClicks(page.url, MINE["base_url"] + "/")
        assert not notice.isVisible()
        qtbot.keyClick(page.url, Qt.Key.Key_Return)
        assert page.url.text() == MINE["base_url"]
        assert desk.said == []
        # It is said of this service only.
        put(page.url, "nowhere")
        await until(lambda: notice.refuses)
        await desk.choose("payg")
        assert not notice.isVisible()


async def test_no_other_service_is_called_like_the_demo(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_desk(qtbot, demo_service, tmp_path, profiles=[MINE]) as desk:
        await desk.choose("mine")
        page = desk.view.services
        page.name.setText("demo service")
        qtbot.keyClick(page.name, Qt.Key.Key_Return)
        await desk.settle()
        assert page.name_notice.text().startswith("Only the demo service is called that.")
        assert desk.parts.profiles.get("mine").name == MINE["name"]


async def test_a_service_is_never_without_a_name(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_desk(qtbot, demo_service, tmp_path, profiles=[MINE]) as desk:
        await desk.choose("mine")
        page = desk.view.services
        page.name.selectAll()
        qtbot.keyClick(page.name, Qt.Key.Key_Delete)
        qtbot.keyClick(page.name, Qt.Key.Key_Return)
        for tell in desk.parts.connection.on_change:
            tell()
        await desk.settle()
        assert page.name.text() == "", "what was refused waits to be mended"
        assert page.name_notice.text() == page.name.accessibleDescription() == "A service needs a name. Type one."
        qtbot.keyClicks(page.name, "Acme")
        assert not page.name_notice.isVisible()
        qtbot.keyClick(page.name, Qt.Key.Key_Return)
        await desk.settle()
        assert desk.parts.profiles.get("mine").name == "Acme"


async def test_fields_set_one_after_the_other_by_a_tool_are_all_taken(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_desk(qtbot, demo_service, tmp_path, profiles=[MINE]) as desk:
        await desk.choose("mine")
        page = desk.view.services
        put(page.name, "Office two")
        await until(lambda: page.name._settling.remainingTime() < 150)
        # While this one waits to be finished the first one is taken, and the page shown anew.
        put(page.url, "https://office.example/v1")
        await until(lambda: desk.parts.profiles.get("mine").name == "Office two")
        assert page.url.text() == "https://office.example/v1"
        await until(lambda: desk.parts.profiles.get("mine").base_url == "https://office.example/v1")
        page.per_minute.number.setValue(30)
        assert desk.parts.profiles.get("mine").requests_per_minute == 30
        await desk.settle()


async def test_the_first_of_its_kind_needs_no_number(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_desk(qtbot, demo_service, tmp_path) as desk:
        page = desk.view.services
        page.kind.set_key("gateway")
        for _ in range(3):
            page.add.click()
            await desk.settle()
        names = [row["name"] for row in desk.parts.settings.get(PROFILES)]
        assert names == ["Gateway", "Gateway 2", "Gateway 3"]


async def test_what_is_done_with_a_service_stands_beside_its_name_and_adding_above_it(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_desk(qtbot, demo_service, tmp_path, profiles=[MINE]) as desk:
        await desk.choose("mine")
        page = desk.view.services
        assert page._heading.text() == "Acme Ltd"
        tops = {part: part.mapToGlobal(QPoint()).y() for part in (page.profiles, page.kind, page.add, page.name)}
        heading = page._heading.mapToGlobal(page._heading.rect().center()).y()
        assert tops[page.profiles] < tops[page.kind] == tops[page.add] < heading < tops[page.name]
        for act in (page.duplicate, page.remove):
            assert abs(act.mapToGlobal(act.rect().center()).y() - heading) <= 1


async def test_a_choice_that_is_not_offered_is_refused_in_a_sentence(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_desk(qtbot, demo_service, tmp_path) as desk:
        for choice, name, offered in (
            (desk.view.services.kind, "Service type", "Gateway"),
            (desk.view.appearance.theme, "Theme", "Light"),
        ):
            before = choice.key()
            assert isinstance(choice, Choice)
            put(choice.lineEdit(), "gpt-4")
            await until(lambda: desk.said)
            message = desk.said.pop()
            assert message.text.startswith(f"{name} can't be “gpt-4”.")
            assert offered in message.text
            assert choice.key() == before
            withdrawn: list[str] = []
            desk.parts.messages.withdrawn.connect(withdrawn.append)
            put(choice.lineEdit(), choice.itemText(1))
            assert withdrawn == [message.replace], "it is good now"
            desk.parts.messages.withdrawn.disconnect(withdrawn.append)


async def test_a_long_refusal_is_read_whole_and_makes_no_page_wider(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_desk(qtbot, demo_service, tmp_path, profiles=[MINE]) as desk:
        await desk.choose("mine")
        page = desk.view.services
        desk.view.resize(880, 500)
        theme().set_text_scale(1.6)
        QApplication.sendPostedEvents()
        await desk.settle()
        narrowest = page.minimumSizeHint().width()
        put(page.url, "ftp:" + "/no-address" * 9)
        await until(lambda: page.url_notice.refuses)
        page.key.refuse("Another kind of key: " + "https://platform.xiaomimimo.com/#/console/api-keys " * 2)
        for notice in (page.url_notice, page.key.notice):
            words = notice._words
            await until(lambda words=words: words.height() >= words.heightForWidth(words.width()) > 0, 5)
            assert notice.height() >= words.height()
        assert page.minimumSizeHint().width() == narrowest


async def test_what_is_wrong_with_a_key_is_scrolled_to(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_desk(qtbot, demo_service, tmp_path, profiles=[MINE]) as desk:
        await desk.choose("payg")
        page = desk.view.services
        desk.view.resize(880, 380)
        QApplication.sendPostedEvents()
        desk.view.reveal(page.name)
        page.key.field.setText("tp-0123456789abcdef")
        await until(lambda: not page.key.notice.visibleRegion().isEmpty())
        await until(lambda: page.key.notice.visibleRegion().boundingRect() == page.key.notice.rect())


async def test_a_name_of_any_length_leaves_room_for_what_can_be_done(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_desk(qtbot, demo_service, tmp_path, profiles=[MINE]) as desk:
        page = desk.view.services
        await desk.choose("mine")
        before = page.minimumSizeHint().width()
        page.changed.emit({"name": "gateway" * 30})
        await desk.settle()
        QApplication.sendPostedEvents()
        assert page._heading.text() == "gateway" * 30
        assert page.minimumSizeHint().width() < 2 * before
        middles = {part.mapToGlobal(part.rect().center()).y() for part in (page._heading, page.duplicate, page.remove)}
        assert max(middles) - min(middles) <= 1


# -- before an audience -----------------------------------------------------------------------------------------------


def present(desk: Desk) -> None:
    desk.parts.settings.set(PRESENTATION_MODE, True)
    presentation_cover().draw(
        PresentationMask(names=(profile.name for profile in desk.parts.profiles.all() if profile.kind == "gateway"))
    )


async def test_an_audience_can_tell_services_from_each_other_and_reads_no_name(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_desk(qtbot, demo_service, tmp_path, profiles=[MINE, HERS]) as desk:
        page = desk.view.services
        present(desk)
        shown = cards(page)
        assert shown["payg"] == "Pay-as-you-go"
        assert (shown["mine"], shown["hers"]) == (f"Service {COVER} 1", f"Service {COVER} 2")
        for profile_id, name in shown.items():
            await desk.choose(profile_id)
            assert page.name.displayText() == page.name.text() == page._heading.text() == name
        presentation_cover().draw(None)
        assert cards(page)["hers"] == page.name.text() == "Acme Ltd 2" or desk.shown != "hers"
        await desk.choose("hers")
        assert page.name.text() == "Acme Ltd 2"


async def test_a_hidden_name_can_be_replaced_but_not_kept_in_part(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_desk(qtbot, demo_service, tmp_path, profiles=[MINE]) as desk:
        page = desk.view.services
        present(desk)
        await desk.choose("mine")
        page.name.editingFinished.emit()
        assert desk.parts.profiles.get("mine").name == "Acme Ltd", "to look at it changes nothing"
        qtbot.keyClick(page.name, Qt.Key.Key_End)
        qtbot.keyClicks(page.name, " b")
        qtbot.keyClick(page.name, Qt.Key.Key_Return)
        await desk.settle()
        assert page.name_notice.text().startswith("The name is hidden now.")
        assert desk.parts.profiles.get("mine").name == "Acme Ltd"
        page.name.selectAll()
        qtbot.keyClicks(page.name, "Stage")
        qtbot.keyClick(page.name, Qt.Key.Key_Return)
        await desk.settle()
        assert desk.parts.profiles.get("mine").name == "Stage"


# -- room -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("wide", "scale", "columns"), [(1360, 1.0, 4), (880, 1.0, 3), (1360, 2.0, 2), (880, 2.0, 1)])
async def test_cards_share_the_room_there_is_and_never_scroll_by_themselves(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path, wide: int, scale: float, columns: int
) -> None:
    async with settings_desk(qtbot, demo_service, tmp_path, profiles=[MINE, HERS]) as desk:
        desk.view.resize(wide, 600)
        theme().set_text_scale(scale)
        cards = desk.view.services.profiles
        await until(lambda: cards.width() < wide and not cards.verticalScrollBar().maximum())
        QApplication.sendPostedEvents()
        spots = [cards.visualRect(cards.model().index(row, 0)) for row in range(cards.model().rowCount())]
        assert len({spot.left() for spot in spots}) == columns
        assert all(cards.viewport().rect().contains(spot) for spot in spots)
        assert cards.viewport().width() - max(spot.right() for spot in spots) <= columns + 1, "no room is left over"


async def test_controls_keep_the_name_they_are_found_by(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_desk(qtbot, demo_service, tmp_path) as desk:
        connection = desk.view.services.connection

        def seen() -> tuple[str, str]:
            interface = QAccessible.queryAccessibleInterface(connection.test)
            return interface.text(QAccessible.Text.Name), interface.text(QAccessible.Text.Description)

        def names() -> list[str]:
            return [row.title for row in connection._model.rows()]

        before = names()
        assert seen() == ("Test connection", "")
        connection.test.click()
        await until(lambda: connection.test.text() == "Stop test")
        assert seen() == ("Test connection", "Running; press to stop.")
        await desk.settle()
        assert seen() == ("Test connection", "")
        assert names() == before
        assert connection._model.rows()[0].subtitle.startswith("accepted in ")
        # No row says the same thing twice.
        for place in range(len(before)):
            parts = connection._model.index(place, 0).data(Qt.ItemDataRole.AccessibleTextRole).split(", ")
            assert len(parts) == len(set(parts))
