"""The kind of what is in a file, by its name: guess_type("a.html") is ("text/html", None)."""

__all__ = ["knownfiles", "inited", "MimeTypes", "guess_type", "guess_file_type", "guess_all_extensions", "guess_extension", "add_type", "init",
           "read_mime_types", "suffix_map", "encodings_map", "types_map", "common_types"]

knownfiles = ["/etc/mime.types", "/etc/httpd/mime.types", "/etc/httpd/conf/mime.types", "/etc/apache/mime.types", "/etc/apache2/mime.types",
              "/usr/local/etc/httpd/conf/mime.types", "/usr/local/lib/netscape/mime.types", "/usr/local/etc/httpd/conf/mime.types",
              "/usr/local/etc/mime.types"]
inited = False
_db = None

# By kind: each type, and the extensions that mean it; the first is what guess_extension() gives.
_TYPES = """
text:
    javascript js mjs; css css; csv csv; html html htm; markdown md markdown; n3 n3; plain txt bat c h ksh pl srt; richtext rtx; rtf
    rtf; tab-separated-values tsv; vtt vtt; x-python py; x-rst rst; x-setext etx; x-sgml sgm sgml; x-vcard vcf; xml xml
application:
    json json; manifest+json webmanifest; msword doc dot wiz; n-quads nq; n-triples nt; octet-stream bin a dll exe o obj so; oda oda;
    pdf pdf; pkcs7-mime p7c; postscript ps ai eps; trig trig; vnd.apple.mpegurl m3u m3u8; vnd.ms-excel xls xlb; vnd.ms-powerpoint ppt
    pot ppa pps pwz; wasm wasm; x-bcpio bcpio; x-cpio cpio; x-csh csh; x-dvi dvi; x-gtar gtar; x-hdf hdf; x-hdf5 h5; x-latex latex;
    x-mif mif; x-netcdf cdf nc; x-pkcs12 p12 pfx; x-pn-realaudio ram; x-python-code pyc pyo; x-sh sh; x-shar shar; x-shockwave-flash
    swf; x-sv4cpio sv4cpio; x-sv4crc sv4crc; x-tar tar; x-tcl tcl; x-tex tex; x-texinfo texi texinfo; x-troff roff t tr; x-troff-man
    man; x-troff-me me; x-troff-ms ms; x-ustar ustar; x-wais-source src; xml xsl rdf wsdl xpdl; zip zip
audio:
    3gpp 3gp 3gpp; 3gpp2 3g2 3gpp2; aac aac adts loas ass; basic au snd; mpeg mp3 mp2; opus opus; x-aiff aif aifc aiff; x-pn-realaudio
    ra; x-wav wav
image:
    avif avif; bmp bmp; gif gif; ief ief; jpeg jpg jpe jpeg; heic heic; heif heif; png png; svg+xml svg; tiff tiff tif;
    vnd.microsoft.icon ico; webp webp; x-cmu-raster ras; x-portable-anymap pnm; x-portable-bitmap pbm; x-portable-graymap pgm;
    x-portable-pixmap ppm; x-rgb rgb; x-xbitmap xbm; x-xpixmap xpm; x-xwindowdump xwd
message:
    rfc822 eml mht mhtml nws
video:
    mp4 mp4; mpeg mpeg m1v mpa mpe mpg; quicktime mov qt; webm webm; x-msvideo avi; x-sgi-movie movie
"""
_COMMON = """
application:
    rtf rtf
audio:
    midi midi mid
image:
    jpg jpg; pict pict pct pic
text:
    xul xul
"""


def _read_table(text):
    """extension -> type"""
    found, kind, entries = {}, "", ""
    for line in [*text.strip().split("\n"), ":"]:
        if not line.endswith(":"):
            entries += " " + line
            continue
        for entry in entries.split(";"):
            words = entry.split()
            found.update(("." + extension, kind + "/" + words[0]) for extension in words[1:])
        kind, entries = line[:-1], ""
    return found


def _default_mime_types():
    global suffix_map, encodings_map, types_map, common_types, _default
    suffix_map = {".svgz": ".svg.gz", ".tgz": ".tar.gz", ".taz": ".tar.gz", ".tz": ".tar.gz", ".tbz2": ".tar.bz2", ".txz": ".tar.xz"}
    encodings_map = {".gz": "gzip", ".Z": "compress", ".bz2": "bzip2", ".xz": "xz", ".br": "br"}
    types_map, common_types = _read_table(_TYPES), _read_table(_COMMON)
    _default = common_types.copy(), types_map.copy()


_default_mime_types()


