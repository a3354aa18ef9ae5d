"""What one running demo service holds."""

from __future__ import annotations

import secrets

import msgspec

from app.demo.pace import Pace


class Settings(msgspec.Struct, frozen=True):
    """How a service is started.

    Attributes:
        key: what clients must present; no secret, the service listens on the loopback only.
        limits: requests and tokens per minute are counted and refused.
    """

    key: str = msgspec.field(default_factory=lambda: "sk-demo-" + secrets.token_hex(12))
    pace: Pace = Pace()
    limits: bool = True
