"""Creates the service for tool servers from the database, the keys and the settings."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from app.core.profiles import Profile
from app.mimo.proxies import proxy_url
from app.services.tool_servers.bridge_process import BridgeProcess
from app.services.tool_servers.server_values import ServerValueStore
from app.services.tool_servers.servers import ToolServers
from app.services.tool_servers.start_orders import Network
from app.storage.text_files import TextFiles

if TYPE_CHECKING:
    from app.composition.container import ServiceContainer
    from app.services.chat.attachments import Attachments


def tool_servers(services: ServiceContainer) -> ToolServers:
    """The service. The bridge is started with the first server."""

    @cache
    def media() -> Attachments:
        from app.composition.attachments import attachments

        return attachments(services)

    servers = ToolServers(
        services.database.tool_servers,
        ServerValueStore(services.keys, services.redactor.add),
        BridgeProcess(services.home.temporary),
        media,
        TextFiles(),
        services.toolbox,
        services.tasks,
    )

    def network(address: str) -> Network:
        profile = services.profiles.with_network(Profile("", "self-hosted", "", address))
        return Network(proxy_url(profile, address), profile.certificates)

    servers.network = network
    return servers
