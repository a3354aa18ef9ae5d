"""Reads what is typed or pasted as the address of a service, and says what was changed in it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.hosts import host_of
from app.core.sentence_joiner import join_sentences
from app.core.service_addresses import AddressChange, ServiceAddress, service_address


def meant_address(typed: str, protocol: str = "openai") -> ServiceAddress:
    """The address that is meant by a text. A single word is none: it may be a slip, and the key would be sent there."""
    meant = service_address(typed, protocol)
    host = host_of(meant.base_url)
    if AddressChange.SCHEME in meant.changes and not any(mark in typed for mark in ".:") and host != "localhost":
        return ServiceAddress(typed.strip())
    return meant


def address_changes(address: ServiceAddress, *, switches: bool) -> str:
    """What was changed in a pasted address so that it is a base URL, and whether the protocol was with it."""
    sentences = []
    for change in address.changes:
        match change:
            case AddressChange.ENDPOINT:
                sentences.append(
                    QCoreApplication.translate("Services", "The endpoint at the end of the address was left out.")
                )
            case AddressChange.SCHEME:
                scheme = address.base_url.partition("://")[0]
                sentences.append(
                    QCoreApplication.translate("Services", "{scheme}:// was put in front of the address.").format(
                        scheme=scheme
                    )
                )
            case AddressChange.VERSION:
                sentences.append(QCoreApplication.translate("Services", "/v1 was added to the address."))
    if switches and address.protocol == "anthropic":
        sentences.append(
            QCoreApplication.translate(
                "Services", "The protocol was switched to Anthropic, which this endpoint belongs to."
            )
        )
    elif switches:
        sentences.append(
            QCoreApplication.translate(
                "Services", "The protocol was switched to OpenAI, which this endpoint belongs to."
            )
        )
    return join_sentences(*sentences)
