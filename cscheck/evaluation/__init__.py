"""How well the findings agree with what people labelled: precision, recall, agreement between reviewers.

labels → items; checker → findings; compare → outcomes; totals → figures; agreement → kappa; reporters show them.
"""
