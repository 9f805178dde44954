"""Eligibility: facts and rules in, a verdict per form and partner out, with every reason.

`verdicts` holds every rule against every partner, and says which forms are open and who is ready.
`fit` says how well a configuration, such as that of a form, meets the wishes of the partners.
"""
