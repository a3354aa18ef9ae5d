"""Prices and spend are shown as estimates; prices and quota can be edited."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from app.core.messages import Usage
from app.core.presentation_mask import COVER, PresentationMask
from app.core.settings import PRESENTATION_MODE, PRICES, QUOTA, QUOTA_DAY
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_model import RowRole
from tests.plugins.demo_service import DemoService
from tests.ui.settings.harness import settings_harness

MILLION = Usage(prompt=1_000_000)
SERVER = {"id": "mine", "kind": "self-hosted", "name": "Mine", "base_url": "http://localhost:1/v1"}


async def test_prices_are_shown_in_the_chosen_currency(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        section = harness.view.services.prices
        assert not section.dollars.isVisible()
        await harness.choose("payg")
        section.model.set_key("mimo-v2.5-pro")
        section.model_chosen.emit("mimo-v2.5-pro")
        assert section.dollars.isChecked()
        assert "$0.435 in" in section._description.text()
        assert "estimate" in section._description.text()
        section.yuan.click()
        await harness.settle()
        assert "¥3 in" in section._description.text()
        assert harness.dependencies.profiles.get("payg").currency == "CNY"
        assert QAccessible.queryAccessibleInterface(section.yuan).text(QAccessible.Text.Name) == "Prices in yuan"


async def test_own_prices_are_used_and_can_be_undone(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[SERVER], active_profile="mine") as harness:
        page = harness.view.services
        section, model = page.prices, harness.dependencies.models.chosen("chat")
        assert "is unknown" in section._description.text()
        section.yuan.click()
        await harness.settle()
        section.miss.set_value(2.5)
        section.own.click()
        assert "your prices" in section._description.text()
        harness.dependencies.spending.used(model, MILLION)
        await harness.settle()
        assert page.spend._sums[0].text() == "≈ ¥2.50"
        section.listed.click()
        assert harness.dependencies.settings.get(PRICES) == {}
        await harness.undo()
        assert harness.dependencies.settings.get(PRICES)["mine"][model]["miss"] == 2.5


async def test_unsaved_prices_stay_until_others_are_shown(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[SERVER]) as harness:
        section = harness.view.services.prices
        await harness.choose("payg")

        def tell() -> None:
            harness.dependencies.models.on_change.emit()

        section.miss.number.selectAll()
        qtbot.keyClicks(section.miss.number, "7.5")
        tell()
        assert section.miss.value() == 7.5
        section.own.click()
        assert "$7.5 in" in section._description.text()
        # Unsaved input does not carry over to the next service or model.
        for leave in (harness.choose("mine"), None):
            section.miss.set_value(8.0)
            if leave is None:
                section.model_chosen.emit("mimo-v2.5-pro")
            else:
                await leave
            assert section.miss.value() != 8.0
        # Returning to the price list discards the typed prices too.
        await harness.choose("payg")
        section.own.click()
        section.miss.set_value(9.0)
        section.listed.click()
        assert section.miss.value() != 9.0


async def test_spend_is_shown_by_period_model_and_day(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, active_profile="payg") as harness:
        section = harness.view.services.spend
        assert [label.text() for label in section._sums] == ["–"] * 3
        assert not section.chart.isVisibleTo(section)
        harness.dependencies.spending.used("mimo-v2.5-pro", MILLION)
        harness.dependencies.spending.used("mimo-v9-unknown", MILLION)
        await harness.settle()
        assert [label.text() for label in section._sums] == ["≈ $0.4350"] * 3
        rows = [section.models.model().index(row, 0) for row in range(2)]
        lines = {index.data(): index.data(RowRole.SUBTITLE) for index in rows}
        assert "this month ≈ $0.4350 (1M tokens)" in lines["mimo-v2.5-pro"]
        # An unknown price never counts as zero.
        assert section._unpriced.text().startswith("1 calls this month are not included")
        assert "this month –" in lines["mimo-v9-unknown"]
        chart = QAccessible.queryAccessibleInterface(section.chart)
        assert chart.role() == QAccessible.Role.Chart
        assert "≈ $0.4350" in chart.text(QAccessible.Text.Description)
        assert "≈ $0.4350" in section._chart_words.text()
        assert not section._credits.isVisibleTo(section)


async def test_models_of_a_private_gateway_are_hidden_while_presenting(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    mine = {"id": "mine", "kind": "gateway", "name": "Mine", "base_url": "https://gateway.example.org/v1"}
    async with settings_harness(qtbot, demo_service, tmp_path, profiles=[mine], active_profile="mine") as harness:
        section = harness.view.services.spend
        for model in ("berg-labs/assistant", "xiaomi/mimo-v2.6-pro"):
            harness.dependencies.spending.used(model, MILLION)
        await harness.settle()

        def shown() -> set[str]:
            return {section.models.model().index(row, 0).data() for row in range(2)}

        assert shown() == {"berg-labs/assistant", "xiaomi/mimo-v2.6-pro"}
        harness.dependencies.settings.set(PRESENTATION_MODE, True)
        presentation_cover().set_mask(PresentationMask())
        await harness.settle()
        while_presenting = shown()
        harness.dependencies.settings.set(PRESENTATION_MODE, False)
        presentation_cover().set_mask(None)
        await harness.settle()
        assert while_presenting == {f"Model {COVER} 1", "xiaomi/mimo-v2.6-pro"}
        assert shown() == {"berg-labs/assistant", "xiaomi/mimo-v2.6-pro"}


async def test_credits_count_towards_the_entered_quota(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(
        qtbot, demo_service, tmp_path, active_profile="token-plan-cn", token_plan_terms=True
    ) as harness:
        section = harness.view.services.spend
        harness.dependencies.spending.used("mimo-v2.5-pro", MILLION)
        await harness.settle()
        assert "this workbench only" in section._full_words.text()
        assert not section.full.isVisibleTo(section)
        section.plan.chosen.emit("lite")
        await harness.settle()
        assert harness.dependencies.settings.get(QUOTA) == 4.1e9
        assert section.full.value() in (6, 7)  # 300 million credits, or a fifth less at night in Beijing.
        section.quota.number.setValue(600)
        section.quota.number.editingFinished.emit()
        section.day.number.setValue(17)
        section.day.number.editingFinished.emit()
        assert harness.dependencies.settings.get(QUOTA) == 6e8
        assert harness.dependencies.settings.get(QUOTA_DAY) == 17
        assert section.plan.key() == "own"
        assert section.full.value() in (40, 50)
        section.day.number.setValue(3)
        assert harness.dependencies.settings.get(QUOTA_DAY) == 3, "an assistive tool presses no Enter"
        assert "credits" in section._sums[0].text()
        assert "$" not in section._sums[0].text()


async def test_new_spend_does_not_overwrite_a_quota_being_typed(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(
        qtbot, demo_service, tmp_path, active_profile="token-plan-cn", token_plan_terms=True
    ) as harness:
        quota = harness.view.services.spend.quota
        quota.number.selectAll()
        qtbot.keyClicks(quota.number, "60")
        harness.dependencies.spending.used("mimo-v2.5-pro", MILLION)
        await harness.settle()
        assert quota.value() == 60.0
        qtbot.keyClick(quota.number, Qt.Key.Key_Return)
        assert harness.dependencies.settings.get(QUOTA) == 6e7
        harness.dependencies.settings.set(QUOTA, 7.77e7)
        assert quota.number.text() == "78", "what is set elsewhere is shown when nobody types, in whole millions"
        quota.number.editingFinished.emit()
        assert harness.dependencies.settings.get(QUOTA) == 7.77e7, "and stays what it is"
