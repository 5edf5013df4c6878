"""A phrasing-compliance linter for what customer-service agents say in Chinese."""

__version__ = "0.1.0"
