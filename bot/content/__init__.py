"""YAML in, checked and immutable objects out, or a list of problems with file and line."""
