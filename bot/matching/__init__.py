"""Text in, Match out: normalise, repair, find concepts, weigh features, be sure, torn or lost."""
