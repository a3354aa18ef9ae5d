"""A service profile: where a service lives and how it wants to be spoken to (mimo-api 1 and 12). Never its key."""

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


class Timeouts(msgspec.Struct, frozen=True):
    """Seconds (mimo-api section 10).

    Attributes:
        idle: between events of a stream.
        speech: for a whole take or recognition, or until a streamed one begins to arrive.
    """

    connect: float = 10.0
    first_byte: float = 90.0
    idle: float = 90.0
    speech: float = 180.0


class Profile(msgspec.Struct, frozen=True):
    """One service.

    Attributes:
        id: stable identifier without white space; the key is kept under it.
        base_url: without the path of an endpoint, e.g. `https://api.xiaomimimo.com/v1`; no trailing slash.
        token_field: the body field that limits tokens, `max_tokens` at gateways.
        extra_body: further fields sent with every chat request.
        requests_per_minute: per model, 0 for no limit known.
        allow_plain_http: the user agreed to send the key unencrypted to a host that is not this computer.
        models: ids the user typed in, offered beside those the service lists.
        currency: in which its prices are shown; empty for the one usual at its host.
        certificates: path of a PEM file with further certificate authorities; empty for the system's alone.
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


DEMO = Profile("demo", "demo", "Demo service", "")
"""Its address is known when its process listens."""

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
"""Every documented host (mimo-api section 1), and what to start from for a server of one's own (section 12)."""


FOR_THIS_RUN = "this-run"
"""Id of the profile that the command line or the environment describes; it is never kept."""


def profile_of(row: Mapping[str, Any]) -> Profile:
    """A profile as the settings keep it. Raises InputError SETTING_INVALID for what is none or is for this run only,
    such as a damaged row or one of a newer program.
    """
    try:
        profile = msgspec.convert(row, Profile)
    except msgspec.ValidationError as error:
        raise InputError(Code.SETTING_INVALID, key="profiles", value=repr(row)[:80], message=str(error)) from error
    if not profile.id or profile.id == FOR_THIS_RUN or profile.id.split() != [profile.id]:
        raise InputError(Code.SETTING_INVALID, key="profiles", value=repr(row)[:80])
    return profile
