"""The files of vectors and the arithmetic on them. Brings NumPy; imported where a job runs or something is compared."""
