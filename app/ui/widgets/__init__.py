"""Painted controls in the workbench's look. They know no service; each is the Qt control it extends, for the keyboard
and the accessibility tree alike."""
