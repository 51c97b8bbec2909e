"""
Releases: which articles are one text, as several portals printed it, whatever engine holds them.

`signatures` tells by a few numbers how much of their text two bodies share, `portals` who printed an article and whom
it credits. `copies` finds the pairs that are one release, and `grouping` makes groups of these, each in the order in
which one of them is shown.
"""
