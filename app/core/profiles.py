"""Service profiles: address, protocol and options of a service (WIRE.md sections 1 and 12), without its key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from app.core.errors import Code, InputError

TokenPlanKind = Literal["token-plan-cn", "token-plan-sgp", "token-plan-ams"]
ServiceKind = Literal["demo", "payg", "token-plan-cn", "token-plan-sgp", "token-plan-ams", "gateway", "self-hosted"]
Protocol = Literal["openai", "anthropic"]
Authentication = Literal["api-key", "bearer", "x-api-key", "none"]

PAYG_HOST = "api.xiaomimimo.com"
TOKEN_PLAN_HOSTS: dict[TokenPlanKind, str] = {
    "token-plan-cn": "token-plan-cn.xiaomimimo.com",
    "token-plan-sgp": "token-plan-sgp.xiaomimimo.com",
    "token-plan-ams": "token-plan-ams.xiaomimimo.com",
}

PRIVATE_KINDS: tuple[ServiceKind, ...] = ("gateway", "self-hosted")
"""Services of somebody else than the platform."""


class Timeouts(msgspec.Struct, frozen=True):
    """Timeouts in seconds (WIRE.md section 10).

    Attributes:
        idle: between events of a stream.
        speech: for a whole take or transcript, or until a streamed one begins.
    """

    connect: float = 10.0
    first_byte: float = 90.0
    idle: float = 90.0
    speech: float = 180.0


class Profile(msgspec.Struct, frozen=True):
    """One service.

    Attributes:
        id: stable identifier without white space; the key is stored under it.
        base_url: without the path of an endpoint, e.g. `https://api.xiaomimimo.com/v1`; no trailing slash.
        working_authentication: the header style that the service took where it refuses `authentication` (WIRE.md
            section 10); empty where that one works or nothing is known yet.
        token_field: the body field for the token limit, `max_tokens` at gateways.
        extra_body: additional fields of every chat request.
        unsupported_parameters: fields that the service refuses, left out of every chat request.
        requests_per_minute: per model, 0 for no known limit.
        allow_plain_http: the user agreed to send the key unencrypted to a host other than this computer.
        models: ids entered by the user, offered besides those listed by the service.
        currency: of its prices; empty for the usual one of its host.
        certificates: path of a PEM file with additional certificate authorities; empty for the system's only.
    """

    id: str
    kind: ServiceKind
    name: str
    base_url: str
    protocol: Protocol = "openai"
    authentication: Authentication = "api-key"
    token_field: Literal["max_completion_tokens", "max_tokens"] = "max_completion_tokens"
    extra_body: dict[str, Any] = {}
    requests_per_minute: int = 100
    timeouts: Timeouts = Timeouts()
    retries: int = 3
    proxy: str = ""
    trust_env: bool = True
    allow_plain_http: bool = False
    currency: Literal["", "CNY", "USD"] = ""
    certificates: str = ""
    models: tuple[str, ...] = ()
    unsupported_parameters: tuple[str, ...] = ()
    working_authentication: Literal["", "api-key", "bearer"] = ""


DEMO = Profile("demo", "demo", "Demo service", "")
"""Its address is known once its process is listening."""

PRESETS: tuple[Profile, ...] = (
    DEMO,
    Profile("payg", "payg", "Pay-as-you-go", f"https://{PAYG_HOST}/v1"),
    *(
        Profile(kind, kind, f"Token Plan {kind.removeprefix('token-plan-')}", f"https://{host}/v1")
        for kind, host in TOKEN_PLAN_HOSTS.items()
    ),
    Profile("self-hosted", "self-hosted", "Self-hosted", "http://localhost:30000/v1", authentication="none",
            requests_per_minute=0),
)  # fmt: skip
"""Every documented host (WIRE.md section 1) and a template for a self-hosted server (WIRE.md section 12)."""


FOR_THIS_RUN = "this-run"
"""Id of the profile given by the command line or the environment; it is never saved."""


def profile_of(row: Mapping[str, Any]) -> Profile:
    """Parse a profile of the settings.

    Raises InputError SETTING_INVALID for an invalid row, such as a damaged one or one of a newer program, and for a
    profile of this run.
    """
    try:
        profile = msgspec.convert(row, Profile)
    except msgspec.ValidationError as error:
        raise InputError(Code.SETTING_INVALID, key="profiles", value=repr(row)[:80], message=str(error)) from error
    if not profile.id or profile.id == FOR_THIS_RUN or profile.id.split() != [profile.id]:
        raise InputError(Code.SETTING_INVALID, key="profiles", value=repr(row)[:80])
    return profile
