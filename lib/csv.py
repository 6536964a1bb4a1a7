"""CSV files: reader and writer for lists, DictReader and DictWriter for dicts, Sniffer for dialects that one does not know.

Files are to be opened with newline=''."""

from _csv import (Error, writer, reader, register_dialect, unregister_dialect, get_dialect, list_dialects, field_size_limit, QUOTE_MINIMAL,
                  QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE, QUOTE_STRINGS, QUOTE_NOTNULL, Dialect as _Dialect)

__all__ = ["QUOTE_MINIMAL", "QUOTE_ALL", "QUOTE_NONNUMERIC", "QUOTE_NONE", "QUOTE_STRINGS", "QUOTE_NOTNULL", "Error", "Dialect", "excel",
           "excel_tab", "field_size_limit", "reader", "writer", "register_dialect", "get_dialect", "list_dialects", "Sniffer",
           "unregister_dialect", "DictReader", "DictWriter", "unix_dialect"]


class Dialect:
    """How CSV is written: a class with these attributes; reader and writer take the class as it is."""

    _name = ""
    _valid = False
    delimiter = None
    quotechar = None
    escapechar = None
    doublequote = None
    skipinitialspace = None
    lineterminator = None
    quoting = None

    def __init__(self):
        if self.__class__ != Dialect:
            self._valid = True
        self._validate()

    def _validate(self):
        try:
            _Dialect(self)
        except TypeError as e:
            raise Error(str(e)) from None


class excel(Dialect):
    """What Excel writes."""

    delimiter = ","
    quotechar = '"'
    doublequote = True
    skipinitialspace = False
    lineterminator = "\r\n"
    quoting = QUOTE_MINIMAL


class excel_tab(excel):
    """What Excel writes with tabs."""

    delimiter = "\t"


class unix_dialect(Dialect):
    """All fields in quotes, lines that end with a newline."""

    delimiter = ","
    quotechar = '"'
    doublequote = True
    skipinitialspace = False
    lineterminator = "\n"
    quoting = QUOTE_ALL


register_dialect("excel", excel)
register_dialect("excel-tab", excel_tab)
register_dialect("unix", unix_dialect)


class DictReader:
    """Records as dicts. fieldnames: their keys; without them the first record."""

    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", *args, **kwds):
        """restkey: the key of the list of fields that have no name; restval: the value of names that have no field."""
        self._fieldnames = list(fieldnames) if fieldnames is not None and iter(fieldnames) is fieldnames else fieldnames
        self.restkey = restkey
        self.restval = restval
        self.reader = reader(f, dialect, *args, **kwds)
        self.dialect = dialect
        self.line_num = 0

    def __iter__(self):
        return self

    @property
    def fieldnames(self):
        """The keys, in their order."""
        if self._fieldnames is None:
            self._fieldnames = next(self.reader, None)
        self.line_num = self.reader.line_num
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __next__(self):
        if self.line_num == 0:
            self.fieldnames
        row = next(self.reader)
        self.line_num = self.reader.line_num
        while row == []:
            row = next(self.reader)
        names = self.fieldnames
        record = dict(zip(names, row))
        if len(names) < len(row):
            record[self.restkey] = row[len(names):]
        for name in names[len(row):]:
            record[name] = self.restval
        return record

    from types import GenericAlias as _alias
    __class_getitem__ = classmethod(_alias)
    del _alias


class DictWriter:
    """Dicts as records, in the order of fieldnames."""

    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", *args, **kwds):
        """restval: for keys that a dict does not have; extrasaction: raise or ignore, for keys that are not in fieldnames."""
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        self.fieldnames = fieldnames
        self.restval = restval
        extrasaction = extrasaction.lower()
        if extrasaction not in ("raise", "ignore"):
            raise ValueError("extrasaction (%s) must be 'raise' or 'ignore'" % extrasaction)
        self.extrasaction = extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        """Write the names as a record."""
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _dict_to_list(self, rowdict):
        if self.extrasaction == "raise":
            wrong = rowdict.keys() - self.fieldnames
            if wrong:
                raise ValueError("dict contains fields not in fieldnames: " + ", ".join(repr(x) for x in wrong))
        return (rowdict.get(key, self.restval) for key in self.fieldnames)

    def writerow(self, rowdict):
        """Write one dict."""
        return self.writer.writerow(self._dict_to_list(rowdict))

    def writerows(self, rowdicts):
        """Write several dicts."""
        return self.writer.writerows(map(self._dict_to_list, rowdicts))

    from types import GenericAlias as _alias
    __class_getitem__ = classmethod(_alias)
    del _alias


