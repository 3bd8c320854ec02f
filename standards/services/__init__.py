"""What is done in an exercise. Every write is one of these, atomic and signed `by=`."""
