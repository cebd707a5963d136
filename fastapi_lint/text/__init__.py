"""Layer 0: source text: bytes, encodings, newlines, offsets, edits, atomic writes. Standard library only."""
