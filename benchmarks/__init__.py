"""How fast decide is; run with ``python -m pytest benchmarks``."""
