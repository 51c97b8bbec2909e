"""
Upkeep: what is kept at an index, whether it is whole, and the way back to what was live before.

In comes the folder of an index. Out come its state and what is wrong with it, each with a remedy. Nothing is changed
but by `roll_back`.
"""
