"""logging: what reaches which handler, and how it looks; files that are replaced; configuration."""
import io, logging, logging.config, logging.handlers, os, sys
def show(label, f, *a, **k):
    try:
        print(label, f(*a, **k))
    except Exception as e:
        print(label, type(e).__name__, e, "|", e.__cause__)
class Short:
    """sys.stdout without the folder of this file."""
    name = sys.stdout.name
    def write(self, text):
        return sys.stdout.write(text.replace(os.path.dirname(__file__) + os.sep, ""))
    def flush(self):
        sys.stdout.flush()
out = logging.StreamHandler(Short())
out.setFormatter(logging.Formatter("%(levelname)-8s|%(name)s|%(message)s|%(funcName)s|%(filename)s|%(module)s|%(threadName)s|%(processName)s"))
log = logging.getLogger("a.b")
log.addHandler(out)
log.propagate = False
def f():
    log.debug("no")
    log.warning("yes %s %d", "x", 3)
    log.error("dict %(k)s", {"k": 1})
    log.log(35, "level")
f()
log.setLevel(logging.DEBUG)
logging.addLevelName(5, "FINE")
log.log(5, "too fine")
for name in ("debug", "info", "warning", "error", "critical", "fatal"):
    getattr(log, name)("%s!", name)
try:
    1 / 0
except ZeroDivisionError:
    text = io.StringIO()
    h = logging.StreamHandler(text)
    log.addHandler(h)
    log.exception("oops")
    log.info("with", exc_info=True)
    log.removeHandler(h)
    print([line for line in text.getvalue().splitlines() if not line.startswith(("  ", "    "))])
show("levels", lambda: (logging.getLevelName(10), logging.getLevelName("INFO"), logging.getLevelName(7), sorted(logging.getLevelNamesMapping().items())))
show("level", log.setLevel, "nope")
show("level", log.setLevel, 1.5)
show("log", log.log, "x", "y")
show("names", lambda: (log, logging.getLogger(), logging.getLogger("a"), logging.getLogger("a.b.c").parent.name, log.getChild("d").name, sorted(c.name for c in logging.getLogger("a.b").getChildren()), out))
show("extra", log.info, "x", extra={"message": 1})
show("name", logging.getLogger, 5)
log.addFilter(lambda r: "secret" not in r.getMessage())
log.info("a secret")
log.info("public")
print([logging.Filter("a.b").filter(logging.makeLogRecord({"name": n})) for n in ("a.b", "a.bc", "a.b.c", "a")])
logging.disable(logging.INFO)
log.info("disabled")
logging.disable(logging.NOTSET)
adapter = logging.LoggerAdapter(log, {"who": "me"})
out.setFormatter(logging.Formatter("{levelname}:{message}:{who}", style="{", defaults={"who": "nobody"}))
adapter.info("adapted")
log.info("plain")
for fmt, style in (("%(message)s", "%"), ("{message}", "{"), ("${message} $levelname", "$"), ("%(nope)s", "%"), ("message", "%"), ("{", "{"), ("{x!z}", "{"), ("$", "$"), ("x", "?"), ("{a-b}", "{"), ("%(message)z", "%")):
    show(fmt, lambda: logging.Formatter(fmt, style=style).format(logging.makeLogRecord({"msg": "hello", "levelname": "INFO"})))
r = logging.makeLogRecord({"created": 0.5, "msecs": 500.0, "msg": "t"})
fm = logging.Formatter("%(asctime)s")
fm.converter = __import__("time").gmtime
print(fm.format(r), fm.formatTime(r, "%Y"), r)
logging.basicConfig(stream=sys.stdout, format="root %(message)s", level="INFO")
logging.info("to root")
show("config", logging.basicConfig, stream=1, filename="x", force=True)
show("config", logging.basicConfig, wrong=1, force=True)
h = logging.handlers.RotatingFileHandler("r.log", maxBytes=60, backupCount=2)
rl = logging.getLogger("r")
rl.propagate = False
rl.addHandler(h)
for i in range(20):
    rl.warning("message number %d", i)
h.close()
print(sorted((n, open(n).read()) for n in os.listdir(".") if n.startswith("r.log")))
m = logging.handlers.MemoryHandler(3, target=out)
ml = logging.getLogger("m")
ml.propagate = False
ml.addHandler(m)
ml.warning("one"), ml.warning("two")
print("not yet")
ml.error("three")
t = logging.handlers.TimedRotatingFileHandler("t.log", "midnight", utc=True)
print(t.computeRollover(0), t.computeRollover(86399), logging.handlers.TimedRotatingFileHandler("w.log", "W0", utc=True).computeRollover(0), logging.handlers.TimedRotatingFileHandler("h.log", "h", 2, utc=True).computeRollover(5))
for w in ("x", "W", "W9"):
    show("when", logging.handlers.TimedRotatingFileHandler, "x.log", w)
logging.config.dictConfig({"version": 1, "formatters": {"f": {"format": "%(name)s-%(message)s"}}, "filters": {"only": {"name": "cfg"}},
                           "handlers": {"h": {"class": "logging.StreamHandler", "formatter": "f", "stream": "ext://sys.stdout", "filters": ["only"], "level": "INFO"}},
                           "loggers": {"cfg": {"handlers": ["h"], "level": "DEBUG", "propagate": False}}, "disable_existing_loggers": False})
logging.getLogger("cfg").info("configured")
logging.getLogger("cfg").debug("not this")
for c in ({}, {"version": 2}, {"version": 1, "handlers": {"h": {"class": "nope.Nope"}}}, {"version": 1, "handlers": {"h": {"class": "logging.StreamHandler", "formatter": "zz"}}}, {"version": 1, "root": {"level": "XX"}}, {"version": 1, "loggers": {"q": {"handlers": ["none"]}}}):
    show("dictConfig", logging.config.dictConfig, c)
with open("c.ini", "w") as file:
    file.write("[loggers]\nkeys=root,x\n[handlers]\nkeys=h\n[formatters]\nkeys=f\n[logger_root]\nlevel=INFO\nhandlers=h\n[logger_x]\nqualname=x.y\nlevel=DEBUG\nhandlers=h\npropagate=0\n[handler_h]\nclass=StreamHandler\nargs=(sys.stdout,)\nformatter=f\n[formatter_f]\nformat=ini %(name)s %(message)s\n")
logging.config.fileConfig("c.ini")
logging.getLogger("x.y").debug("deep")
logging.getLogger().info("root")
show("file", logging.config.fileConfig, "nothing.ini")
print(sorted(logging.__all__))
