"""Takes, voices and recognition: what the studio and the voices view do. No Qt, no sentence for the user."""
