"""
Articles written for the project, in the forms that portals have: scraped texts, JSON Lines, a table.

They serve the demo and the tests. Every person, portal and event in them is invented.
"""
