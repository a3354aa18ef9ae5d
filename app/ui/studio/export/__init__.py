"""The export page of the studio: files of takes, audition pages, and the votes that come back."""
