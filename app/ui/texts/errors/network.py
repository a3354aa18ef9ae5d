"""The service could not be reached, or what it sent is not the protocol (WIRE.md section 13)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.errors import Code
from app.ui.texts.errors.message import ErrorMessage, MessageTable

NETWORK_MESSAGES: MessageTable = {
    Code.UNREACHABLE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "{host} can't be reached."),
        QCoreApplication.translate("Errors", "Check the network and the base URL, then try again."),
    ),
    Code.CONNECT_TIMEOUT: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "{host} did not accept the connection within {seconds} s."),
        QCoreApplication.translate("Errors", "Check the network or the proxy, then try again."),
    ),
    Code.FIRST_BYTE_TIMEOUT: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "{host} sent nothing within {seconds} s."),
        QCoreApplication.translate("Errors", "Try again. The time limit is in Settings, Network."),
    ),
    Code.IDLE_TIMEOUT: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The reply stalled for {seconds} s."),
        QCoreApplication.translate("Errors", "What arrived is saved. Try again."),
    ),
    Code.TOTAL_TIMEOUT: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The request did not finish within {seconds} s."),
        QCoreApplication.translate("Errors", "Try a shorter text, or raise the limit in Settings, Network."),
    ),
    Code.TLS: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The secure connection to {host} failed: {message}."),
        QCoreApplication.translate("Errors", "Check the computer's clock, the proxy and the certificates."),
    ),
    Code.CONNECTION_LOST: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The connection to {host} was lost."),
        QCoreApplication.translate("Errors", "What arrived is saved. Try again."),
    ),
    Code.CUT_SHORT: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The reply ended before it was complete."),
        QCoreApplication.translate("Errors", "What arrived is saved. Try again."),
    ),
    Code.GARBAGE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The response from {host} does not follow the MiMo protocol: {detail}."),
        QCoreApplication.translate("Errors", "Check the base URL and the protocol in Settings, Services."),
    ),
    Code.TOO_LARGE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The reply is larger than the limit of {limit}."),
        QCoreApplication.translate("Errors", "Request less at a time."),
    ),
    Code.PLAIN_HTTP: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The key would be sent to {host} unencrypted, so nothing was sent."),
        QCoreApplication.translate("Errors", "Use an https address, or allow plain http for this service."),
    ),
    Code.BAD_URL: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The base URL is not a valid web address: {url}."),
        QCoreApplication.translate("Errors", "It should look like https://api.xiaomimimo.com/v1."),
    ),
    Code.CERTIFICATES_UNREADABLE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "{path} contains no readable certificates: {reason}."),
        QCoreApplication.translate("Errors", "Choose your certificate authority's PEM file in Settings, Network."),
    ),
    Code.BAD_PROXY: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The proxy address is not valid: {url}."),
        QCoreApplication.translate("Errors", "It should look like http://127.0.0.1:7890. See Settings, Network."),
    ),
    Code.TERMS_NOT_ACCEPTED: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The Token Plan terms have not been accepted yet."),
        QCoreApplication.translate("Errors", "Nothing was sent. Read and accept the terms in Settings, Services."),
    ),
    Code.REDIRECT_REFUSED: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "{host} redirects to {target}; the key was not sent there."),
        QCoreApplication.translate("Errors", "If you trust it, enter that address as the base URL."),
    ),
}
