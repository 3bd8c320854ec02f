"""What changes a plan: every write, each in one transaction and signed."""
