"""The audition grid of the studio: one line by several voices in several ways."""
