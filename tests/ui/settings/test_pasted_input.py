"""Pasted addresses and keys are tidied visibly, and a test tests what is in the fields."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.settings.search import find
from tests.plugins.demo_service import DemoService
from tests.ui.settings.harness import TYPED_KEY, SettingsHarness, settings_harness

GATEWAY = {"id": "mine", "kind": "gateway", "name": "Mine", "base_url": "https://gateway.example.org/v1"}


async def enter(qtbot: QtBot, harness: SettingsHarness, address: str) -> None:
    url = harness.view.services.url
    url.selectAll()
    url.insert(address)
    qtbot.keyClick(url, Qt.Key.Key_Return)
    await harness.settle()


@pytest.mark.parametrize(
    ("pasted", "saved"),
    [
        ("https://new.example/v1/chat/completions", "https://new.example/v1"),
        ("new.example", "https://new.example/v1"),
        (' "https://new.example/v1/" ', "https://new.example/v1"),
        ("192.168.0.7:8000", "http://192.168.0.7:8000/v1"),
    ],
)
async def test_a_pasted_address_becomes_a_base_url(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path, pasted: str, saved: str
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[GATEWAY]) as harness:
        await harness.choose("mine")
        await enter(qtbot, harness, pasted)
        page = harness.view.services
        assert harness.dependencies.profiles.get("mine").base_url == saved == page.url.text()
        assert page.url_notice.isHidden() == ('"' in pasted), "what was changed is said"
        await harness.undo()
        assert harness.dependencies.profiles.get("mine").base_url == GATEWAY["base_url"]


async def test_a_refused_address_is_not_tested_in_favour_of_the_saved_one(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    own = {**GATEWAY, "base_url": demo_service.base_url, "retries": 0}
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[own]) as harness:
        await harness.dependencies.keys.save("mine", demo_service.key)
        await harness.choose("mine")
        page = harness.view.services
        page.url.setText("no address")
        page.connection.test.click()
        await harness.settle()
        assert page.url_notice.has_error
        assert page.url.text() == "no address"
        rows = page.connection.results.model()
        assert "accepted" not in str([rows.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) for row in range(3)])
        assert page.connection.explanation.isHidden()


async def test_a_typed_address_is_the_one_that_is_tested(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    own = {**GATEWAY, "base_url": demo_service.base_url, "retries": 0}
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[own]) as harness:
        await harness.choose("mine")
        page = harness.view.services
        page.url.setText("http://127.0.0.1:9/v1")
        page.connection.test.click()
        await harness.settle()
        assert harness.dependencies.profiles.get("mine").base_url == "http://127.0.0.1:9/v1"
        assert "refused the connection" in page.connection.explanation.text()


async def test_everything_typed_is_saved_or_refused_before_a_test_and_before_use(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    own = {**GATEWAY, "base_url": demo_service.base_url, "retries": 0}
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[own]) as harness:
        await harness.choose("mine")
        page, profiles = harness.view.services, harness.dependencies.profiles
        page.models.setText("mimo-v9-own")
        page.gateway.unsupported.setText("top_p")
        page.gateway.extra_body.setText("{")
        page.connection.use.click()
        await harness.settle()
        assert page.gateway.extra_notice.has_error and profiles.active.id != "mine"
        assert (profiles.get("mine").models, profiles.get("mine").unsupported_parameters) == (
            ("mimo-v9-own",), ("top_p",),
        )  # fmt: skip
        page.gateway.extra_body.setText('{"top_k": 20}')
        page.url.setText("http://127.0.0.1:9/v1")
        page.connection.use.click()
        await harness.settle()
        used = profiles.active
        assert (used.id, used.base_url, used.extra_body) == ("mine", "http://127.0.0.1:9/v1", {"top_k": 20})


@pytest.mark.parametrize("pasted", [f'"{TYPED_KEY}"', f"Bearer {TYPED_KEY}", f"密钥：{TYPED_KEY}\u200b"])
async def test_a_key_is_saved_without_what_was_pasted_around_it(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path, pasted: str
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        await harness.choose("payg")
        key = harness.view.services.key
        key.field.setText(pasted)
        key.save.click()
        await harness.settle()
        assert harness.keychain.kept == {"payg": TYPED_KEY}
        assert "left out" in harness.notifications[-1].text


async def test_an_unsaved_key_is_not_replaced_by_the_saved_one_in_a_test(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        await harness.choose("payg")
        page = harness.view.services
        page.key.field.setText(TYPED_KEY)
        page.connection.test.click()
        await harness.settle()
        assert "not saved yet" in page.key.notice.text()


async def test_what_a_gateway_takes_can_be_edited(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[GATEWAY]) as harness:
        await harness.choose("payg")
        gateway = harness.view.services.gateway
        assert not gateway.isVisible()
        await harness.choose("mine")
        assert gateway.isVisible()
        assert "check its spelling" in gateway.extra_body.toolTip()
        qtbot.keyClicks(gateway.extra_body, '{"top_k": 20')
        assert "not valid JSON" in gateway.extra_notice.text()
        qtbot.keyClick(gateway.extra_body, Qt.Key.Key_Return)
        assert gateway.extra_notice.has_error
        qtbot.keyClicks(gateway.extra_body, "}")
        assert gateway.extra_notice.isHidden()
        qtbot.keyClick(gateway.extra_body, Qt.Key.Key_Return)
        await harness.settle()
        gateway.token_field.chosen.emit("max_tokens")
        gateway.unsupported.setText("thinking, frequency_penalty")
        gateway.unsupported.editingFinished.emit()
        await harness.settle()
        saved = harness.dependencies.profiles.get("mine")
        assert saved.extra_body == {"top_k": 20}
        assert saved.token_field == "max_tokens"
        assert saved.unsupported_parameters == ("thinking", "frequency_penalty")


async def test_search_knows_other_words(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        view = harness.view
        pages = {"network": view.network, "appearance": view.appearance}
        for page in pages.values():
            page.show()
        assert [found.page for found in find({"network": view.network}, "timeout")]
        assert [found.page for found in find({"network": view.network}, "超时")]
        assert [found.page for found in find({"appearance": view.appearance}, "font")]
        assert not find(pages, "xyzzy")


async def test_a_pasted_anthropic_endpoint_switches_the_protocol_with_undo(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[GATEWAY]) as harness:
        await harness.choose("mine")
        await enter(qtbot, harness, "https://gateway.example.org/anthropic/v1/messages")
        page, profiles = harness.view.services, harness.dependencies.profiles
        profile = profiles.get("mine")
        assert (profile.base_url, profile.protocol) == ("https://gateway.example.org/anthropic", "anthropic")
        assert page.protocol.key() == "anthropic"
        assert "switched to Anthropic" in page.url.accessibleDescription()
        await harness.undo()
        profile = profiles.get("mine")
        assert (profile.base_url, profile.protocol) == (GATEWAY["base_url"], "openai")


async def test_a_pasted_openai_endpoint_switches_the_protocol_back_with_undo(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    own = {**GATEWAY, "protocol": "anthropic", "base_url": "https://gateway.example.org/anthropic"}
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[own]) as harness:
        await harness.choose("mine")
        page, profiles = harness.view.services, harness.dependencies.profiles
        await enter(qtbot, harness, "https://gateway.example.org/v1/models")
        assert profiles.get("mine").protocol == "anthropic", "both protocols have a list of models"
        await harness.undo()
        await enter(qtbot, harness, "https://gateway.example.org/v1/chat/completions")
        profile = profiles.get("mine")
        assert (profile.base_url, profile.protocol) == ("https://gateway.example.org/v1", "openai")
        assert page.protocol.key() == "openai"
        assert "switched to OpenAI" in page.url.accessibleDescription()
        await harness.undo()
        profile = profiles.get("mine")
        assert (profile.base_url, profile.protocol) == (own["base_url"], "anthropic")


async def test_the_notices_follow_a_switch_of_the_language(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[GATEWAY]) as harness:
        await harness.choose("token-plan-cn")
        page = harness.view.services
        page.connection.test.click()
        await harness.choose("token-plan-cn")
        await enter(qtbot, harness, "https://token-plan-cn.xiaomimimo.com/v1/chat/completions")
        assert "left out" in page.url_notice.text() and "terms" in page.terms_notice.text()
        translate = QCoreApplication.translate
        monkeypatch.setattr(QCoreApplication, "translate", lambda *words: f"文{translate(*words)}")
        QApplication.sendEvent(harness.view, QEvent(QEvent.Type.LanguageChange))
        for text in (page.url_notice.text(), page.url.accessibleDescription(), page.terms_notice.text()):
            assert text.startswith("文")


async def test_a_refused_number_is_not_shown_for_another_service(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    other = {**GATEWAY, "id": "other", "name": "Other"}
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[GATEWAY, other]) as harness:
        await harness.choose("mine")
        number = harness.view.services.per_minute.number
        number.lineEdit().setText("many")
        number.finish()
        assert number.refusal
        await harness.choose("other")
        assert (number.refusal, number.text()) == ("", "100")
