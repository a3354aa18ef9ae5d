"""Services are added, changed, tested and removed; keys are only sent to their own host."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.core.errors import Code, ServiceError
from app.core.profiles import PRESETS, Profile
from app.core.settings import ACTIVE_PROFILE, PRESENTATION_MODE, PROFILES, TOKEN_PLAN_TERMS
from app.services.connection_test import NAMES, TestResult
from app.services.profiles import profile_for_this_run
from app.storage.secrets import EnvironmentSecrets
from app.ui.settings import connection_presenter
from app.ui.settings.services_page import ADDABLE_KINDS
from app.ui.texts.services import service_name
from app.ui.widgets.row_model import RowRole
from tests.plugins.demo_service import DemoService
from tests.ui.settings.harness import TYPED_KEY, SettingsHarness, settings_harness
from tests.waiting import wait_until

GATEWAY = {"id": "mine", "kind": "gateway", "name": "Mine", "base_url": "https://gateway.example.org/v1"}


def own_service(demo_service: DemoService, **changes: object) -> dict[str, object]:
    """Profile fields for the demo service as a self-hosted server."""
    return {
        "id": "own", "kind": "self-hosted", "name": "Own", "base_url": demo_service.base_url, "retries": 0, **changes,
    }  # fmt: skip


async def test_every_documented_host_is_preset(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        model = harness.view.services.profiles.model()
        rows = [model.index(row, 0).data() for row in range(model.rowCount())]
        assert rows == [
            "Demo service", "Pay-as-you-go", "Token Plan, China", "Token Plan, Singapore", "Token Plan, Amsterdam",
            "Self-hosted",
        ]  # fmt: skip
        assert model.index(0, 0).data(RowRole.BADGE) == "in use"
        await harness.choose("token-plan-sgp")
        assert harness.view.services.url.text() == "https://token-plan-sgp.xiaomimimo.com/v1"


@pytest.mark.parametrize("kind", ADDABLE_KINDS)
async def test_adding_a_service_of_each_kind_can_be_undone(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path, kind: str
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        page = harness.view.services
        page.kind.set_key(kind)
        page.add.click()
        await harness.settle()
        (added,) = harness.dependencies.settings.get(PROFILES)
        assert added["kind"] == kind
        assert harness.shown == added["id"]
        assert page.name.text() == added["name"]
        await harness.undo()
        assert harness.dependencies.settings.get(PROFILES) == []
        assert harness.shown == "demo"


async def test_a_change_applies_at_once_and_can_be_undone(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[GATEWAY]) as harness:
        await harness.choose("mine")
        page = harness.view.services
        page.name.setText("Office")
        page.name.editingFinished.emit()
        await harness.settle()
        assert harness.dependencies.profiles.get("mine").name == "Office"
        page.protocol.chosen.emit("anthropic")
        await harness.settle()
        assert harness.dependencies.profiles.get("mine").protocol == "anthropic"
        await harness.undo()
        assert harness.dependencies.profiles.get("mine").protocol == "openai"
        assert page.protocol.key() == "openai"


async def test_an_invalid_address_is_refused_in_place(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[GATEWAY]) as harness:
        await harness.choose("mine")
        page = harness.view.services
        page.url.setText("somewhere")
        page.url.editingFinished.emit()
        await harness.settle()
        assert "not a valid web address" in page.url_notice.text()
        assert harness.dependencies.profiles.get("mine").base_url == GATEWAY["base_url"]


async def test_a_copy_has_its_own_name_and_no_key(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[GATEWAY]) as harness:
        await harness.dependencies.keys.save("mine", TYPED_KEY)
        await harness.choose("mine")
        harness.view.services.duplicate.click()
        await harness.settle()
        copy = harness.dependencies.profiles.get(harness.shown)
        assert (copy.name, copy.base_url) == ("Mine 2", GATEWAY["base_url"])
        assert await harness.dependencies.keys.find(copy.id) is None
        assert "No key is saved" in harness.view.services.key.where.text()


async def test_removing_a_service_removes_its_key_and_undo_restores_both(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[GATEWAY], active_profile="mine") as harness:
        await harness.dependencies.keys.save("mine", TYPED_KEY)
        harness.view.services.remove.click()
        await harness.settle()
        assert harness.keychain.kept == {}
        assert harness.dependencies.connection.profile.id == "demo"
        assert harness.dependencies.settings.get(ACTIVE_PROFILE) == "demo"
        await harness.undo()
        assert harness.keychain.kept == {"mine": TYPED_KEY}
        assert harness.dependencies.connection.profile.id == "mine"
        assert harness.shown == "mine"


async def test_presets_cannot_be_removed(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        for preset in PRESETS:
            await harness.choose(preset.id)
            assert not harness.view.services.remove.isEnabled()


async def test_a_key_of_the_wrong_kind_shows_a_warning_and_is_refused(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        await harness.choose("payg")
        page = harness.view.services
        assert page.key.field.echoMode() == QLineEdit.EchoMode.Password
        page.key.field.setText("tp")
        assert not page.key.notice.isVisible()
        page.key.field.setText("tp-0123456789abcdef")
        assert page.key.notice.isVisible()
        assert "api.xiaomimimo.com accepts only sk- keys" in page.key.notice.text()
        page.key.save.click()
        await harness.settle()
        assert "not the kind" in page.key.notice.text() == page.key.field.accessibleDescription()
        assert page.key.notice.action.text() == "Use it with Token Plan, China"
        assert harness.keychain.kept == {}
        assert page.key.field.text() == "tp-0123456789abcdef"
        page.key.field.setText(TYPED_KEY)
        assert not page.key.notice.isVisible()


async def test_a_key_can_be_moved_to_the_service_that_accepts_it(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        await harness.choose("token-plan-ams")
        page = harness.view.services
        page.key.field.setText(TYPED_KEY)
        page.key.notice.action.click()
        await harness.settle()
        assert harness.shown == "payg"
        assert page.key.field.text() == TYPED_KEY
        page.key.save.click()
        await harness.settle()
        assert harness.keychain.kept == {"payg": TYPED_KEY}


async def test_a_saved_key_shows_only_its_end_and_nothing_in_presentation_mode(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        await harness.choose("payg")
        page = harness.view.services
        page.key.field.setText(TYPED_KEY)
        page.key.save.click()
        await harness.settle()
        assert page.key.field.text() == ""
        assert page.key.field.placeholderText().endswith("3f2a")
        assert "planted" not in page.key.field.placeholderText()
        assert "keychain" in page.key.where.text()
        harness.view.presentation.setChecked(True)
        await harness.settle()
        assert "3f2a" not in page.key.field.placeholderText()
        harness.view.presentation.setChecked(False)
        page.key.remove.click()
        await harness.settle()
        assert harness.keychain.kept == {}
        await harness.undo()
        assert harness.keychain.kept == {"payg": TYPED_KEY}


@pytest.mark.parametrize("in_file", [False, True])
async def test_without_a_keychain_the_page_says_where_the_key_is(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path, in_file: bool
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, keychain_works=False) as harness:
        await harness.choose("payg")
        page = harness.view.services
        assert "No keychain is available" in page.key.where.text()
        assert page.key.in_file.isVisibleTo(page)
        page.key.in_file.setChecked(in_file)
        page.key.field.setText(TYPED_KEY)
        page.key.save.click()
        await harness.settle()
        assert ("unencrypted" if in_file else "until the program closes") in page.key.where.text()
        assert (tmp_path / "home" / "secrets.json").exists() == in_file


async def test_a_token_plan_is_not_used_before_its_terms_are_accepted(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        page = harness.view.services
        assert not page.accept.isVisible()
        await harness.choose("token-plan-cn")
        assert page.accept.isVisible()
        for button in (page.connection.use, page.connection.test):
            button.click()
            await harness.settle()
            assert "Token Plan terms" in page.terms_notice.text()
        assert harness.dependencies.connection.profile.id == "demo"
        page.accept.setChecked(True)
        assert harness.dependencies.settings.get(TOKEN_PLAN_TERMS)
        assert not page.terms_notice.isVisible()
        page.connection.use.click()
        await harness.settle()
        assert harness.dependencies.connection.profile.id == "token-plan-cn"


def results(harness: SettingsHarness) -> dict[str, tuple[str, str]]:
    model = harness.view.services.connection.results.model()
    indexes = [model.index(row, 0) for row in range(model.rowCount())]
    return {index.data(RowRole.KEY): (index.data(RowRole.BADGE), index.data(RowRole.SUBTITLE)) for index in indexes}


async def test_every_part_of_a_service_is_tested(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        connection = harness.view.services.connection
        assert [said for _, said in results(harness).values()] == ["not tested yet"] * len(NAMES)
        connection.test.click()
        assert connection.test.text() == "Test connection"
        await wait_until(lambda: connection.test.text() == "Stop test")
        await harness.settle()
        found = results(harness)
        assert {state for state, _ in found.values()} == {"works"}
        assert found["models"][1].startswith("9 found")
        assert ", streamed" in found["speech"][1]
        assert connection.test.text() == "Test connection"
        assert not connection.explanation.isVisible()


async def test_a_failure_is_explained_and_the_remaining_tests_are_skipped(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[own_service(demo_service)]) as harness:
        await harness.dependencies.keys.save("own", "sk-wrong-wrong-wrong-wrong")
        await harness.choose("own")
        connection = harness.view.services.connection
        connection.test.click()
        await harness.settle()
        found = results(harness)
        assert found["key"][0] == "fails"
        assert {found[name] for name in NAMES[1:]} == {("", "not tried")}
        assert connection.explanation.text().startswith("Key: ")
        assert "did not accept the key" in connection.explanation.text()
        assert not connection.explanation.action.isVisible()


async def test_disabled_web_search_links_to_the_console(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("app.ui.settings.connection_presenter.host_of", lambda url: "api.xiaomimimo.com")
    demo_service.control("search", {"enabled": False})
    own = own_service(demo_service, kind="payg")
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[own]) as harness:
        await harness.dependencies.keys.save("own", demo_service.key)
        await harness.choose("own")
        connection = harness.view.services.connection
        connection.address_opened.disconnect()
        connection.address_opened.connect(opened.append)
        connection.test.click()
        await harness.settle()
        assert results(harness)["search"][0] == "partly works"
        assert results(harness)["speech"][0] == "works"
        # The address is shown before it is opened.
        assert "https://platform.xiaomimimo.com/#/console/plugin" in connection.explanation.text()
        connection.explanation.action.click()
        assert opened == ["https://platform.xiaomimimo.com/#/console/plugin"]


async def test_a_failure_is_announced_once_however_many_tests_follow(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[own_service(demo_service)]) as harness:
        await harness.dependencies.keys.save("own", "sk-wrong-wrong-wrong-wrong")
        await harness.choose("own")
        connection, announced = harness.view.services.connection, []
        monkeypatch.setattr(connection.explanation, "announce", lambda: announced.append(connection.explanation.text()))
        for runs in (1, 2):
            connection.test.click()
            await harness.settle()
            assert connection.explanation.isVisibleTo(connection)
            assert len(announced) == runs


async def test_a_test_can_be_stopped(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        demo_service.arm("delay=30")
        connection = harness.view.services.connection
        connection.test.click()
        await wait_until(lambda: connection.test.text() == "Stop test")
        connection.test.click()
        await harness.settle()
        assert connection.test.text() == "Test connection"
        assert {said for _, said in results(harness).values()} == {"not tested yet"}


async def test_presentation_mode_masks_hosts_if_enabled(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    hidden = {"presentation_mode": True, "presentation_hides_hosts": True}
    hidden |= {"proxy": "http://127.0.0.1:7890", "certificates": "/home/someone/own.pem"}
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[GATEWAY], **hidden) as harness:
        await harness.choose("mine")
        page = harness.view.services
        assert "gateway" not in page.url.displayText()
        assert "7890" not in harness.view.network.proxy.displayText()
        assert "home" not in harness.view.network.certificates.displayText()
        model = page.profiles.model()
        shown = " ".join(str(model.index(row, 0).data(RowRole.SUBTITLE)) for row in range(model.rowCount()))
        assert "gateway" not in shown
        page.url.editingFinished.emit()
        assert harness.dependencies.profiles.get("mine").base_url == GATEWAY["base_url"]


async def test_models_and_limit_can_be_entered_for_a_service_without_a_list(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    own = own_service(demo_service, requests_per_minute=0)
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[own], active_profile="own") as harness:
        page = harness.view.services
        page.models.setText("house-large,  house-small house-large")
        page.models.editingFinished.emit()
        page.per_minute.number.setValue(30)
        page.per_minute.number.editingFinished.emit()
        await harness.settle()
        profile = harness.dependencies.connection.profile
        assert profile.models == ("house-large", "house-small")
        assert profile.requests_per_minute == 30
        assert page.models.text() == "house-large, house-small"
        await harness.undo()
        assert harness.dependencies.profiles.get("own").requests_per_minute == 0


async def test_sending_a_key_to_another_host_is_reported(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[GATEWAY]) as harness:
        await harness.dependencies.keys.save("mine", TYPED_KEY)
        await harness.choose("mine")
        page = harness.view.services
        page.url.setText("https://elsewhere.example/v1/")
        page.url.editingFinished.emit()
        await harness.settle()
        assert "Its key is now sent to elsewhere.example" in harness.notifications[-1].text
        await harness.undo()
        assert harness.dependencies.profiles.get("mine").base_url == GATEWAY["base_url"]


async def test_a_change_belongs_to_the_service_it_was_typed_for(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[GATEWAY]) as harness:
        await harness.choose("mine")
        page = harness.view.services
        page.name.setText("Office")
        # Choosing another service leaves the field: both happen at once.
        page.name.editingFinished.emit()
        page.profile_chosen.emit("payg")
        await harness.settle()
        assert harness.dependencies.profiles.get("mine").name == "Office"
        assert harness.dependencies.profiles.get("payg").name == "Pay-as-you-go"
        assert harness.shown == "payg"


async def test_a_temporary_service_can_be_duplicated_but_not_removed(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    temporary = profile_for_this_run({}, base_url="https://given.example.org/v1", demo=False)
    assert temporary is not None
    async with settings_harness(qtbot, demo_service, tmp_path, temporary=temporary) as harness:
        page = harness.view.services
        assert harness.shown == temporary.id
        assert not page.remove.isEnabled()
        assert page._no_removal_reason.isVisible()
        assert "is not saved" in page._no_removal_reason.text()
        assert page.remove.accessibleDescription() == page.remove.toolTip() == page._no_removal_reason.text()
        page.duplicate.click()
        await harness.settle()
        assert harness.dependencies.settings.get(PROFILES)[0]["base_url"] == "https://given.example.org/v1"
        assert page.remove.isEnabled()
        assert page.remove.toolTip() == ""
        assert not page._no_removal_reason.isVisible()
        await harness.choose("payg")
        assert not page.remove.isEnabled()
        assert "not removed" in page.remove.toolTip()
        assert harness.dependencies.settings.get(ACTIVE_PROFILE) == "demo"
        assert harness.dependencies.connection.profile.id == temporary.id
    async with settings_harness(qtbot, demo_service, tmp_path / "demo", temporary=PRESETS[0]) as harness:
        assert not harness.view.services._no_removal_reason.isVisible(), "the demo service is there at any time"


async def test_undoing_an_addition_removes_everything(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        page = harness.view.services
        page.add.click()
        await harness.settle()
        undo = harness.notifications[-1].undo
        assert undo is not None
        page.key.field.setText(TYPED_KEY)
        page.key.save.click()
        await harness.settle()
        page.connection.use.click()
        await harness.settle()
        assert list(harness.keychain.kept.values()) == [TYPED_KEY]
        undo()
        await harness.settle()
        assert harness.keychain.kept == {}
        assert harness.dependencies.settings.get(PROFILES) == []
        assert harness.shown == harness.dependencies.connection.profile.id == "demo"


async def test_restoring_a_service_does_not_save_the_key_from_the_environment(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    lent = EnvironmentSecrets(lambda name: name == "mine", {"MIMO_API_KEY": TYPED_KEY})
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[GATEWAY], environment=lent) as harness:
        await harness.choose("mine")
        harness.view.services.remove.click()
        await harness.settle()
        await harness.undo()
        assert harness.shown == "mine"
        assert harness.keychain.kept == {}


async def test_saving_keys_in_a_file_is_chosen_per_service(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, keychain_works=False, profiles=[GATEWAY]) as harness:
        await harness.choose("payg")
        section = harness.view.services.key
        section.in_file.setChecked(True)
        await harness.choose("mine")
        assert not section.in_file.isChecked(), "it was asked for another service"
        await harness.choose("payg")
        assert not section.in_file.isChecked(), "and nothing was saved there"
        section.in_file.setChecked(True)
        harness.dependencies.connection.on_change.emit()
        await harness.settle()
        assert section.in_file.isChecked(), "what else happens takes it back from nobody"
        section.field.setText(TYPED_KEY)
        section.save.click()
        await harness.settle()
        await harness.choose("mine")
        assert not section.in_file.isChecked()
        await harness.choose("payg")
        assert section.in_file.isChecked(), "the next key goes where this one is"


async def test_unsaved_edits_survive_connection_changes(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[GATEWAY], active_profile="mine") as harness:
        page = harness.view.services

        async def hear() -> None:
            harness.dependencies.connection.on_change.emit()
            await harness.settle()

        for line, typed in ((page.name, "Off"), (page.url, "https://else"), (page.models, "house-l")):
            line.selectAll()
            qtbot.keyClicks(line, typed)
            await hear()
            assert line.text() == typed
            line.undo()
        qtbot.keyClick(page.per_minute.number, Qt.Key.Key_Up)
        stepped = page.per_minute.number.value()
        await hear()
        assert page.per_minute.number.value() == stepped
        page.per_minute.number.editingFinished.emit()
        # A committed edit shows the saved value and can change again.
        page.url.selectAll()
        qtbot.keyClicks(page.url, "https://elsewhere.example/v1/")
        qtbot.keyClick(page.url, Qt.Key.Key_Return)
        await harness.settle()
        assert page.url.text() == "https://elsewhere.example/v1"
        await harness.undo()
        assert page.url.text() == GATEWAY["base_url"]
        # A refused edit stays for correction.
        page.url.selectAll()
        qtbot.keyClicks(page.url, "elsewhere")
        qtbot.keyClick(page.url, Qt.Key.Key_Return)
        await hear()
        assert page.url.text() == "elsewhere"
        assert "not a valid web address" in page.url_notice.text()
        # The edit does not carry over to another service.
        page.name.selectAll()
        qtbot.keyClicks(page.name, "Off")
        page.profile_chosen.emit("payg")
        await harness.settle()
        assert (page.name.text(), page.url.text()) == ("Pay-as-you-go", "https://api.xiaomimimo.com/v1")


async def test_presentation_mode_masks_credentials_in_service_addresses(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    signed_in = {**GATEWAY, "base_url": "https://alice:hunter2@gateway.example.org/v1"}
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[signed_in], active_profile="mine") as harness:
        url = harness.view.services.url
        assert "hunter2" in url.displayText()
        harness.dependencies.settings.set(PRESENTATION_MODE, True)
        await harness.settle()
        assert "hunter2" not in url.displayText()
        assert "alice" not in url.displayText()
        await harness.choose("payg")
        assert url.displayText() == "https://api.xiaomimimo.com/v1"


async def test_a_token_plan_key_that_is_refused_can_be_tested_at_another_cluster(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tested: list[str] = []

    async def refuse(profile: Profile, *_: object, **__: object) -> AsyncGenerator[TestResult, None]:
        tested.append(profile.base_url)
        at_home = "ams" in profile.base_url
        error = None if at_home else ServiceError(Code.UNAUTHORIZED, host="x", status=401)
        yield TestResult("key", "good" if at_home else "bad", error=error)

    monkeypatch.setattr(connection_presenter, "run_tests", refuse)
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        harness.dependencies.settings.set(TOKEN_PLAN_TERMS, True)
        await harness.choose("token-plan-sgp")
        section = harness.view.services.connection
        section.test.click()
        await wait_until(lambda: not section.clusters["token-plan-ams"].isHidden())
        assert section.clusters["token-plan-sgp"].isHidden() and not section.clusters["token-plan-cn"].isHidden()
        assert section.clusters["token-plan-ams"].text() == "Switch to Token Plan, Amsterdam and test"
        section.clusters["token-plan-ams"].click()
        await wait_until(lambda: len(tested) == 2)
        await harness.settle()
        assert tested[1] == "https://token-plan-ams.xiaomimimo.com/v1" == harness.view.services.url.text()
        assert all(button.isHidden() for button in section.clusters.values())
        moved = harness.dependencies.profiles.get("token-plan-sgp")
        assert (moved.kind, moved.name) == ("token-plan-ams", "Token Plan, Amsterdam 2")
        await harness.undo()
        assert harness.view.services.url.text() == "https://token-plan-sgp.xiaomimimo.com/v1"
        assert service_name(harness.dependencies.profiles.get("token-plan-sgp")) == "Token Plan, Singapore"


async def test_a_cluster_typed_in_changes_a_given_name_no_more_than_it_must(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        profiles, change = harness.dependencies.profiles, harness.view.services.changed.emit
        await harness.choose("token-plan-sgp")
        for name, cluster, shown in (
            ("", "cn", "Token Plan, China 2"), ("", "sgp", "Token Plan, Singapore"), ("Mine", "cn", "Mine"),
        ):  # fmt: skip
            if name:
                change({"name": name})
            change({"base_url": f"https://token-plan-{cluster}.xiaomimimo.com/v1"})
            await harness.settle()
            profile = profiles.get("token-plan-sgp")
            assert (service_name(profile), profile.kind) == (shown, f"token-plan-{cluster}")
