"""What is done to papers: every write, each in one transaction and signed."""
