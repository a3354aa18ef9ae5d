"""Values and rules: what a message, a take, a voice or an error is. No waiting, no files, no Qt."""