class Sniffer:
    """Finds out the dialect of a sample of text, and whether it begins with names."""

    def __init__(self):
        self.preferred = [",", "\t", ";", " ", ":"]

    def sniff(self, sample, delimiters=None):
        """A Dialect for the sample; delimiters: the characters that it may have. Error: none was found."""
        quote, doubled, delimiter, skip = self._guess_quote_and_delimiter(sample, delimiters)
        if not delimiter:
            delimiter, skip = self._guess_delimiter(sample, delimiters)
        if not delimiter:
            raise Error("Could not determine delimiter")

        class dialect(Dialect):
            _name = "sniffed"
            lineterminator = "\r\n"
            quoting = QUOTE_MINIMAL

        dialect.doublequote = doubled
        dialect.delimiter = delimiter
        dialect.quotechar = quote or '"'
        dialect.skipinitialspace = skip
        return dialect

    def _guess_quote_and_delimiter(self, data, delimiters):
        """By texts in quotes between two equal characters, or at an end of a line: quote, doubled, delimiter, space behind it."""
        import re
        matches = []
        for pattern in (r'(?P<delim>[^\w\n"\'])(?P<space> ?)(?P<quote>["\']).*?(?P=quote)(?P=delim)', # ,"...",
                        r'(?:^|\n)(?P<quote>["\']).*?(?P=quote)(?P<delim>[^\w\n"\'])(?P<space> ?)', # "...",
                        r'(?P<delim>[^\w\n"\'])(?P<space> ?)(?P<quote>["\']).*?(?P=quote)(?:$|\n)', # ,"..."
                        r'(?:^|\n)(?P<quote>["\']).*?(?P=quote)(?:$|\n)'): # "..."
            regexp = re.compile(pattern, re.DOTALL | re.MULTILINE)
            matches = regexp.findall(data)
            if matches:
                break
        if not matches:
            return "", False, None, 0
        quotes, delims, spaces = {}, {}, 0
        index = regexp.groupindex
        for found in matches:
            key = found[index["quote"] - 1] if isinstance(found, tuple) else found
            if key:
                quotes[key] = quotes.get(key, 0) + 1
            if "delim" not in index:
                continue
            key = found[index["delim"] - 1]
            if key and (delimiters is None or key in delimiters):
                delims[key] = delims.get(key, 0) + 1
            if found[index["space"] - 1]:
                spaces += 1
        quote = max(quotes, key=quotes.get)
        if delims:
            delim = max(delims, key=delims.get)
            skip = delims[delim] == spaces
            if delim == "\n": # a file with one column
                delim = ""
        else:
            delim, skip = "", 0
        doubled = re.compile(r"((%(delim)s)|^)\W*%(quote)s[^%(delim)s\n]*%(quote)s[^%(delim)s\n]*%(quote)s\W*((%(delim)s)|$)"
                             % {"delim": re.escape(delim), "quote": quote}, re.MULTILINE)
        return quote, bool(doubled.search(data)), delim, skip

    def _guess_delimiter(self, data, delimiters):
        """By how often each character stands in a line: a delimiter does so equally often in most. (delimiter, space behind it)"""
        lines = list(filter(None, data.split("\n")))
        ascii_chars = [chr(c) for c in range(127)]
        step = min(10, len(lines))
        tables, found = {c: {} for c in ascii_chars}, {}
        start, end, seen = 0, step, 0
        while start < len(lines):
            seen += 1
            for line in lines[start:end]:
                for char in ascii_chars:
                    table = tables[char]
                    count = line.count(char)
                    table[count] = table.get(count, 0) + 1
            modes = {}
            for char in ascii_chars:
                items = list(tables[char].items())
                if len(items) == 1 and items[0][0] == 0:
                    continue
                best = max(items, key=lambda x: x[1])
                others = sum(n for count, n in items if (count, n) != best)
                modes[char] = (best[0], best[1] - others) # how often in a line, and how surely
            total = float(min(step * seen, len(lines)))
            consistency = 1.0
            while not found and consistency >= 0.9:
                for char, (count, sure) in modes.items():
                    if count > 0 and sure > 0 and sure / total >= consistency and (delimiters is None or char in delimiters):
                        found[char] = (count, sure)
                consistency -= 0.01
            if len(found) == 1:
                delim = next(iter(found))
                return delim, lines[0].count(delim) == lines[0].count(delim + " ")
            start, end = end, end + step
        if not found:
            return "", 0
        for delim in self.preferred:
            if delim in found:
                return delim, lines[0].count(delim) == lines[0].count(delim + " ")
        delim = max((sure, char) for char, sure in found.items())[1]
        return delim, lines[0].count(delim) == lines[0].count(delim + " ")

    def has_header(self, sample):
        """Whether the first record looks like names: by the types and the lengths of what stands below."""
        rows = reader(sample.splitlines(), self.sniff(sample))
        header = next(rows)
        columns = len(header)
        kinds = dict.fromkeys(range(columns))
        for checked, row in enumerate(rows):
            if checked > 20:
                break
            if len(row) != columns:
                continue
            for col in list(kinds):
                kind = complex
                try:
                    complex(row[col])
                except (ValueError, OverflowError):
                    kind = len(row[col])
                if kind != kinds[col]:
                    if kinds[col] is None:
                        kinds[col] = kind
                    else: # two kinds: the column says nothing
                        del kinds[col]
        votes = 0
        for col, kind in kinds.items():
            if isinstance(kind, int):
                votes += 1 if len(header[col]) != kind else -1
            else:
                try:
                    kind(header[col])
                except (ValueError, TypeError):
                    votes += 1
                else:
                    votes -= 1
        return votes > 0
