# Jinja2: templates with inheritance, macros, filters, loops, autoescaping, errors.
import jinja2
from jinja2 import DictLoader, Environment, StrictUndefined, select_autoescape

env = Environment(loader=DictLoader({
    "base.html": "<title>{% block title %}none{% endblock %}</title>{% block body %}{% endblock %}",
    "page.html": "{% extends 'base.html' %}{% from 'm.html' import row %}{% block title %}{{ name|upper }}{% endblock %}{% block body %}"
                 "{% for s in sensors if s.value is not none %}{{ row(s.name, s.value) }}{{ loop.index }}{% if not loop.last %}, {% endif %}{% else %}empty"
                 "{% endfor %}{{ super() }}{% endblock %}",
    "m.html": "{% macro row(k, v=0) -%} <b>{{ k }}</b>={{ '%.1f'|format(v) }} {%- endmacro %}"}), autoescape=select_autoescape())
print(env.get_template("page.html").render(name="hall", sensors=[{"name": "t<1>", "value": 21.55}, {"name": "h", "value": None}, {"name": "p", "value": 3}]))
plain = Environment(trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
print(plain.from_string("""{% set total = namespace(n=0) %}
{% for k, v in d|dictsort %}
  {% set total.n = total.n + v %}
{{ k }}: {{ v }}{{ "!" if v > 1 }}
{% endfor %}
sum {{ total.n }} {{ [1, 2, 3]|map('string')|join('-') }} {{ 'x'|default('y') }} {{ d|length }} {{ [3, 1]|sort|first }} {{ "a b"|title|replace("A", "Z") }}
{{ range(10)|batch(4)|list|length }} {{ {'a': [1, 2]}['a'][-1] }} {{ 7 // 2 }} {{ 2 ** 3 }} {{ 'ab' ~ 1 }} {{ 1 in [1] and not 0 }}""").render(d={"b": 1, "a": 2}))
plain.filters["twice"] = lambda x: x * 2
plain.tests["big"] = lambda x: x > 5
print(plain.from_string("{{ 3|twice }} {{ 9 is big }} {% raw %}{{ no }}{% endraw %} {# gone #}").render())
for bad in "{{ missing }}", "{% if %}", "{{ 1|nofilter }}", "{% for x in %}{% endfor %}", "{{ a.b.c }}", "{% block x %}":
    try:
        print(plain.from_string(bad).render(a={}))
    except jinja2.TemplateError as e:
        print(type(e).__name__, e)
