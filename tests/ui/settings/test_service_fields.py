"""Fields of a service accept typed text and text set by assistive tools, or show an error beside the field."""

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
from tests.ui.settings.harness import SettingsHarness, settings_harness
from tests.waiting import wait_until

MINE = {"id": "mine", "kind": "gateway", "name": "Acme Ltd", "base_url": "https://acme.example/v1"}
HERS = {"id": "hers", "kind": "gateway", "name": "Acme Ltd 2", "base_url": "https://hers.example/v1"}


@pytest.fixture(autouse=True)
def unmasked() -> Iterator[None]:
    yield
    presentation_cover().set_mask(None)
    theme().set_text_scale(1.0)


def put(line: QLineEdit, text: str) -> None:
    """Set a text as an assistive tool does: at once and without key presses."""
    QLineEdit.setText(line, text)


def cards(page: ServicesPage) -> dict[str, str]:
    model = page.profiles.model()
    return {row.key: model.index(place, 0).data() for place, row in enumerate(page._model.rows())}


async def test_an_address_error_stays_until_the_address_is_valid(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[MINE]) as harness:
        await harness.choose("mine")
        page = harness.view.services
        name_before = page.name.mapToGlobal(QPoint())
        page.url.selectAll()
        qtbot.keyClicks(page.url, "not a url")
        qtbot.keyClick(page.url, Qt.Key.Key_Return)
        await harness.settle()
        QApplication.sendPostedEvents()
        notice = page.url_notice
        assert "not a url" in notice.text() == page.url.accessibleDescription()
        below = notice.mapToGlobal(QPoint())
        assert below.x() == page.url.mapToGlobal(QPoint()).x()
        assert 0 < below.y() - page.url.mapToGlobal(page.url.rect().bottomLeft()).y() < 16
        assert page.name.mapToGlobal(QPoint()) == name_before, "the field beside it stays where it is"
        page.retranslate()
        assert notice.has_error
        page.url.selectAll()
        qtbot.keyClicks(page.url, MINE["base_url"] + "/")
        assert not notice.isVisible()
        qtbot.keyClick(page.url, Qt.Key.Key_Return)
        assert page.url.text() == MINE["base_url"]
        assert harness.notifications == []
        # The error belongs to this service only.
        put(page.url, "nowhere")
        await wait_until(lambda: notice.has_error)
        await harness.choose("payg")
        assert not notice.isVisible()


async def test_the_name_of_the_demo_service_is_reserved(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[MINE]) as harness:
        await harness.choose("mine")
        page = harness.view.services
        page.name.setText("demo service")
        qtbot.keyClick(page.name, Qt.Key.Key_Return)
        await harness.settle()
        assert page.name_notice.text().startswith("That name is reserved for the demo service.")
        assert harness.dependencies.profiles.get("mine").name == MINE["name"]


async def test_a_service_requires_a_name(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[MINE]) as harness:
        await harness.choose("mine")
        page = harness.view.services
        page.name.selectAll()
        qtbot.keyClick(page.name, Qt.Key.Key_Delete)
        qtbot.keyClick(page.name, Qt.Key.Key_Return)
        harness.dependencies.connection.on_change.emit()
        await harness.settle()
        assert page.name.text() == "", "what was refused waits to be mended"
        assert page.name_notice.text() == page.name.accessibleDescription() == "A service needs a name. Enter one."
        qtbot.keyClicks(page.name, "Acme")
        assert not page.name_notice.isVisible()
        qtbot.keyClick(page.name, Qt.Key.Key_Return)
        await harness.settle()
        assert harness.dependencies.profiles.get("mine").name == "Acme"


async def test_fields_set_in_sequence_by_a_tool_are_all_committed(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[MINE]) as harness:
        await harness.choose("mine")
        page = harness.view.services
        put(page.name, "Office two")
        await wait_until(lambda: page.name._settling.remainingTime() < 150)
        # The first field is committed and the page refreshed while this one is still being edited.
        put(page.url, "https://office.example/v1")
        await wait_until(lambda: harness.dependencies.profiles.get("mine").name == "Office two")
        assert page.url.text() == "https://office.example/v1"
        await wait_until(lambda: harness.dependencies.profiles.get("mine").base_url == "https://office.example/v1")
        page.per_minute.number.setValue(30)
        assert harness.dependencies.profiles.get("mine").requests_per_minute == 30
        await harness.settle()


