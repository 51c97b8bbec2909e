"""
What readers see: the results page, its style, and its texts. No build step.

Templates and style sheet are files beside `texts`, which has every sentence in Indonesian and English.
"""
