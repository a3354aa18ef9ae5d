"""API keys: in the system keyring, in the environment, in memory, or in a file if the user asked for one.

Keys are stored nowhere else: not in the database, the settings, logs or exports. Every key is added to the redactor
before it is used.
"""

from __future__ import annotations

from app.storage.secrets.environment import EnvironmentSecrets
from app.storage.secrets.file import FileSecrets
from app.storage.secrets.location import KeyLocation, Secret
from app.storage.secrets.store import SecretStore
from app.storage.secrets.system_keyring import NAMES_ENTRY, KeyringSecrets

__all__ = [
    "NAMES_ENTRY",
    "EnvironmentSecrets",
    "FileSecrets",
    "KeyLocation",
    "KeyringSecrets",
    "Secret",
    "SecretStore",
]
