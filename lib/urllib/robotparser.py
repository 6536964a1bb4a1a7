"""robots.txt: what a site asks programs not to fetch (RFC 9309)."""

import time
import urllib.error
import urllib.parse
import urllib.request
from collections import namedtuple

__all__ = ["RobotFileParser"]

RequestRate = namedtuple("RequestRate", "requests seconds")


class RobotFileParser:
    """The rules of a site. Before they are read, nothing may be fetched."""

    def __init__(self, url=""):
        self.entries, self.sitemaps, self.default_entry = [], [], None
        self.disallow_all = self.allow_all = False
        self.last_checked = 0
        self.set_url(url)

    def mtime(self):
        """When the rules were read, in seconds since 1970."""
        return self.last_checked

    def modified(self):
        """The rules were read now."""
        self.last_checked = time.time()

    def set_url(self, url):
        """The address of robots.txt."""
        self.url = url
        self.host, self.path = urllib.parse.urlparse(url)[1:3]

    def read(self):
        """Fetch robots.txt and read it: if it is forbidden, so is all; if there is none, nothing is."""
        try:
            with urllib.request.urlopen(self.url) as file:
                text = file.read()
        except urllib.error.HTTPError as e:
            if e.code in (401, 403):
                self.disallow_all = True
            elif 400 <= e.code < 500:
                self.allow_all = True
            e.close()
        else:
            self.parse(text.decode("utf-8").splitlines())

    def _add_entry(self, entry):
        if "*" not in entry.useragents:
            self.entries.append(entry)
        elif self.default_entry is None: # the first one counts
            self.default_entry = entry

    def parse(self, lines):
        """Read the rules from lines; what is not understood is left out."""
        entry, ruled = None, False # the block of lines, and whether its rules have begun
        self.modified()
        for line in lines:
            line = line.partition("#")[0].strip()
            name, colon, value = line.partition(":")
            name, value = name.strip().lower(), urllib.parse.unquote(value.strip())
            if not colon:
                if not line and entry is not None and ruled:
                    self._add_entry(entry)
                    entry, ruled = None, False
                elif not line:
                    entry = None
                continue
            if name == "user-agent":
                if entry is not None and ruled:
                    self._add_entry(entry)
                    entry = None
                entry, ruled = entry or Entry(), False
                entry.useragents.append(value)
            elif name == "sitemap":
                self.sitemaps.append(value)
            elif entry is not None and name in ("disallow", "allow", "crawl-delay", "request-rate"):
                entry.rule(name, value)
                ruled = True
        if entry is not None and ruled:
            self._add_entry(entry)

    def _entry_for(self, useragent):
        for entry in self.entries:
            if entry.applies_to(useragent):
                return entry
        return self.default_entry

    def can_fetch(self, useragent, url):
        """May this program fetch the address?"""
        if self.disallow_all:
            return False
        if self.allow_all:
            return True
        if not self.last_checked:
            return False
        parts = urllib.parse.urlparse(urllib.parse.unquote(url))
        path = urllib.parse.quote(urllib.parse.urlunparse(("", "", *parts[2:]))) or "/"
        entry = self._entry_for(useragent)
        return entry is None or entry.allowance(path)

    def crawl_delay(self, useragent):
        """The seconds to wait between requests, or None."""
        entry = self._entry_for(useragent) if self.mtime() else None
        return entry and entry.delay

    def request_rate(self, useragent):
        """How many requests in how many seconds, or None."""
        entry = self._entry_for(useragent) if self.mtime() else None
        return entry and entry.req_rate

    def site_maps(self):
        """The addresses of site maps, or None."""
        return self.sitemaps or None

    def __str__(self):
        return "\n\n".join(map(str, self.entries + [self.default_entry] * (self.default_entry is not None)))


class RuleLine:
    """One rule: paths that begin so are allowed, or not."""

    def __init__(self, path, allowance):
        if path == "" and not allowance: # nothing is disallowed
            allowance = True
        self.path = urllib.parse.quote(urllib.parse.urlunparse(urllib.parse.urlparse(path)))
        self.allowance = allowance

    def applies_to(self, filename):
        return self.path == "*" or filename.startswith(self.path)

    def __str__(self):
        return ("Allow" if self.allowance else "Disallow") + ": " + self.path


class Entry:
    """The rules for some programs."""

    def __init__(self):
        self.useragents, self.rulelines = [], []
        self.delay = self.req_rate = None

    def rule(self, name, value):
        """Add a line."""
        if name in ("disallow", "allow"):
            self.rulelines.append(RuleLine(value, name == "allow"))
        elif name == "crawl-delay" and value.strip().isdigit():
            self.delay = int(value)
        elif name == "request-rate":
            numbers = value.split("/")
            if len(numbers) == 2 and all(number.strip().isdigit() for number in numbers):
                self.req_rate = RequestRate(*map(int, numbers))

    def __str__(self):
        lines = [f"User-agent: {agent}" for agent in self.useragents]
        if self.delay is not None:
            lines.append(f"Crawl-delay: {self.delay}")
        if self.req_rate is not None:
            lines.append(f"Request-rate: {self.req_rate.requests}/{self.req_rate.seconds}")
        return "\n".join(lines + list(map(str, self.rulelines)))

    def applies_to(self, useragent):
        """Is this program one of them?"""
        useragent = useragent.split("/")[0].lower()
        return any(agent == "*" or agent.lower() in useragent for agent in self.useragents)

    def allowance(self, filename):
        """What the first rule for a path says; else True."""
        return next((line.allowance for line in self.rulelines if line.applies_to(filename)), True)
