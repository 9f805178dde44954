"""Regions, years or variants side by side: what differs in what goes in and in what comes out.

In go cases with their advice. `inputs` and `outcomes` lay each out as values under their paths,
`compare` tells which differ, and `check` holds what experts expect against them. A `replay` holds
an advice that was written before against what its inputs give now.
"""
