"""Claims of lesson 01: quotations, labels and slips.

No table holds the words that people spoke, so none of these has a rule: what was read about them
stands in data/claims.csv, with its source and its doubt.
"""
