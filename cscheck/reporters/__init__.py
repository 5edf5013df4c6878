"""Reporters: reports in, text out; one format a module."""
