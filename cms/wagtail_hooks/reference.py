"""Reference data: what the county keeps, in the same words as everywhere else."""
