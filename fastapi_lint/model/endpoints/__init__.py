"""What endpoints do: what they answer, create and delete."""
