"""The pattern language: readable without regular expressions. See ``docs/patterns.md``."""
