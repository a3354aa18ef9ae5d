"""The exception classes. An error has a code and parameters, never a sentence: `app.ui.texts` has the sentences.

Plain classes, because they are needed at the start of the program.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any


class Code(StrEnum):
    """Every failure the user is notified of. A test checks that each has a sentence in both languages."""

    # Error responses of the service (WIRE.md section 9).
    BAD_REQUEST = "bad-request"
    REASONING_MISSING = "reasoning-missing"
    SEARCH_OFF = "search-off"
    UNAUTHORIZED = "unauthorized"
    KEY_MISSING = "key-missing"
    KEY_KIND = "key-kind"
    NO_BALANCE = "no-balance"
    FORBIDDEN = "forbidden"
    RISK_CONTROL = "risk-control"
    NOT_FOUND = "not-found"
    MODEL_UNSUPPORTED = "model-unsupported"
    MEDIA_CORRUPTED = "media-corrupted"
    NO_IMAGE_INPUT = "no-image-input"
    CONTENT_REFUSED = "content-refused"
    TOO_MANY_REQUESTS = "too-many-requests"
    QUOTA_EXHAUSTED = "quota-exhausted"
    SERVER_ERROR = "server-error"
    OVERLOADED = "overloaded"
    UNEXPECTED_STATUS = "unexpected-status"
    # The service could not be reached, or its response is not valid.
    UNREACHABLE = "unreachable"
    CONNECT_TIMEOUT = "connect-timeout"
    FIRST_BYTE_TIMEOUT = "first-byte-timeout"
    IDLE_TIMEOUT = "idle-timeout"
    TOTAL_TIMEOUT = "total-timeout"
    TLS = "tls"
    CONNECTION_LOST = "connection-lost"
    CUT_SHORT = "cut-short"
    GARBAGE = "garbage"
    TOO_LARGE = "too-large"
    PLAIN_HTTP = "plain-http"
    BAD_URL = "bad-url"
    REDIRECT_REFUSED = "redirect-refused"
    CERTIFICATES_UNREADABLE = "certificates-unreadable"
    BAD_PROXY = "bad-proxy"
    TERMS_NOT_ACCEPTED = "terms-not-accepted"
    # The demo service.
    DEMO_NOT_INSTALLED = "demo-not-installed"
    DEMO_DIED = "demo-died"
    DEMO_START = "demo-start"
    # Tools.
    TOOL_UNKNOWN = "tool-unknown"
    TOOL_ARGUMENTS = "tool-arguments"
    TOOL_FAILED = "tool-failed"
    TOOL_LOOP = "tool-loop"
    TOOL_ROUNDS = "tool-rounds"
    TOOLS_FULL = "tools-full"
    # Tool servers.
    BRIDGE_NOT_INSTALLED = "bridge-not-installed"
    BRIDGE_ENDED = "bridge-ended"
    SERVERS_FULL = "servers-full"
    SERVER_INCOMPLETE = "server-incomplete"
    SERVER_COMMAND_QUOTES = "server-command-quotes"
    SERVER_VALUES_MISSING = "server-values-missing"
    SERVER_COMMAND_MISSING = "server-command-missing"
    SERVER_FOLDER_MISSING = "server-folder-missing"
    SERVER_ADDRESS = "server-address"
    SERVER_NOT_STARTED = "server-not-started"
    SERVER_DIED = "server-died"
    SERVER_SILENT = "server-silent"
    SERVER_NOT_MCP = "server-not-mcp"
    SERVER_LOGIN = "server-login"
    SERVER_STATUS = "server-status"
    SERVER_UNREACHABLE = "server-unreachable"
    SERVER_PROXY = "server-proxy"
    SERVER_STOPPED = "server-stopped"
    SERVER_TOOL_SLOW = "server-tool-slow"
    SERVER_RESULT_TOO_LONG = "server-result-too-long"
    SERVER_RESULT_UNREADABLE = "server-result-unreadable"
    SERVER_REFUSED_CALL = "server-refused-call"
    # Answers side by side.
    RUN_SPEND_LIMIT = "run-spend-limit"
    # Audio.
    NO_PORTAUDIO = "no-portaudio"
    NO_OUTPUT = "no-output"
    NO_INPUT = "no-input"
    DEVICE_LOST = "device-lost"
    MICROPHONE_LOST = "microphone-lost"
    DEVICE_BUSY = "device-busy"
    ALREADY_RECORDING = "already-recording"
    SOUND_EMPTY = "sound-empty"
    SOUND_UNREADABLE = "sound-unreadable"
    SOUND_FORMAT = "sound-format"
    SOUND_NEEDS_FFMPEG = "sound-needs-ffmpeg"
    SOUND_TOO_LARGE = "sound-too-large"
    SAMPLE_TOO_LARGE = "sample-too-large"
    # Input of the user.
    NO_TEXT = "no-text"
    ONLY_CODE = "only-code"
    TOO_MANY_PARTS = "too-many-parts"
    GRID_TOO_LARGE = "grid-too-large"
    GRID_UNREADABLE = "grid-unreadable"
    NO_CASES = "no-cases"
    CASES_NOT_TEXT = "cases-not-text"
    CASES_TOO_LARGE = "cases-too-large"
    SPEND_LIMIT = "spend-limit"
    PRICE_UNKNOWN = "price-unknown"
    WORDS_TOO_LONG = "words-too-long"
    TEMPERATURE_RANGE = "temperature-range"
    NO_DESCRIPTION = "no-description"
    NO_SKETCH = "no-sketch"
    NO_SAMPLE = "no-sample"
    NO_DIRECTION = "no-direction"
    SAMPLE_SILENT = "sample-silent"
    NO_CONSENT = "no-consent"
    NO_NAME = "no-name"
    NAME_TAKEN = "name-taken"
    PROMPT_TOO_LONG = "prompt-too-long"
    PROMPT_VERSIONS_FULL = "prompt-versions-full"
    PROMPT_FILE_OPEN = "prompt-file-open"
    PROMPT_FILE_LINE = "prompt-file-line"
    PROMPT_FILE_EMPTY = "prompt-file-empty"
    TOO_MANY_FILES = "too-many-files"
    NO_MODEL = "no-model"
    MEDIA_UNSUPPORTED = "media-unsupported"
    ATTACHMENT_EMPTY = "attachment-empty"
    ATTACHMENT_FORMAT = "attachment-format"
    ATTACHMENT_TOO_LARGE = "attachment-too-large"
    ATTACHMENT_MISSING = "attachment-missing"
    TOO_MANY_ATTACHMENTS = "too-many-attachments"
    ADDRESS_INVALID = "address-invalid"
    ADDRESS_NOT_HTTPS = "address-not-https"
    ADDRESS_PRIVATE = "address-private"
    ADDRESS_STATUS = "address-status"
    ADDRESS_REDIRECTS = "address-redirects"
    ADDRESS_IS_PAGE = "address-is-page"
    ADDRESS_FORMAT = "address-format"
    FILE_MISSING = "file-missing"
    FILE_IS_FOLDER = "file-is-folder"
    FILE_IS_SPECIAL = "file-is-special"
    FILE_UNREADABLE = "file-unreadable"
    FILE_ENCODING = "file-encoding"
    FILE_NOT_WRITTEN = "file-not-written"
    FOLDER_MISSING = "folder-missing"
    # Storage.
    DISK_FULL = "disk-full"
    HOME_READ_ONLY = "home-read-only"
    NO_KEYRING = "no-keyring"
    KEYRING_FAILED = "keyring-failed"
    KEYS_DAMAGED = "keys-damaged"
    SETTINGS_DAMAGED = "settings-damaged"
    SETTING_INVALID = "setting-invalid"
    HOME_IN_USE = "home-in-use"
    DATABASE_DAMAGED = "database-damaged"
    DATABASE_NEWER = "database-newer"
    DATABASE_EMPTY = "database-empty"
    DATABASE_CLOSED = "database-closed"
    NOT_KEPT = "not-kept"
    BACKUP_UNREADABLE = "backup-unreadable"
    IMPORT_UNREADABLE = "import-unreadable"
    IMPORT_NEWER = "import-newer"
    IMPORT_TOO_LARGE = "import-too-large"
    # Errors of the program itself.
    UNEXPECTED = "unexpected"


class WorkbenchError(Exception):
    """An error the user is notified of.

    Attributes:
        code: the kind of failure.
        params: values for the sentence, such as `status`, `message`, `param`, `host`, `path`, `seconds`, `limit`.
            Never a key, never a translated sentence; `message` and `param` are the service's own texts.
    """

    def __init__(self, code: Code, /, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return f"{self.code}" + "".join(f" {name}={value!r}" for name, value in self.params.items())


class ServiceError(WorkbenchError):
    """The service returned an error: an HTTP status, an error body, or an error event in a stream."""


class TransportError(WorkbenchError):
    """The service could not be reached, timed out, or sent an invalid response."""


class ToolError(WorkbenchError):
    """A tool could not be run. The model gets the error as well as the user."""


class AudioError(WorkbenchError):
    """Audio could not be read, played or recorded."""


class InputError(WorkbenchError):
    """Input of the user is invalid; `params["field"]` may name the field."""


class StorageError(WorkbenchError):
    """Data could not be saved or loaded."""


RETRY_HELPS = frozenset(
    {
        Code.TOO_MANY_REQUESTS,
        Code.SERVER_ERROR,
        Code.OVERLOADED,
        Code.UNREACHABLE,
        Code.CONNECT_TIMEOUT,
        Code.FIRST_BYTE_TIMEOUT,
        Code.IDLE_TIMEOUT,
        Code.TOTAL_TIMEOUT,
        Code.CONNECTION_LOST,
        Code.CUT_SHORT,
        Code.GARBAGE,
        Code.DEMO_DIED,
    }
)
"""Codes of errors after which the same request may succeed (WIRE.md section 9)."""

SERVER_CODES = frozenset({code for code in Code if code.startswith("server-")} - {Code.SERVER_ERROR})
"""Codes of failures of tool servers: what the user can do is said with the call. `server-error` is the service's."""
