"""What the bench does: test cases against versions of prompts."""
