"""Costs: staffing hour by hour, then prices, for every form and every year."""
