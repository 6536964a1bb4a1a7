"""Prints what profilers have counted: pstats.Stats("file").sort_stats("cumulative").print_stats(20)."""

import sys
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Stats", "SortKey", "FunctionProfile", "StatsProfile"]


class SortKey(StrEnum):
    """What can be sorted by; a beginning that is clear, or another name, does as well."""

    CALLS = "calls", "ncalls"
    CUMULATIVE = "cumulative", "cumtime"
    FILENAME = "filename", "module"
    LINE = "line"
    NAME = "name"
    NFL = "nfl"
    PCALLS = "pcalls"
    STDNAME = "stdname"
    TIME = "time", "tottime"

    def __new__(cls, *names):
        made = str.__new__(cls, names[0])
        made._value_ = names[0]
        for other in names[1:]:
            cls._value2member_map_[other] = made
        made._all_values = names
        return made


@dataclass(unsafe_hash=True)
class FunctionProfile:
    """The figures of one function."""

    ncalls: str
    tottime: float
    percall_tottime: float
    cumtime: float
    percall_cumtime: float
    file_name: str
    line_number: int


@dataclass(unsafe_hash=True)
class StatsProfile:
    """The figures of all functions, by name."""

    total_tt: float
    func_profiles: dict[str, FunctionProfile]


# key -> (what to compare, title): fields of (cc, nc, tt, ct, file, line, name, standard name); True: the largest first.
_KEYS = {
    "calls": (((1, True),), "call count"), "ncalls": (((1, True),), "call count"), "cumtime": (((3, True),), "cumulative time"),
    "cumulative": (((3, True),), "cumulative time"), "filename": (((4, False),), "file name"), "line": (((5, False),), "line number"),
    "module": (((4, False),), "file name"), "name": (((6, False),), "function name"),
    "nfl": (((6, False), (4, False), (5, False)), "name/file/line"), "pcalls": (((0, True),), "primitive call count"),
    "stdname": (((7, False),), "standard name"), "time": (((2, True),), "internal time"), "tottime": (((2, True),), "internal time"),
}
_NUMBERS = {-1: "stdname", 0: "calls", 1: "time", 2: "cumulative"}


def func_std_string(func):
    """A function's label as text: "file:line(name)"."""
    file, line, name = func
    if (file, line) == ("~", 0):
        return "{%s}" % name[1:-1] if name.startswith("<") and name.endswith(">") else name
    return "%s:%d(%s)" % func


def func_strip_path(func):
    """The label without the file's folders."""
    import os
    return os.path.basename(func[0]), func[1], func[2]


def func_get_function_name(func):
    return func[2]


def f8(x):
    return "%8.3f" % x


def _add_callers(target, source):
    out = dict(target)
    for func, counts in source.items():
        if isinstance(counts, tuple):
            out[func] = tuple(a + b for a, b in zip(counts, out[func])) if func in out else counts
        else:
            out[func] = out.get(func, 0) + counts
    return out


def _add_stats(target, source):
    if target is None:
        return source
    return tuple(a + b for a, b in zip(target[:4], source[:4])) + (_add_callers(target[4], source[4]),)


def count_calls(callers):
    """How many calls there were from all callers."""
    return sum(counts if isinstance(counts, int) else counts[0] for counts in callers.values())


