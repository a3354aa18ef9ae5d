"""The Tools page of the side panel: the tools that the model may call, and those of the user's own."""
