# The plistlib module: property lists, XML and binary.
import datetime
import io
import plistlib
from collections import OrderedDict
from plistlib import FMT_BINARY, FMT_XML, UID

VALUE = {"text": "a <b> & \"c\" \u00e9\U0001F600", "int": 3, "negative": -4, "big": 1 << 63, "float": 1.5, "yes": True, "no": False,
         "date": datetime.datetime(2026, 1, 2, 3, 4, 5), "bytes": b"\x00\x01" * 60, "few": bytearray(b"x"), "list": [1, "two", [], {}, ["deep", {"k": (1, 2)}]],
         "empty": "", "uid": 0, "many": list(range(20)), "same": ["same", "same", 1, 1.0, True], "Long" * 5: "x" * 300}
for fmt in (FMT_XML, FMT_BINARY):
    if fmt is FMT_XML:
        del VALUE["uid"]
    else:
        VALUE["uid"] = UID(7)
    data = plistlib.dumps(VALUE, fmt=fmt)
    print(data.decode() if fmt is FMT_XML else data)
    print(plistlib.loads(data) == {**VALUE, "few": b"x", "list": [1, "two", [], {}, ["deep", {"k": [1, 2]}]]}, plistlib.loads(data, fmt=fmt) == plistlib.loads(data))
    print(list(plistlib.loads(plistlib.dumps({"b": 1, "a": 2}, fmt=fmt, sort_keys=False), dict_type=OrderedDict)), list(plistlib.loads(plistlib.dumps({"b": 1, "a": 2}, fmt=fmt))))
    print(plistlib.loads(plistlib.dumps({1: 2, "a": 3}, fmt=fmt, skipkeys=True, sort_keys=False)))
    aware = datetime.datetime(2026, 1, 2, 3, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
    print(plistlib.loads(plistlib.dumps(aware, fmt=fmt, aware_datetime=True)), plistlib.loads(plistlib.dumps(aware, fmt=fmt, aware_datetime=True), aware_datetime=True))
    file = io.BytesIO()
    plistlib.dump([1], file, fmt=fmt)
    file.seek(0)
    print(plistlib.load(file))
    for wrong in ({1: 2}, object, UID(3), {"a": object}, 1 << 64, -1 << 64):
        try:
            print(plistlib.loads(plistlib.dumps(wrong, fmt=fmt)))
        except (TypeError, OverflowError) as e:
            print(type(e).__name__)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!-- a comment -->\n<plist version="1.0">'
for text in ("<string>a&lt;&#65;&#x42;<![CDATA[<x>]]></string>", "<integer>0x1F</integer>", "<integer> 5 </integer>", "<real>1e3</real>", "<true/>", "<false></false>",
             "<data>\n  QUJD\n</data>", "<date>2026-01-02T03:04:05Z</date>", "<dict/>", "<array></array>", "<dict><key>a</key><array><integer>1</integer></array></dict>",
             "<dict><key>CF$UID</key><integer>3</integer></dict>", "<string/>"):
    print(text, plistlib.loads(HEAD + text + "</plist>"))
for text in ("<integer>x</integer>", "<real>x</real>", "<dict><string>a</string></dict>", "<dict><key>a</key></dict>", "<array><key>a</key></array>",
             "<dict><key>a</key><key>b</key></dict>"):
    try:
        print(text, plistlib.loads((HEAD + text + "</plist>").encode()))
    except ValueError as e:
        print(text, "ValueError")
print(plistlib.loads(b"\xef\xbb\xbf<plist><true/></plist>"), plistlib.loads("\ufeff".encode("utf-16-le") + HEAD.replace("UTF-8", "utf-16").encode("utf-16-le") + "<true/></plist>".encode("utf-16-le")))
for data in (b"", b"something", b"bplist00", b"bplist00" + bytes(40), plistlib.dumps([1, [2]], fmt=FMT_BINARY)[:-1]):
    try:
        print(plistlib.loads(data))
    except plistlib.InvalidFileException as e:
        print(type(e).__name__)
try:
    plistlib.loads(b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY e "x">]><plist><string>&e;</string></plist>')
except plistlib.InvalidFileException as e:
    print(e)
for wrong in ("x", -1, 1 << 64):
    try:
        UID(wrong)
    except (TypeError, ValueError) as e:
        print(e)
print(UID(5), UID(5) == UID(5), UID(5) == 5, hash(UID(5)) == hash(5), range(10)[UID(3)], plistlib.FMT_XML, plistlib.__all__)