class MimeTypes:
    """Types and extensions: those that everybody knows, and those of files like /etc/mime.types.

    types_map and types_map_inv have two dicts each: [True] for registered types, [False] for others in use."""

    def __init__(self, filenames=(), strict=True):
        if not inited:
            init()
        self.encodings_map, self.suffix_map = encodings_map.copy(), suffix_map.copy()
        self.types_map, self.types_map_inv = ({}, {}), ({}, {})
        for is_strict in (True, False):
            for extension, kind in _default[is_strict].items():
                self.add_type(kind, extension, is_strict)
        for name in filenames:
            self.read(name, strict)

    def add_type(self, type, ext, strict=True):
        """A type and an extension (with its dot) that means it; what the extension meant before is forgotten."""
        if not type:
            return
        self.types_map[strict][ext] = type
        extensions = self.types_map_inv[strict].setdefault(type, [])
        if ext not in extensions:
            extensions.append(ext)

    def guess_type(self, url, strict=True):
        """(type, encoding) of a URL or a path: ("application/x-tar", "gzip") for "a.tar.gz"; None: not known. strict: registered types only."""
        import os
        import posixpath
        from urllib.parse import urlparse
        url = os.fspath(url)
        parts = urlparse(url)
        if not parts.scheme or len(parts.scheme) == 1:  # of one letter: a drive
            return self.guess_file_type(url, strict=strict)
        if parts.scheme != "data":
            rest = url.decode() if isinstance(url, bytes) else url
            rest = parts.path if parts.netloc or "?" in rest or "#" in rest else rest.partition(":")[2]
            return self._guess(rest, strict, posixpath.splitext)
        head, comma, _ = url.partition(":")[2].partition(",")  # RFC 2397
        if not comma:
            return None, None
        kind = head.partition(";")[0]
        return "text/plain" if "=" in kind or "/" not in kind else kind, None

    def guess_file_type(self, path, *, strict=True):
        """guess_type() of a path."""
        import os
        path = os.fsdecode(path)
        return self._guess(os.path.splitdrive(path)[1], strict, os.path.splitext)

    def _guess(self, path, strict, splitext):
        base, extension = splitext(path)
        while (longer := self.suffix_map.get(extension.lower())) is not None:
            base, extension = splitext(base + longer)
        encoding = self.encodings_map.get(extension)
        if encoding is not None:
            extension = splitext(base)[1]
        extension = extension.lower()
        kind = self.types_map[True].get(extension)
        if kind is None and not strict:
            kind = self.types_map[False].get(extension)
        return kind, encoding

    def guess_all_extensions(self, type, strict=True):
        """All extensions that mean a type, with their dots."""
        type = type.lower()
        found = list(self.types_map_inv[True].get(type, ()))
        if not strict:
            found += [ext for ext in self.types_map_inv[False].get(type, ()) if ext not in found]
        return found

    def guess_extension(self, type, strict=True):
        """An extension that means a type, with its dot; None: none is known."""
        found = self.guess_all_extensions(type, strict)
        return found[0] if found else None

    def read(self, filename, strict=True):
        """Add what a file says whose lines have a type and extensions without dots."""
        with open(filename, encoding="utf-8") as file:
            self.readfp(file, strict)

    def readfp(self, fp, strict=True):
        """read() from an open file."""
        while line := fp.readline():
            kind, *extensions = line.split("#", 1)[0].split() or [""]
            for extension in extensions:
                self.add_type(kind, "." + extension, strict)

    def read_windows_registry(self, strict=True):
        """Nothing: there is no Windows here."""


def init(files=None):
    """Make what the functions of the module know: the known types, those of knownfiles, and those of the files that are given."""
    global inited, _db, encodings_map, suffix_map, types_map, common_types
    from os.path import isfile
    inited = True
    if files is None or _db is None:
        db = MimeTypes()
        files = knownfiles if files is None else [*knownfiles, *files]
    else:
        db = _db
    for name in files:
        if isfile(name):
            db.read(name)
    encodings_map, suffix_map = db.encodings_map, db.suffix_map
    common_types, types_map = db.types_map
    _db = db


def _known():
    if _db is None:
        init()
    return _db


def guess_type(url, strict=True):
    """(type, encoding) of a URL or a path: ("application/x-tar", "gzip") for "a.tar.gz"; None: not known. strict: registered types only."""
    return _known().guess_type(url, strict)


def guess_file_type(path, *, strict=True):
    """guess_type() of a path."""
    return _known().guess_file_type(path, strict=strict)


def guess_all_extensions(type, strict=True):
    """All extensions that mean a type, with their dots."""
    return _known().guess_all_extensions(type, strict)


def guess_extension(type, strict=True):
    """An extension that means a type, with its dot; None: none is known."""
    return _known().guess_extension(type, strict)


def add_type(type, ext, strict=True):
    """A type and an extension (with its dot) that means it; what the extension meant before is forgotten."""
    return _known().add_type(type, ext, strict)


def read_mime_types(file):
    """extension -> type, as a file like /etc/mime.types adds to it; None: it cannot be read."""
    try:
        opened = open(file, encoding="utf-8")
    except OSError:
        return None
    with opened:
        db = MimeTypes()
        db.readfp(opened, True)
        return db.types_map[True]


_USAGE = """\
Usage: mimetypes.py [options] type

Options:
    --help / -h       -- print this message and exit
    --lenient / -l    -- additionally search of some common, but non-standard
                         types.
    --extension / -e  -- guess extension instead of type

More than one type argument may be given.
"""


def _main():
    import getopt
    import sys
    try:
        options, names = getopt.getopt(sys.argv[1:], "hle", ["help", "lenient", "extension"])
    except getopt.error as e:
        print(_USAGE, e, sep="\n")
        sys.exit(1)
    given = {name for name, _ in options}
    if given & {"-h", "--help"}:
        print(_USAGE)
        sys.exit(0)
    strict = not given & {"-l", "--lenient"}
    for name in names:
        if given & {"-e", "--extension"}:
            print(guess_extension(name, strict) or f"I don't know anything about type {name}")
            continue
        kind, encoding = guess_type(name, strict)
        print(f"type: {kind} encoding: {encoding}" if kind else f"I don't know anything about type {name}")


if __name__ == "__main__":
    _main()
