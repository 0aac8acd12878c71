"""Places: which countries, regions and towns the English of an article names. Lists and rules; no model."""
