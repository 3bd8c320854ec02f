"""A plan's facts as plain JSON, as they are put to the board."""
