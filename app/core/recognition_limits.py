"""How much speech is recognised at a time (WIRE.md section 4)."""

from __future__ import annotations

PIECE_SECONDS = 120.0
"""5 MB of base64, and even a very fast speaker fits into half of the tokens of an answer."""
MAX_FILE_MINUTES = 120
"""The longest sound that is recognised; what is read of it then takes 460 MB."""
MAX_RECORDING_MINUTES = 60
"""The longest recording that is made to be recognised: 350 MB on the disk."""
