"""Measure cscheck against itself and others: ``python -m cscheck.bench``, described in docs/benchmark.md."""
