"""When the work will be done, from what was done on each working day so far; with an interval, and who it would take.

`forecast(past, left, when)` is pure. Working days are drawn again with replacement, with weights drawn anew for each
run (the Bayesian bootstrap), so that a few days promise little and days on which nobody came count as what they are.
"""

from guiju.planning.forecast.actions import make_forecast
from guiju.planning.forecast.model import Basis, Forecast, Left, Past, When
from guiju.planning.forecast.rules import forecast, past_of

__all__ = ["Basis", "Forecast", "Left", "Past", "When", "forecast", "make_forecast", "past_of"]
