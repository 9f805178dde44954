"""Explain: why a form is not possible, and the smallest changes that would make it so."""
