# PyYAML's pure part: documents of configurations, anchors, tags, errors with their places.
import yaml

TEXT = """
# gateway
gateway: {name: hall, ports: [1883, 8883], on: yes, off: no, none: ~, hex: 0x1F, float: 1.5e3, date: 2024-02-03, time: 2024-02-03T04:05:06Z}
sensors:
  - &base
    kind: temperature
    range: [-40, 85]
  - <<: *base
    kind: humidity
    text: |
      two
      lines
    folded: >-
      one
      line
    quoted: "tab\\t\\u00fc"
    binary: !!binary aGVsbG8=
"""
data = yaml.safe_load(TEXT)
print(data)
print(yaml.safe_dump(data, sort_keys=True))
print(yaml.safe_dump({"b": [1, 2, {"c": None}], "a": "yes", "t": "multi\nline", "u": "\u00fc", "e": "", "f": 1.0, "n": -0.5}, default_flow_style=False, allow_unicode=True))
print(yaml.dump([1, [2]], default_flow_style=True), list(yaml.safe_load_all("a: 1\n---\nb: 2\n")))


class Pin(yaml.YAMLObject):
    yaml_tag, yaml_loader, yaml_dumper = "!pin", yaml.SafeLoader, yaml.SafeDumper

    def __init__(self, number):
        self.number = number


print(yaml.safe_load("!pin {number: 3}").number, yaml.safe_dump(Pin(4)), [type(t).__name__ for t in yaml.scan("a: [1]")], [type(e).__name__ for e in yaml.parse("- a")])
for bad in "a: [1", "a: b: c", "\tx", "- !nope 1", "*none", "{a: 1, a", "'x":
    try:
        print(yaml.safe_load(bad))
    except yaml.YAMLError as e:
        print(type(e).__name__, str(e).replace("\n", " | ")[:150])
