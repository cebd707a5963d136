"""Layer 2: the only importer of libcst: gate, parser, token positions, comments."""
