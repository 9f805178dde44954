"""Costs: staffing hour by hour, then prices, for every form and every year.

In go the knowledge and a region, out comes a `result`. `setup` is what a region fixes (also which
`cells` must be staffed) and `inputs` are the kengetallen; `arithmetic` calculates with both (in
`arrays`), `staffing` finds the agents, `prices` turns them into euro, `workplaces` says what is
bought for how many people at once, and `crews` finds them for a part of the region. Next to the
result stand `doubts` (what may be a typing error), `break_even` (what has to come true, along
`curves`), `uncertainty` (over `draws` of the kengetallen), `overstaffing`, `service` (what
callers notice of so many people), `derivation` (one hour written out) and `verify` (the published
figures).
"""
