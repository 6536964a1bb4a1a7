"""html: escape, unescape with names and numbers, the tables of names."""
import html
from html import entities
print(html.escape("<a href=\"x\">'&'</a>"), html.escape("\"'<", quote=False), html.escape(""))
for t in ("&lt;&gt;&amp;&quot;&#39;", "&#62;&#x3e;&#X3E &#62", "&notit;&notin;&not", "&nosuch;&;&", "&#0;&#128;&#x9f;&#xd800;&#1114112;&#13;&#1;&#11;&#xfdd0;&#xfffe;&#12;", "&amp;amp;", "&acE;&NotEqualTilde;", "&copy &copyx &copy=1", "&ThickSpace;", "&#x;&#;&#xg", "plain", "&" + "a" * 40 + ";", "&AMP&amp&aMp;"):
    print(ascii(html.unescape(t)))
print(all(html.unescape("&" + n) == v for n, v in entities.html5.items()), len(entities.html5), sorted(entities.html5)[:5], ascii(sorted(entities.html5.items())[::200]))
print(len(entities.name2codepoint), sorted(entities.name2codepoint.items())[::20], len(entities.codepoint2name), sorted(entities.codepoint2name.items())[::20], ascii(sorted(entities.entitydefs.items())[::30]))
for n in range(0, 300):
    print(ascii(html.unescape(f"&#{n};")), end=" ")
print()
