"""The commands that lead to a page of the settings or to a setting. The first of them that is run builds the view."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.ui.theme.icons import Icon

if TYPE_CHECKING:
    from app.ui.settings.view import SettingsView
    from app.ui.window import Window

_PAGES: tuple[tuple[str, Icon, Callable[[], str], str], ...] = (
    (
        "services",
        Icon.KEY,
        lambda: QCoreApplication.translate("Settings", "Services"),
        "key url address endpoint host token plan protocol gateway price cost spend models test connection "
        "密钥 地址 主机 网址 令牌 协议 网关 价格 费用 花费 模型 测试连接",
    ),
    (
        "network",
        Icon.NETWORK,
        lambda: QCoreApplication.translate("Settings", "Network"),
        "timeout time limit proxy vpn certificate retry retries requests per minute rate limit "
        "超时 时限 代理 证书 重试 速率 每分钟请求",
    ),
    (
        "audio",
        Icon.SPEAKER,
        lambda: QCoreApplication.translate("Settings", "Audio"),
        "output input device speaker headphones microphone volume buffer test tone sound voice output "
        "输出 输入 设备 扬声器 耳机 麦克风 音量 缓冲 测试音 声音",
    ),
    (
        "appearance",
        Icon.PALETTE,
        lambda: QCoreApplication.translate("Settings", "Appearance"),
        "font text size zoom theme dark light colour color language translation motion animation presentation "
        "字体 字号 文字大小 缩放 主题 深色 浅色 颜色 语言 翻译 动画 演示",
    ),
    (
        "data",
        Icon.DATABASE,
        lambda: QCoreApplication.translate("Settings", "Data"),
        "backup restore export import erase delete storage disk folder home "
        "备份 恢复 导出 导入 清除 删除 存储 磁盘 文件夹",
    ),
    (
        "about",
        Icon.ABOUT,
        lambda: QCoreApplication.translate("Settings", "About"),
        "version licence license update help 版本 许可证 更新 帮助",
    ),
)
"""Key, icon, name, and words in both languages by which a page is found besides its name."""


def add_settings_commands(window: Window) -> None:
    """Add commands that show a page or focus the control of a setting. Called when the settings view is registered."""

    def shown(page: str) -> SettingsView:
        from app.ui.settings.view import SettingsView

        window.show_view("settings")
        view = window.view("settings")
        assert isinstance(view, SettingsView)
        view.show_page(page)
        return view

    def focus(control: str) -> None:
        view = shown("appearance")
        page = view.appearance
        field = page.theme if control == "theme" else page.size_field
        view.reveal(field)
        field.setFocus()

    def show(page: str) -> None:
        shown(page).list.setFocus()

    for key, icon, name, terms in _PAGES:
        window.add_command(
            f"settings-{key}",
            name,
            lambda key=key: show(key),  # type: ignore[misc]
            view="settings",
            goes=True,
            icon=icon,
            terms=lambda terms=terms: terms,  # type: ignore[misc]
        )
    window.add_command(
        "setting-theme",
        lambda: QCoreApplication.translate("Commands", "Theme"),
        lambda: focus("theme"),
        view="settings",
        goes=True,
        icon=Icon.PALETTE,
    )
    window.add_command(
        "setting-text-size",
        lambda: QCoreApplication.translate("Commands", "Text size"),
        lambda: focus("size"),
        view="settings",
        goes=True,
        icon=Icon.PALETTE,
    )
