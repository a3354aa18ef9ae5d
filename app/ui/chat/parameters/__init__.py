"""The parts of the Parameters page."""