async def test_the_first_of_its_kind_needs_no_number(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        page = harness.view.services
        page.kind.set_key("gateway")
        for _ in range(3):
            page.add.click()
            await harness.settle()
        names = [row["name"] for row in harness.dependencies.settings.get(PROFILES)]
        assert names == ["Gateway", "Gateway 2", "Gateway 3"]


async def test_actions_are_beside_the_service_name_and_adding_is_above(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[MINE]) as harness:
        await harness.choose("mine")
        page = harness.view.services
        assert page._heading.text() == "Acme Ltd"
        tops = {part: part.mapToGlobal(QPoint()).y() for part in (page.profiles, page.kind, page.add, page.name)}
        heading = page._heading.mapToGlobal(page._heading.rect().center()).y()
        assert tops[page.profiles] < tops[page.kind] == tops[page.add] < heading < tops[page.name]
        for act in (page.duplicate, page.remove):
            assert abs(act.mapToGlobal(act.rect().center()).y() - heading) <= 1


async def test_an_unknown_choice_is_refused_with_an_explanation(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        for choice, name, offered in (
            (harness.view.services.kind, "Service type", "Gateway"),
            (harness.view.appearance.theme, "Theme", "Light"),
        ):
            before = choice.key()
            assert isinstance(choice, Choice)
            put(choice.lineEdit(), "gpt-4")
            await wait_until(lambda: harness.notifications)
            message = harness.notifications.pop()
            assert message.text.startswith(f"{name} can't be “gpt-4”.")
            assert offered in message.text
            assert choice.key() == before
            withdrawn: list[str] = []
            harness.dependencies.notifier.withdrawn.connect(withdrawn.append)
            put(choice.lineEdit(), choice.itemText(1))
            assert withdrawn == [message.topic], "it is good now"
            harness.dependencies.notifier.withdrawn.disconnect(withdrawn.append)


async def test_a_long_error_wraps_without_widening_the_page(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[MINE]) as harness:
        await harness.choose("mine")
        page = harness.view.services
        harness.view.resize(880, 500)
        theme().set_text_scale(1.6)
        QApplication.sendPostedEvents()
        await harness.settle()
        narrowest = page.minimumSizeHint().width()
        put(page.url, "ftp:" + "/no-address" * 9)
        await wait_until(lambda: page.url_notice.has_error)
        page.key.refuse("Another kind of key: " + "https://platform.xiaomimimo.com/#/console/api-keys " * 2)
        for notice in (page.url_notice, page.key.notice):
            words = notice._message
            await wait_until(lambda words=words: words.height() >= words.heightForWidth(words.width()) > 0, 5)
            assert notice.height() >= words.height()
        assert page.minimumSizeHint().width() == narrowest


async def test_a_key_error_is_scrolled_into_view(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[MINE]) as harness:
        await harness.choose("payg")
        page = harness.view.services
        harness.view.resize(880, 380)
        QApplication.sendPostedEvents()
        harness.view.reveal(page.name)
        page.key.field.setText("tp-0123456789abcdef")
        await wait_until(lambda: not page.key.notice.visibleRegion().isEmpty())
        await wait_until(lambda: page.key.notice.visibleRegion().boundingRect() == page.key.notice.rect())


async def test_a_long_name_leaves_room_for_the_buttons(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[MINE]) as harness:
        page = harness.view.services
        await harness.choose("mine")
        before = page.minimumSizeHint().width()
        page.changed.emit({"name": "gateway" * 30})
        await harness.settle()
        QApplication.sendPostedEvents()
        assert page._heading.text() == "gateway" * 30
        assert page.minimumSizeHint().width() < 2 * before
        middles = {part.mapToGlobal(part.rect().center()).y() for part in (page._heading, page.duplicate, page.remove)}
        assert max(middles) - min(middles) <= 1


# -- before an audience -----------------------------------------------------------------------------------------------


def present(harness: SettingsHarness) -> None:
    harness.dependencies.settings.set(PRESENTATION_MODE, True)
    presentation_cover().set_mask(
        PresentationMask(
            names=(profile.name for profile in harness.dependencies.profiles.all() if profile.kind == "gateway")
        )
    )


async def test_presentation_mode_numbers_masked_services(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[MINE, HERS]) as harness:
        page = harness.view.services
        present(harness)
        shown = cards(page)
        assert shown["payg"] == "Pay-as-you-go"
        assert (shown["mine"], shown["hers"]) == (f"Service {COVER} 1", f"Service {COVER} 2")
        for profile_id, name in shown.items():
            await harness.choose(profile_id)
            assert page.name.displayText() == page.name.text() == page._heading.text() == name
        presentation_cover().set_mask(None)
        assert cards(page)["hers"] == page.name.text() == "Acme Ltd 2" or harness.shown != "hers"
        await harness.choose("hers")
        assert page.name.text() == "Acme Ltd 2"


async def test_a_masked_name_can_only_be_replaced_as_a_whole(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[MINE]) as harness:
        page = harness.view.services
        present(harness)
        await harness.choose("mine")
        page.name.editingFinished.emit()
        assert harness.dependencies.profiles.get("mine").name == "Acme Ltd", "to look at it changes nothing"
        qtbot.keyClick(page.name, Qt.Key.Key_End)
        qtbot.keyClicks(page.name, " b")
        qtbot.keyClick(page.name, Qt.Key.Key_Return)
        await harness.settle()
        assert page.name_notice.text().startswith("The name is hidden while presenting.")
        assert harness.dependencies.profiles.get("mine").name == "Acme Ltd"
        page.name.selectAll()
        qtbot.keyClicks(page.name, "Stage")
        qtbot.keyClick(page.name, Qt.Key.Key_Return)
        await harness.settle()
        assert harness.dependencies.profiles.get("mine").name == "Stage"


# -- room -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("wide", "scale", "columns"), [(1360, 1.0, 3), (880, 1.0, 2), (1360, 2.0, 2), (880, 2.0, 1)])
async def test_cards_share_the_width_and_never_scroll(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path, wide: int, scale: float, columns: int
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[MINE, HERS]) as harness:
        harness.view.resize(wide, 600)
        theme().set_text_scale(scale)
        cards = harness.view.services.profiles
        await wait_until(lambda: cards.width() < wide and not cards.verticalScrollBar().maximum())
        QApplication.sendPostedEvents()
        spots = [cards.visualRect(cards.model().index(row, 0)) for row in range(cards.model().rowCount())]
        assert len({spot.left() for spot in spots}) == columns
        assert all(cards.viewport().rect().contains(spot) for spot in spots)
        assert cards.viewport().width() - max(spot.right() for spot in spots) <= columns + 1, "no room is left over"


async def test_accessible_names_do_not_change(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        connection = harness.view.services.connection

        def seen() -> tuple[str, str]:
            interface = QAccessible.queryAccessibleInterface(connection.test)
            return interface.text(QAccessible.Text.Name), interface.text(QAccessible.Text.Description)

        def names() -> list[str]:
            return [row.title for row in connection._model.rows()]

        before = names()
        assert seen() == ("Test connection", "")
        connection.test.click()
        await wait_until(lambda: connection.test.text() == "Stop test")
        assert seen() == ("Stop test", "")
        await harness.settle()
        assert seen() == ("Test connection", "")
        assert names() == before
        assert connection._model.rows()[0].subtitle.startswith("accepted in ")
        # No row shows the same text twice.
        for place in range(len(before)):
            dependencies = connection._model.index(place, 0).data(Qt.ItemDataRole.AccessibleTextRole).split(", ")
            assert len(dependencies) == len(set(dependencies))
