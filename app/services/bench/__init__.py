"""What the bench does: answers side by side, and test cases against versions of prompts."""
