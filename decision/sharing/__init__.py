"""Sharing: what a set of municipalities costs together, who pays what of it, by which route.

In goes a form for a region. `money` is what a plan costs, for who is in when. It is added up in a
`ledger`, from the `course` of everybody through the forms, in `pieces` of a year in which nobody
changes, with the `desks` that they staff, the `purchases` that they make and the `gains` of what
the region chose beside a form. `groups` gives the same for every set of municipalities, and
`division` what each pays, by cooperative `games`. `routes` are the money of each way to a form;
with those `joining` year by year, `settlement` pays back who started.
"""
