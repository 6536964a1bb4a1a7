"""html.parser.HTMLParser: well formed pages, broken ones, in pieces and as a whole."""
from html.parser import HTMLParser


class Show(HTMLParser):
    def __init__(self, **options):
        super().__init__(**options)
        self.events = []

    def note(kind):
        def handle(self, *args):
            self.events.append((kind, *args, *self.getpos()))
        return handle

    handle_starttag, handle_endtag, handle_data = note("start"), note("end"), note("data")
    handle_comment, handle_decl, handle_pi, unknown_decl = note("comment"), note("decl"), note("pi"), note("unknown")
    handle_charref, handle_entityref = note("charref"), note("entityref")


class Closed(Show):
    handle_startendtag = Show.note("startend")


PAGES = [
    "<!DOCTYPE html><html lang=en><body class='a b' id=\"x\">Text &amp; more &#65; &#x42; &euro;<br/>\n<!-- c -->\n<p hidden>end</p></body></html>",
    "<script>if (a < b && c) { '</p>' }</script>after<style>p > a {}</STYLE >x",
    "a & b &c; &d &#; &#x; &#9; &lt", "<a href='?a=1&b=2&amp;c=&copy'>", "< a> <1> <> </> </ x> </x y=z> <a/b/c/>",
    "<a b=c/>d<e f = 'g'h><i j=\"k\"l=m n>", "<!x><![CDATA[y]]><![if z]>w<![endif]><?php q?><!doctype R>", "<b", "<b c='d", "<!-- open", "</e", "&am", "<![CDATA[",
    "<a\n  b=1\n  c>\n\n</a>\n x", "<script>never closed <b>", "<IMG SRC=X aLt><x:y-z.w _a@b=1>", "\xe9<\xe9>\u20ac<b \u20ac=\xe9>", "<a b='1' b='2'>", "<p/ ><p / /><br //>",
    "<!--x--!>y--  >z<!---->w", "</script></style>", "a<b>c<d>e" * 3,
]
for page in PAGES:
    for make, options in ((Show, {}), (Closed, {"convert_charrefs": False})):
        whole, pieces = make(**options), make(**options)
        whole.feed(page)
        print(repr(page), whole.events, whole.get_starttag_text())
        whole.close()
        print("  closed", whole.events[-2:], whole.getpos())
        for c in page:
            pieces.feed(c)
        pieces.close()
        texts = "".join(e[1] for e in whole.events if e[0] == "data"), "".join(e[1] for e in pieces.events if e[0] == "data")
        print("  pieces", [e[:2] for e in whole.events if e[0] != "data"] == [e[:2] for e in pieces.events if e[0] != "data"], texts[0] == texts[1])
p = Show()
p.feed("<a>x")
p.reset()
p.feed("y<b>")
print(p.events, p.lasttag, p.rawdata, p.CDATA_CONTENT_ELEMENTS, p.convert_charrefs)
