"""Figures: from the results of an advice to drawings that say what is found.

In go an advice and a language, out come `figures` by id, each a `diagram` with a title that tells
the finding, a text for who does not see it, its data, and a drawing as SVG or PNG. A `scene` is
what all are made from; `places` has the maps, with `land` where its borders are given and `names`
that do not cover each other, `readiness` what municipalities have in order, `ladder` the forms,
`scores` the points and the chances, `costs` the money of each form and what has to come true,
`cash` the money and the staff of the plan, `planning` who does what when. How they `look` and how a
`picture` is drawn stands in one place each.
"""
