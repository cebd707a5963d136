"""Tables of what libraries do: data only."""
