# dateutil: parsing, differences, rules of recurrence, zones.
from datetime import datetime, timedelta

from dateutil import easter, parser, tz
from dateutil.relativedelta import FR, relativedelta
from dateutil.rrule import DAILY, MONTHLY, MO, TU, rrule, rrulestr

for text in ("2024-02-03T04:05:06Z", "3 Feb 2024 4pm", "Sat Feb 3 2024 04:05", "20240203T0405", "10:30", "02/03/2024", "2024-02-03 04:05:06.789+02:00", "March 5th"):
    print(text, parser.parse(text, default=datetime(2020, 1, 1)))
print(parser.isoparse("2024-W05-6"), relativedelta(datetime(2024, 3, 1), datetime(2020, 2, 29)), datetime(2024, 1, 31) + relativedelta(months=+1), datetime(2024, 1, 1) + relativedelta(weekday=FR(-1)))
print(list(rrule(MONTHLY, count=4, bysetpos=-1, byweekday=(MO, TU), dtstart=datetime(2024, 1, 1, 9))))
print(rrulestr("DTSTART:20240101T000000\nRRULE:FREQ=WEEKLY;COUNT=3;BYDAY=WE").between(datetime(2024, 1, 5), datetime(2024, 2, 1)), easter.easter(2024))
print(datetime(2024, 7, 1, tzinfo=tz.UTC).astimezone(tz.tzoffset("X", 7200)), tz.tzstr("EST5EDT").utcoffset(datetime(2024, 7, 1)), len(list(rrule(DAILY, dtstart=datetime(2024, 1, 1), until=datetime(2024, 1, 1) + timedelta(9)))))
for bad in "nonsense", "2024-13-45", "":
    try:
        print(parser.parse(bad))
    except (parser.ParserError, ValueError) as e:
        print(type(e).__name__, e)
