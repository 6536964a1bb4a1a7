"""Rules over readings: detectors (thresholds, rates, missing data, anomalies), alarms that outlive restarts, notification, schedules, control (PID, two-position).

`async with Rules("alarms.db") as rules: rules.watch("boiler", Threshold(above=90.0)); await rules.feed("boiler", 91.5)`. See docs/rules.md.
"""

from ._alarm import ACKNOWLEDGED, CLEARED, RAISED, Alarm, Alarms
from ._detect import Detector, Missing, Rate, Threshold
from ._anomaly import Drift, ZScore
from ._engine import Rules
from ._notify import EmailNotifier, LogNotifier, MqttNotifier, Notifier, WebhookNotifier
from ._pid import Pid
from ._schedule import Daily, Every, Schedule
from ._switch import TwoPoint

__all__ = ("ACKNOWLEDGED", "Alarm", "Alarms", "CLEARED", "Daily", "Detector", "Drift", "EmailNotifier", "Every", "LogNotifier", "Missing", "MqttNotifier", "Notifier", "Pid", "RAISED",
           "Rate", "Rules", "Schedule", "Threshold", "TwoPoint", "WebhookNotifier", "ZScore")
