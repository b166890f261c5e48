"""What a network is made of, and its linear end as convolutions."""
