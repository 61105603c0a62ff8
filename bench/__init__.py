"""Benchmarks of extensions, side by side: see __main__.py. Python's standard library and a C compiler are all they need."""
