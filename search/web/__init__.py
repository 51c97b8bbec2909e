"""What readers see: the results page, its style, and its texts. No build step."""
