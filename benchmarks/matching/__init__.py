"""The matcher beside its peers, on public data and on the project's own questions."""