class Stats:
    """Figures of files, of Profile objects, or of both added up. stream: where to print."""

    def __init__(self, *args, stream=None):
        self.stream = stream or sys.stdout
        first = args[0] if args else None
        self.init(first)
        self.add(*args[1:])

    def init(self, arg):
        self.all_callees = self.fcn_list = None
        self.files, self.stats, self.top_level, self.sort_arg_dict = [], {}, set(), {}
        self.total_calls = self.prim_calls = self.total_tt = self.max_name_len = 0
        self.load_stats(arg)
        self.sort_type = "Random listing order was used"
        self._titles, self._reversed = None, False
        self.get_top_level_stats()

    def load_stats(self, arg):
        if arg is None:
            self.stats = {}
            return
        if isinstance(arg, str):
            import os
            import time
            from _profile_file import read
            with open(arg, "rb") as file:
                self.stats = read(file.read())
            try:
                arg = time.ctime(os.stat(arg).st_mtime) + "    " + arg
            except OSError:
                pass
            self.files = [arg]
        elif hasattr(arg, "create_stats"):
            arg.create_stats()
            self.stats, arg.stats = arg.stats, {}
        if not self.stats:
            raise TypeError("Cannot create or construct a %r object from %r" % (self.__class__, arg))

    def get_top_level_stats(self):
        for func, (cc, nc, tt, ct, callers) in self.stats.items():
            self.total_calls += nc
            self.prim_calls += cc
            self.total_tt += tt
            if ("jprofile", 0, "profiler") in callers:
                self.top_level.add(func)
            self.max_name_len = max(self.max_name_len, len(func_std_string(func)))

    def add(self, *args):
        """Add what other files or profiles have counted."""
        for item in reversed(args):
            other = item if type(item) is type(self) else type(self)(item)
            self.files += other.files
            self.total_calls += other.total_calls
            self.prim_calls += other.prim_calls
            self.total_tt += other.total_tt
            self.top_level |= other.top_level
            self.max_name_len = max(self.max_name_len, other.max_name_len)
            self.fcn_list = None
            for func, stat in other.stats.items():
                self.stats[func] = _add_stats(self.stats.get(func), stat)
        return self

    def dump_stats(self, filename):
        """Write the figures to a file."""
        from _profile_file import write
        data = bytearray()
        write(self.stats, data)
        with open(filename, "wb") as file:
            file.write(data)

    sort_arg_dict_default = {key: (tuple((field, -1 if down else 1) for field, down in fields), title)
                             for key, (fields, title) in _KEYS.items()}

    def get_sort_arg_defs(self):
        """What each beginning of a key that is clear sorts by."""
        if not self.sort_arg_dict:
            found, unclear = {}, set()
            for key, value in self.sort_arg_dict_default.items():
                for end in range(1, len(key) + 1):
                    part = key[:end]
                    if part in found and end < len(key) and found[part] is not value:
                        unclear.add(part)
                    if part not in found or part == key:
                        found[part] = value
            for part in unclear - set(self.sort_arg_dict_default):
                del found[part]
            self.sort_arg_dict = found
        return self.sort_arg_dict

    def sort_stats(self, *field):
        """Sort by these keys: strings, SortKey, or the numbers of old."""
        if not field:
            self.fcn_list = 0
            return self
        if len(field) == 1 and isinstance(field[0], int):
            field = [_NUMBERS[field[0]]]
        elif len(field) >= 2:
            for arg in field[1:]:
                if type(arg) is not type(field[0]):
                    raise TypeError("Can't have mixed argument type")
        known = self.get_sort_arg_defs()
        order, titles = (), []
        for word in field:
            if isinstance(word, SortKey):
                word = word.value
            order += known[word][0]
            titles.append(known[word][1])
        self.sort_type = ", ".join(titles)
        rows = [(stat[:4] + func + (func_std_string(func), func)) for func, stat in self.stats.items()]
        for index, direction in reversed(order):
            rows.sort(key=lambda row: row[index], reverse=direction < 0)
        self.fcn_list = [row[-1] for row in rows]
        return self

    def reverse_order(self):
        """The other way round."""
        if self.fcn_list:
            self.fcn_list.reverse()
        return self

    def strip_dirs(self):
        """File names without folders."""
        before, self.stats, width = self.stats, {}, 0
        for func, (cc, nc, tt, ct, callers) in before.items():
            new = func_strip_path(func)
            width = max(width, len(func_std_string(new)))
            inner = {}
            for caller, counts in callers.items():
                inner = _add_callers(inner, {func_strip_path(caller): counts})
            self.stats[new] = _add_stats(self.stats.get(new), (cc, nc, tt, ct, inner))
        self.top_level = {func_strip_path(func) for func in self.top_level}
        self.max_name_len, self.fcn_list, self.all_callees = width, None, None
        return self

    def calc_callees(self):
        """Who calls whom, the other way round."""
        if self.all_callees is not None:
            return
        self.all_callees = out = {}
        for func, stat in self.stats.items():
            out.setdefault(func, {})
            for caller, counts in stat[4].items():
                out.setdefault(caller, {})[func] = counts

    # Printing.

    def eval_print_amount(self, sel, list, msg):
        """What is left of a list: of which the name matches, a part of it, or so many."""
        import re
        if isinstance(sel, str):
            try:
                pattern = re.compile(sel)
            except re.PatternError:
                return list, msg + "   <Invalid regular expression %r>\n" % sel
            new = [func for func in list if pattern.search(func_std_string(func))]
        else:
            count = len(list)
            if isinstance(sel, float) and 0.0 <= sel < 1.0:
                count = int(count * sel + .5)
            elif isinstance(sel, int) and 0 <= sel < count:
                count = sel
            new = list[:count]
        if len(list) != len(new):
            msg += "   List reduced from %r to %r due to restriction <%r>\n" % (len(list), len(new), sel)
        return new, msg

    def get_print_list(self, sel_list):
        """(width of names, functions) to print."""
        width = self.max_name_len
        if self.fcn_list:
            found, msg = self.fcn_list[:], "   Ordered by: " + self.sort_type + "\n"
        else:
            found, msg = list(self.stats.keys()), "   Random listing order was used\n"
        for selection in sel_list:
            found, msg = self.eval_print_amount(selection, found, msg)
        if not found:
            return 0, found
        print(msg, file=self.stream)
        if len(found) < len(self.stats):
            width = max([0] + [len(func_std_string(func)) for func in found])
        return width + 2, found

    def get_stats_profile(self):
        """The figures as a StatsProfile."""
        profiles = {}
        for func in self.fcn_list[:] if self.fcn_list else list(self.stats.keys()):
            cc, nc, tt, ct, callers = self.stats[func]
            file, line, name = func
            profiles[name] = FunctionProfile(str(nc) if nc == cc else f"{nc}/{cc}", float(f8(tt)), -1 if nc == 0 else float(f8(tt / nc)),
                                             float(f8(ct)), -1 if cc == 0 else float(f8(ct / cc)), file, line)
        return StatsProfile(float(f8(self.total_tt)), profiles)

    def print_stats(self, *amount):
        """Print a table; amount: patterns, parts (0.1) or numbers, one after the other."""
        for name in self.files:
            print(name, file=self.stream)
        if self.files:
            print(file=self.stream)
        for func in self.top_level:
            print(" " * 8, func_get_function_name(func), file=self.stream)
        text = " " * 8 + f" {self.total_calls} function calls"
        if self.total_calls != self.prim_calls:
            text += f" ({self.prim_calls} primitive calls)"
        print(text + " in %.3f seconds" % self.total_tt, file=self.stream)
        print(file=self.stream)
        width, found = self.get_print_list(amount)
        if found:
            self.print_title()
            for func in found:
                self.print_line(func)
            print(file=self.stream)
            print(file=self.stream)
        return self

    def print_callees(self, *amount):
        """Print whom each function has called."""
        width, found = self.get_print_list(amount)
        if found:
            self.calc_callees()
            self.print_call_heading(width, "called...")
            for func in found:
                self.print_call_line(width, func, self.all_callees.get(func, {}))
            print(file=self.stream)
            print(file=self.stream)
        return self

    def print_callers(self, *amount):
        """Print who has called each function."""
        width, found = self.get_print_list(amount)
        if found:
            self.print_call_heading(width, "was called by...")
            for func in found:
                self.print_call_line(width, func, self.stats[func][4], "<-")
            print(file=self.stream)
            print(file=self.stream)
        return self

    def print_call_heading(self, name_size, column_title):
        print("Function ".ljust(name_size) + column_title, file=self.stream)
        if any(isinstance(value, tuple) for stat in self.stats.values() for value in stat[4].values()):
            print(" " * name_size + "    ncalls  tottime  cumtime", file=self.stream)

    def print_call_line(self, name_size, source, call_dict, arrow="->"):
        print(func_std_string(source).ljust(name_size) + arrow, end=" ", file=self.stream)
        if not call_dict:
            print(file=self.stream)
            return
        indent = ""
        for func in sorted(call_dict):
            name, value = func_std_string(func), call_dict[func]
            if isinstance(value, tuple):
                nc, cc, tt, ct = value
                counts = "%d/%d" % (nc, cc) if nc != cc else "%d" % nc
                text = "%s %s %s  %s" % (counts.rjust(9), f8(tt), f8(ct), name)
                left = name_size + 1
            else:
                text = "%s(%r) %s" % (name, value, f8(self.stats[func][3]))
                left = name_size + 3
            print(indent * left + text, file=self.stream)
            indent = " "

    def print_line(self, func):
        cc, nc, tt, ct, callers = self.stats[func]
        counts = str(nc) if nc == cc else f"{nc}/{cc}"
        each = " " * 8 if nc == 0 else f8(tt / nc)
        whole = " " * 8 if cc == 0 else f8(ct / cc)
        print(f"{counts.rjust(9)} {f8(tt)} {each} {f8(ct)} {whole} {func_std_string(func)}", file=self.stream)

    def print_title(self):
        print("   ncalls  tottime  percall  cumtime  percall", end=" ", file=self.stream)
        print("filename:lineno(function)", file=self.stream)
