"""Creates the service for attachments from the home, the audio package and the client."""

from __future__ import annotations

from app.audio import media_facts
from app.composition.container import ServiceContainer
from app.mimo.address_check import AddressAnswer, look_at
from app.services.chat.attachment_ports import MediaProbes
from app.services.chat.attachments import Attachments


def attachments(services: ServiceContainer) -> Attachments:
    """The service; addresses are looked at through the proxy of the service in use."""

    async def look(url: str) -> AddressAnswer:
        return await look_at(url, services.connection.profile)

    probes = MediaProbes(media_facts.container_facts, media_facts.sound_facts, media_facts.first_frame, look)
    return Attachments(services.database.blobs, probes, lambda: services.connection.profile.kind == "self-hosted")
