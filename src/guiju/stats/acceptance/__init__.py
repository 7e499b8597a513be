"""Whether a lot is good enough: sampling plans, the risks they leave to whom, and the quality of what was looked at."""
