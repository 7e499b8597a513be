"""What a project's leads should look at now, each with its next step; quieted with a reason where it is known.

`read_alerts` decides them anew from the project's figures whenever they are asked for: nothing is stored but who
quieted which, why, and until when.
"""

from guiju.planning.alerts.actions import Watched, list_alerts, quiet_alert, read_alerts, wake_alert
from guiju.planning.alerts.model import Alert, AlertKind, Quiet

__all__ = ["Alert", "AlertKind", "Quiet", "Watched", "list_alerts", "quiet_alert", "read_alerts", "wake_alert"]
