"""Design your own: the best of all configurations of the inrichtingskeuzes for a region.

In go the choices and wishes, out comes the `best` with its runners-up, found by `search` in the
`space` of all configurations; where there is none, the `conflict` of refusals and links.
"""
