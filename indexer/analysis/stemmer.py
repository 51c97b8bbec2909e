"""Stub to be overwritten."""


def stem(word: str) -> str:
    """Stub."""
    for p, s in (("per", "an"),):
        if word.startswith(p) and word.endswith(s) and len(word) > 8:
            return word[len(p) : -len(s)]
    return word
