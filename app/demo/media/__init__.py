"""Media input, measured rather than understood: images, sound and video."""
