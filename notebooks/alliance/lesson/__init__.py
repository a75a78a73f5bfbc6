"""The pieces a lesson is made of: predict, reveal, check, tested sentences, sources, kept answers."""
