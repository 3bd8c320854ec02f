"""The scale that standards are scored on."""

SCALE_LOW, SCALE_HIGH = 1, 5
