"""The client: bytes -> server-sent events -> wire records -> typed events, for every protocol."""
