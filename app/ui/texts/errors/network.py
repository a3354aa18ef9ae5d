"""The service could not be reached, or what it sent is not the protocol (WIRE.md section 13)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.core.errors import Code
from app.ui.texts.errors.message import ErrorMessage, MessageTable


def network_variant(code: Code, params: Mapping[str, Any]) -> ErrorMessage | None:
    """A more exact message where the cause of a connection error is known."""
    variable = params.get("variable")
    match code, params.get("cause"):
        case Code.UNREACHABLE, "proxy" | "proxy-refused" as cause:
            what = QCoreApplication.translate("Errors", "The proxy {proxy} can't be reached.")
            if cause == "proxy-refused":
                what = QCoreApplication.translate("Errors", "The proxy {proxy} refused the connection: {reason}.")
            if not variable:
                return ErrorMessage(what, QCoreApplication.translate("Errors", "Check the proxy in Settings, Network."))
            return ErrorMessage(
                what,
                QCoreApplication.translate(
                    "Errors",
                    "It comes from the environment variable {variable}. Correct the variable, or switch off "
                    "“Follow the system's proxy” in Settings, Network.",
                ),
            )
        case Code.TLS | Code.CONNECTION_LOST, _ if params.get("proxy"):
            what, _next_step = NETWORK_MESSAGES[code]()
            if not variable:
                return ErrorMessage(
                    what,
                    QCoreApplication.translate(
                        "Errors", "It goes through the proxy {proxy}. Check the proxy in Settings, Network."
                    ),
                )
            return ErrorMessage(
                what,
                QCoreApplication.translate(
                    "Errors",
                    "It goes through the proxy {proxy} of the environment variable {variable}. If that is not wanted, "
                    "switch off “Follow the system's proxy” in Settings, Network.",
                ),
            )
        case Code.UNREACHABLE, "name":
            return ErrorMessage(
                QCoreApplication.translate("Errors", "No server named {host} was found."),
                QCoreApplication.translate("Errors", "Check the spelling of the base URL, and the network."),
            )
        case Code.UNREACHABLE, "refused":
            return ErrorMessage(
                QCoreApplication.translate("Errors", "{host} refused the connection."),
                QCoreApplication.translate("Errors", "Check that the service runs, and the port in the base URL."),
            )
        case Code.BAD_PROXY, _ if variable:
            return ErrorMessage(
                QCoreApplication.translate(
                    "Errors", "The environment variable {variable} holds an unusable proxy entry: {url}."
                ),
                QCoreApplication.translate(
                    "Errors",
                    "Correct the variable, or switch off “Follow the system's proxy” in Settings, Network.",
                ),
            )
    return None


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
        QCoreApplication.translate(
            "Errors", "Use an https address, or turn on “Send the key there unencrypted” in Settings, Services."
        ),
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
