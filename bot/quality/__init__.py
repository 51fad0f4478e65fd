"""Figures: how well a list of questions is answered."""
