"""What differs between two snapshots of a plan, in words."""
