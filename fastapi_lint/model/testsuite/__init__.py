"""Tests of the project: what pytest runs, and what its tests do to applications."""
