"""
Writes the index and owns its format: articles in, a complete and verified generation out.

`sources` yield records, `reading` makes parts of an index of them, `building` a generation that becomes the live one;
`changes` come to it one by one, `upkeep` looks after what is kept. The modules beside these rooms (an article and its
language, the fields, the generations, the settings) are what all rest on.
"""

__version__ = "0.1.0"
