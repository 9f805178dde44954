"""What is declared: the knowledge and a region, typed and frozen, with what holds inside each.

Nothing here reads a file: `load` makes these and every stage takes them in. All models share
`checks`, `values` and mappings that are `frozen`. A `region` declares `facts`, what is `current`, a
`cost_basis` and `published` figures. The `knowledge` holds `forms`, `rules` and their
`requirements` on facts, `figures`, `projects` to choose, `criteria` with `weights`, what
`groupings` are compared on and the limits of a `search` for others, by `borders` too, `activities`
with the `capacity` for them, and `antwoord`, of which `dates` chooses what holds and `price_level`
puts euro of different years at one level; `process` are the risks of working together and how it is
steered, `routes` the ways to come to a form. `expectations` are the cases of experts. `installed`
is where all of this comes with the program.
"""
