"""The service answered with an error. The remedies are those of the platform's documentation (WIRE.md section 9)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.errors import Code
from app.core.keys import expected_kind
from app.ui.texts.errors.message import ErrorMessage, MessageTable


def service_variant(code: Code, host: str) -> ErrorMessage | None:
    """A message for a service that is not the platform, whose support can't help there."""
    if code is not Code.SERVER_ERROR or not host or expected_kind(host):
        return None
    return ErrorMessage(
        QCoreApplication.translate("Errors", "The service had an internal error ({status}): {detail}."),
        QCoreApplication.translate(
            "Errors", "Try again later. If the problem persists, look into the log of the service at {host}."
        ),
    )


SERVICE_MESSAGES: MessageTable = {
    Code.BAD_REQUEST: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The service did not accept the request: {detail}."),
        QCoreApplication.translate("Errors", "Correct the field it names and try again."),
    ),
    Code.REASONING_MISSING: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The service needs the earlier thinking: {detail}."),
        QCoreApplication.translate(
            "Errors", "Turn on “Send earlier thinking” in Parameters, or turn thinking off, and try again."
        ),
    ),
    Code.SEARCH_OFF: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "Web search is turned off for this account: {detail}."),
        QCoreApplication.translate(
            "Errors", "Turn on the plugin in the console (it takes about five minutes), or send without web search."
        ),
    ),
    Code.UNAUTHORIZED: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The service did not accept the key: {detail}."),
        QCoreApplication.translate(
            "Errors",
            "It may be mistyped, expired, or belong to another plan or region. Check it in Settings, Services.",
        ),
    ),
    Code.KEY_MISSING: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "No key is saved for {service}."),
        QCoreApplication.translate("Errors", "Enter one in Settings, Services, or use the demo service."),
    ),
    Code.KEY_KIND: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "This key is not the kind {host} accepts, so it was not sent."),
        QCoreApplication.translate(
            "Errors",
            "Keys starting with sk- are for pay-as-you-go; tp- and ttp- are for Token Plan. Choose the matching "
            "service.",
        ),
    ),
    Code.NO_BALANCE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The account balance is used up: {detail}."),
        QCoreApplication.translate(
            "Errors", "Top up the account in the console, then try again. Free speech may need a balance too."
        ),
    ),
    Code.FORBIDDEN: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The service denied access: {detail}."),
        QCoreApplication.translate(
            "Errors", "It may not be available in your region, or the key may be locked. Try a new key."
        ),
    ),
    Code.RISK_CONTROL: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The service flagged these requests as risky: {detail}."),
        QCoreApplication.translate("Errors", "Check the content you send. You may need a new key."),
    ),
    Code.NOT_FOUND: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The service does not know this model or address: {detail}."),
        QCoreApplication.translate("Errors", "Check the base URL and choose a model from the list."),
    ),
    Code.MODEL_UNSUPPORTED: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The service does not have this model: {detail}."),
        QCoreApplication.translate("Errors", "It may be retired or misspelt. Choose a model from the list."),
    ),
    Code.MEDIA_CORRUPTED: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The service could not read the attachment: {detail}."),
        QCoreApplication.translate(
            "Errors", "Save it again in another way: a video with variable bitrate (CRF) and yuv420p is accepted."
        ),
    ),
    Code.NO_IMAGE_INPUT: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "This model does not accept images: {detail}."),
        QCoreApplication.translate("Errors", "Choose a model that accepts images, or remove the image."),
    ),
    Code.CONTENT_REFUSED: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The service refused the content: {detail}."),
        QCoreApplication.translate("Errors", "Rephrase it without unsafe or sensitive content."),
    ),
    Code.TOO_MANY_REQUESTS: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The service asks for fewer requests: {detail}."),
        QCoreApplication.translate("Errors", "Wait a moment and try again."),
    ),
    Code.QUOTA_EXHAUSTED: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The plan's quota is used up: {detail}."),
        QCoreApplication.translate("Errors", "Upgrade the plan, wait until it renews, or use pay-as-you-go."),
    ),
    Code.SERVER_ERROR: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The service had an internal error ({status}): {detail}."),
        QCoreApplication.translate(
            "Errors", "Try again later. If the problem persists, write to support-mimo@xiaomi.com."
        ),
    ),
    Code.OVERLOADED: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The service is overloaded: {detail}."),
        QCoreApplication.translate("Errors", "Try again in a moment."),
    ),
    Code.UNEXPECTED_STATUS: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The service answered with status {status}: {detail}."),
        QCoreApplication.translate("Errors", "Check the base URL in Settings, Services."),
    ),
}
