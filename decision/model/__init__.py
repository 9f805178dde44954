"""What is declared: the knowledge and a region, typed and frozen, with what holds inside each.

Nothing here reads a file: `load` makes these from YAML, every stage takes them in.
"""
