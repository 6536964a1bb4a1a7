"""Messages with the policies of today: contents are objects, parts have roles."""

from email.message import Message

_BEFORE = {"related": ("related", "alternative", "mixed"), "alternative": ("alternative", "mixed"), "mixed": ("mixed",)} # what cannot become it
_BODY_TYPES = (("multipart", "related"), ("multipart", "alternative"), ("text", "html"), ("text", "plain"))


class MIMEPart(Message):
    """A part of a message: get_content() and set_content() convert, make_*() and add_*() build what has parts."""

    _body_types = frozenset(_BODY_TYPES)

    def __init__(self, policy=None):
        if policy is None:
            from email.policy import default as policy
        super().__init__(policy)

    def as_string(self, unixfrom=False, maxheaderlen=None, policy=None):
        """The whole part as text."""
        policy = policy or self.policy
        return super().as_string(unixfrom, policy.max_line_length if maxheaderlen is None else maxheaderlen, policy)

    def __str__(self):
        return self.as_string(policy=self.policy.clone(utf8=True))

    def is_attachment(self):
        """Whether Content-Disposition says so."""
        field = self.get("content-disposition")
        return False if field is None else field.content_disposition == "attachment"

    # ---- Parts ----

    def _find_body(self, part, preferencelist):
        """(place in the list, part) of all parts that could be the body."""
        if part.is_attachment():
            return
        main, sub = part.get_content_type().split("/")
        if main == "text":
            if sub in preferencelist:
                yield preferencelist.index(sub), part
        elif main == "multipart" and self.is_multipart():
            if sub != "related":
                for inner in part.iter_parts():
                    yield from self._find_body(inner, preferencelist)
                return
            if "related" in preferencelist:
                yield preferencelist.index("related"), part
            root = part._related_root()
            if root is not None:
                yield from self._find_body(root, preferencelist)

    def _related_root(self, default=True):
        """The part that a multipart/related shows: what start names, else the first."""
        start, parts = self.get_param("start"), self.get_payload()
        if start and isinstance(parts, list):
            for part in parts:
                if part["content-id"] == start:
                    return part
        return parts[0] if parts and default else None

    def get_body(self, preferencelist=("related", "html", "plain")):
        """The part that is the body: of those there are, the one first in the list; or None."""
        found = list(self._find_body(self, preferencelist))
        return min(found, key=lambda pair: pair[0])[1] if found else None

    def iter_attachments(self):
        """Iterate over the parts that are not the body."""
        main, sub = self.get_content_type().split("/")
        parts = self.get_payload()
        if main != "multipart" or sub == "alternative" or not isinstance(parts, list):
            return
        if sub == "related":
            root = self._related_root()
            yield from [part for part in parts if part is not root]
            return
        seen = set()
        for part in parts:
            kind = tuple(part.get_content_type().split("/"))
            if kind in self._body_types and not part.is_attachment() and kind[1] not in seen:
                seen.add(kind[1])
            else:
                yield part

    def iter_parts(self):
        """Iterate over the parts."""
        if self.is_multipart():
            yield from self.get_payload()

    # ---- Contents ----

    def get_content(self, *args, content_manager=None, **kw):
        """The content as an object: str, bytes, a message."""
        return (content_manager or self.policy.content_manager).get_content(self, *args, **kw)

    def set_content(self, *args, content_manager=None, **kw):
        """Have this object as content."""
        (content_manager or self.policy.content_manager).set_content(self, *args, **kw)

    def _become(self, subtype, boundary):
        main, existing = self.get_content_type().split("/")
        if main == "multipart" and existing in _BEFORE[subtype]:
            raise ValueError(f"Cannot convert {existing} to {subtype}")
        inside = [header for header in self._headers if header[0].lower().startswith("content-")]
        self._headers = [header for header in self._headers if header not in inside]
        if inside:
            part = self._like()
            part._headers, part._payload = inside, self._payload
            self._payload = [part]
        else:
            self._payload = []
        self["Content-Type"] = f"multipart/{subtype}"
        if boundary is not None:
            self.set_param("boundary", boundary)

    def make_related(self, boundary=None):
        """Become a multipart/related; what was the content is its first part."""
        self._become("related", boundary)

    def make_alternative(self, boundary=None):
        """Become a multipart/alternative; what was the content is its first part."""
        self._become("alternative", boundary)

    def make_mixed(self, boundary=None):
        """Become a multipart/mixed; what was the content is its first part."""
        self._become("mixed", boundary)

    def _like(self):
        return type(self)(policy=self.policy)

    def _add(self, subtype, disposition, args, kw):
        """Add a part with this content, and become a multipart/subtype for it."""
        if self.get_content_type() != f"multipart/{subtype}":
            getattr(self, f"make_{subtype}")()
        new = self._like()
        new.set_content(*args, **kw)
        if disposition and "Content-Disposition" not in new:
            new["Content-Disposition"] = disposition
        self.attach(new)

    def add_related(self, *args, **kw):
        """Add a part that belongs to the others, with arguments of set_content()."""
        self._add("related", "inline", args, kw)

    def add_alternative(self, *args, **kw):
        """Add a part that is another form of the others."""
        self._add("alternative", None, args, kw)

    def add_attachment(self, *args, **kw):
        """Add a part that is attached."""
        self._add("mixed", "attachment", args, kw)

    def clear(self):
        """Remove payload and headers."""
        self._headers, self._payload = [], None

    def clear_content(self):
        """Remove the payload and the headers that tell of it."""
        self._headers = [header for header in self._headers if not header[0].lower().startswith("content-")]
        self._payload = None


class EmailMessage(MIMEPart):
    """A MIMEPart that is the whole message."""

    def set_content(self, *args, **kw):
        super().set_content(*args, **kw)
        if "MIME-Version" not in self:
            self["MIME-Version"] = "1.0"


for _class in (MIMEPart, EmailMessage):
    _class.__module__ = "email.message"
