"""What Python 2 called modules and builtins: pickles of protocols 0 to 2 hold its names.

Each table is text, `old new` or `module: name name ...`, since most of it is regular.
"""


def _pairs(text: str) -> dict[str, str]:
    return dict(line.split() for line in text.splitlines() if line.strip())


def _moved(text: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Lines of `old-module new-module: name ...`; a name is old=new where it has changed too."""
    result = {}
    for line in text.splitlines():
        head, _, names = line.partition(":")
        if names:
            old_module, new_module = head.split()
            for name in names.split():
                old, _, new = name.partition("=")
                result[old_module, old] = new_module, new or old
    return result


# Both ways the same.
_MODULES = _pairs("""
    __builtin__ builtins
    copy_reg copyreg
    Queue queue
    SocketServer socketserver
    ConfigParser configparser
    repr reprlib
    tkFileDialog tkinter.filedialog
    tkSimpleDialog tkinter.simpledialog
    tkColorChooser tkinter.colorchooser
    tkCommonDialog tkinter.commondialog
    Dialog tkinter.dialog
    Tkdnd tkinter.dnd
    tkFont tkinter.font
    tkMessageBox tkinter.messagebox
    ScrolledText tkinter.scrolledtext
    Tkconstants tkinter.constants
    ttk tkinter.ttk
    Tkinter tkinter
    markupbase _markupbase
    _winreg winreg
    thread _thread
    dummy_thread _dummy_thread
    dbhash dbm.bsd
    dumbdbm dbm.dumb
    dbm dbm.ndbm
    gdbm dbm.gnu
    xmlrpclib xmlrpc.client
    SimpleXMLRPCServer xmlrpc.server
    httplib http.client
    htmlentitydefs html.entities
    HTMLParser html.parser
    Cookie http.cookies
    cookielib http.cookiejar
    BaseHTTPServer http.server
    test.test_support test.support
    commands subprocess
    urlparse urllib.parse
    robotparser urllib.robotparser
    urllib2 urllib.request
    anydbm dbm
    _abcoll collections.abc
""")
# Only from old to new, or only from new to old.
_OLD_MODULES = _pairs("""
    cPickle pickle
    _elementtree xml.etree.ElementTree
    FileDialog tkinter.filedialog
    SimpleDialog tkinter.simpledialog
    DocXMLRPCServer xmlrpc.server
    SimpleHTTPServer http.server
    CGIHTTPServer http.server
    UserDict collections
    UserList collections
    UserString collections
    whichdb dbm
    StringIO io
    cStringIO io
""")
_NEW_MODULES = _pairs("""
    _bz2 bz2
    _dbm dbm
    _functools functools
    _gdbm gdbm
    _pickle pickle
""")

PYTHON2_EXCEPTIONS = tuple(
    "ArithmeticError AssertionError AttributeError BaseException BufferError BytesWarning DeprecationWarning EOFError EnvironmentError Exception "
    "FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError KeyError KeyboardInterrupt "
    "LookupError MemoryError NameError NotImplementedError OSError OverflowError PendingDeprecationWarning ReferenceError RuntimeError "
    "RuntimeWarning StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TypeError UnboundLocalError UnicodeDecodeError "
    "UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError".split())
MULTIPROCESSING_EXCEPTIONS = "AuthenticationError", "BufferTooShort", "ProcessError", "TimeoutError"
PYTHON3_OSERROR_EXCEPTIONS = tuple(
    "BrokenPipeError ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError FileExistsError "
    "FileNotFoundError InterruptedError IsADirectoryError NotADirectoryError PermissionError ProcessLookupError TimeoutError".split())
PYTHON3_IMPORTERROR_EXCEPTIONS = ("ModuleNotFoundError",)

_NAMES = _moved(f"""
    __builtin__ builtins: xrange=range unichr=chr unicode=str long=int
    __builtin__ functools: reduce
    __builtin__ sys: intern
    itertools builtins: izip=zip imap=map ifilter=filter
    itertools itertools: ifilterfalse=filterfalse izip_longest=zip_longest
    UserDict collections: IterableUserDict=UserDict
    UserList collections: UserList
    UserString collections: UserString
    whichdb dbm: whichdb
    _socket socket: fromfd
    _multiprocessing multiprocessing.connection: Connection
    multiprocessing.process multiprocessing.context: Process
    multiprocessing.forking multiprocessing.popen_fork: Popen
    urllib urllib.error: ContentTooShortError
    urllib urllib.request: getproxies pathname2url url2pathname urlcleanup urlopen urlretrieve
    urllib urllib.parse: quote_plus quote unquote_plus unquote urlencode
    urllib2 urllib.error: HTTPError URLError
    exceptions builtins: {" ".join(PYTHON2_EXCEPTIONS)}
    multiprocessing multiprocessing.context: {" ".join(MULTIPROCESSING_EXCEPTIONS)}
""")
_OLD_NAMES = _moved("""
    __builtin__ builtins: basestring=str
    exceptions builtins: StandardError=Exception
    UserDict collections: UserDict
    socket socket: _socketobject=SocketType
""")
_NEW_NAMES = _moved(f"""
    _functools __builtin__: reduce
    tkinter.filedialog FileDialog: FileDialog LoadFileDialog SaveFileDialog
    tkinter.simpledialog SimpleDialog: SimpleDialog
    xmlrpc.server DocXMLRPCServer: ServerHTMLDoc XMLRPCDocGenerator DocXMLRPCRequestHandler DocXMLRPCServer DocCGIXMLRPCRequestHandler
    http.server SimpleHTTPServer: SimpleHTTPRequestHandler
    http.server CGIHTTPServer: CGIHTTPRequestHandler
    _socket socket: socket=_socketobject
    builtins exceptions: {" ".join(name + "=OSError" for name in PYTHON3_OSERROR_EXCEPTIONS)} ModuleNotFoundError=ImportError
""")

IMPORT_MAPPING = _MODULES | _OLD_MODULES
REVERSE_IMPORT_MAPPING = {new: old for old, new in _MODULES.items()} | _NEW_MODULES
NAME_MAPPING = _NAMES | _OLD_NAMES
REVERSE_NAME_MAPPING = {new: old for old, new in _NAMES.items()} | _NEW_NAMES
