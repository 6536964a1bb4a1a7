# The time module: what its functions give and refuse; zones are those of TZ.
import os
import pickle
import time as d

EXPRESSIONS = r"""d.strftime('%Y|%C|%F|%04Y|%_5Y|%-m|%^a|%#Z|%5d|%_d|%Q|%E|%Ey|%Om|%', (5,1,1,1,1,1,1,1,0))
d.strftime('%c|%x|%X|%r|%p|%P|%h|%k|%l|%n|%t|%U|%V|%W|%G|%g|%u|%w|%D|%R|%T|%+|%s|%f|%z|%Z|%e|%j', (2005,1,2,3,4,5,6,7,0))
d.strftime('%Y', (-5,1,1,1,1,1,1,1,0)), d.strftime('%Y', (12345,1,1,1,1,1,1,1,0)), d.strftime('%C %y', (-5,1,1,1,1,1,1,1,0))
[d.strftime('%Y', t) for t in [(5,0,0,0,0,0,0,0,0), (5,1,2,2,6,6,8,1,0)]]
d.strftime('%Y', (5,13,1,1,1,1,1,1,0))
d.strftime('%Y', (5,1,32,1,1,1,1,1,0))
d.strftime('%Y', (5,1,2,24,1,1,1,1,0))
d.strftime('%Y', (5,1,2,2,60,1,1,1,0))
d.strftime('%Y', (5,1,2,2,6,62,1,1,0))
d.strftime('%Y', (5,1,2,2,6,6,-2,1,0))
d.strftime('%Y', (5,1,2,2,6,6,8,367,0))
d.strftime('%Y', (5,1,2,2,6))
d.strftime('%Y', 5)
d.strftime('%Y', ('a',)*9)
d.strftime('%Y', (10**20,)*9)
d.strftime(3)
d.strftime('a\0b')
d.asctime((5,1,2,2,6))
d.asctime((5,1,2,2,6,7,8,9,10))
d.asctime(3)
d.ctime(10**20)
d.gmtime(10**17)
d.localtime(10**17)
d.localtime(10**20)
d.gmtime('a')
d.gmtime(1.5e300)
d.gmtime(float('nan'))
d.gmtime(-1.5), d.gmtime(0).tm_zone, d.gmtime(1e9).tm_gmtoff
d.mktime((5,1,2,2,6))
d.mktime((10**9*3,1,2,2,6,0,0,0,0))
d.struct_time((1,2,3))
d.struct_time(range(12))
d.struct_time(3)
d.struct_time(range(11)), d.struct_time(range(11)).tm_zone
d.struct_time(range(9), {'tm_zone':'x'}).tm_zone, d.struct_time(range(9)).tm_gmtoff
d.struct_time(range(9), 3)
d.struct_time(range(11)).__reduce__()
pickle.loads(pickle.dumps(d.struct_time(range(11)))).tm_gmtoff
d.struct_time(range(9)).__replace__(tm_year=3)
d.struct_time(range(9)) == tuple(range(9)), hash(d.struct_time(range(9))) == hash(tuple(range(9)))
d.struct_time.__match_args__, d.struct_time.n_fields, d.struct_time.n_sequence_fields
d.struct_time(range(9)).tm_foo
setattr(d.struct_time(range(9)), 'tm_year', 3)
d.clock_gettime(99)
d.clock_getres(d.CLOCK_MONOTONIC)
d.clock_settime(99, 3)
d.clock_settime_ns(99, 3)
d.clock_gettime_ns(d.CLOCK_MONOTONIC) <= d.monotonic_ns()
d.get_clock_info('x')
[d.get_clock_info(name) for name in ('time', 'monotonic', 'perf_counter', 'process_time', 'thread_time')]
d.get_clock_info(1)
d.sleep(-1)
d.sleep(float('nan'))
d.sleep('a')
d.sleep(1e100)
d.sleep(10**100)
d.time_ns(1)
d.strptime('30 Nov 00', '%d %b %y')
d.strptime('12:34:56 PM +0530', '%I:%M:%S %p %z')[:6], d.strptime('+01:02:03.5', '%z').tm_gmtoff
d.strptime('2024-W19-1', '%G-W%V-%u'), d.strptime('2024 20 3', '%Y %U %w')
d.strptime('x', '%Y')
d.strptime('2024', '%V %Y')
d.strptime('2024x', '%Y')
d.strptime('a', '%')
d.strptime(b'a', '%Y')
d.strptime('+01:0203', '%z')""".splitlines()

os.environ["TZ"] = "UTC"
d.tzset()
for expression in EXPRESSIONS:
    try:
        result = repr(eval(expression))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(expression[:60], "->", result)

for zone in ("EST5EDT,M3.2.0,M11.1.0", "AEST-10AEDT,M10.1.0,M4.1.0/3", "XYZ3"):
    os.environ["TZ"] = zone
    d.tzset()
    print(d.tzname, d.timezone, d.altzone, d.daylight)
    for dst in (0, 1, -1):
        for fields in ((2005, 7, 2, 3, 4, 5), (2005, 1, 30, 2, 30, 5), (2005, 13, -5, 2, 30, 5), (2005, 3, 13, 2, 30, 0)):
            print(d.mktime((*fields, 6, 7, dst)), d.strftime("%z|%Z", (2005, 7, 2, 3, 4, 5, 6, 7, dst)))
    print(d.localtime(1e9), d.localtime(1e9).tm_zone, d.strftime("%z %Z", d.localtime(1.2e9)), d.ctime(1e9))

if hasattr(d, "ticks_ms"):  # MicroPython's
    start = d.ticks_us()
    d.sleep_ms(2)
    d.sleep_us(10)
    assert 2000 <= d.ticks_diff(d.ticks_us(), start) < 1000000
    assert d.ticks_diff(d.ticks_add(2**30 - 1, 5), 2**30 - 1) == 5 and d.ticks_diff(3, 10) == -7
    assert 0 <= d.ticks_ms() < 2**30 and 0 <= d.ticks_cpu() < 2**30
    try:
        d.ticks_add(0, 2**29)
        print("no error")
    except OverflowError as error:
        assert str(error) == "ticks interval overflow"
