"""The client: bytes -> server-sent events -> wire records -> typed events, for every protocol."""

import sys

# Where click and rich are installed, httpx imports its own command line with them: 9 MB and 45 ms for nothing.
# This is the path it takes where they are not.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
