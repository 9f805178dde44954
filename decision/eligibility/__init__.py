"""Eligibility: facts and rules in, a verdict per form and partner out, with every reason."""
