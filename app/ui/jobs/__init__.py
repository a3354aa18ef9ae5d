"""The list Jobs: all long work in one place, opened from the status bar."""
