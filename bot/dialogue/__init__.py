"""Pure: (Session, Incoming) -> (Session, Reply)."""
