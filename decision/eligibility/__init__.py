"""Eligibility: facts and rules in, a verdict per form and partner out, with every reason.

`participation` says what it asks of a municipality to take part in a form, `evaluation` holds a
requirement against facts, and `verdicts` every rule against every partner: which forms are open,
who takes part and who is ready. `fit` says how well a configuration, such as that of a form, meets
the wishes of the partners.
"""
