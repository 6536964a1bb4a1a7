# dict_programs.py - dict and set in small programs: graphs, grouping, inverted index, memo, union-find, order.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


@section
def grouping():
    words = "one two three four five six seven eight nine ten".split()
    by_len, by_first = {}, {}
    for w in words:
        by_len.setdefault(len(w), []).append(w)
        by_first[w[0]] = by_first.get(w[0], 0) + 1
    print(by_len, by_first, sorted(by_len), max(by_first, key=by_first.get), {k: len(v) for k, v in by_len.items()}, {v: k for k, v in by_first.items()})
    index = {}
    for i, line in enumerate(("a b c", "b c d", "c d e")):
        for w in line.split(): index.setdefault(w, set()).add(i)
    print({w: sorted(s) for w, s in index.items()}, sorted(index["b"] & index["c"]), sorted(set().union(*index.values())))


@section
def graphs():
    graph = {"a": ["b", "c"], "b": ["d"], "c": ["d", "e"], "d": ["f"], "e": ["f"], "f": []}
    def bfs(start):
        seen, queue = {start: None}, [start]
        for node in queue:
            for n in graph[node]:
                if n not in seen:
                    seen[n] = node
                    queue.append(n)
        return seen
    def path(start, end):
        prev, node, out = bfs(start), end, []
        while node is not None: out, node = [node] + out, prev[node]
        return out
    def topo():
        degree = {n: 0 for n in graph}
        for targets in graph.values():
            for t in targets: degree[t] += 1
        ready, out = [n for n, d in degree.items() if not d], []
        while ready:
            n = ready.pop(0)
            out.append(n)
            for t in graph[n]:
                degree[t] -= 1
                if not degree[t]: ready.append(t)
        return out
    def dijkstra(weights, start):
        dist, todo = {start: 0}, {start}
        while todo:
            n = min(todo, key=lambda k: (dist[k], k))
            todo.remove(n)
            for t, w in weights.get(n, {}).items():
                if dist[n] + w < dist.get(t, float("inf")):
                    dist[t] = dist[n] + w
                    todo.add(t)
        return dist
    print(list(bfs("a")), path("a", "f"), topo(), dijkstra({"a": {"b": 4, "c": 1}, "c": {"b": 2, "d": 7}, "b": {"d": 1}}, "a"))
    reverse = {}
    for n, targets in graph.items():
        for t in targets: reverse.setdefault(t, []).append(n)
    print(reverse, [n for n in graph if n not in reverse])


@section
def union_find_and_memo():
    parent = {}
    def root(x):
        parent.setdefault(x, x)
        while parent[x] != x: parent[x] = x = parent[parent[x]]
        return x
    for a, b in ((1, 2), (3, 4), (2, 3), (5, 6), ("x", "y")): parent[root(a)] = root(b)
    print(root(1) == root(4), root(1) == root(5), len({root(x) for x in list(parent)}))
    memo = {}
    def lcs(a, b):
        if not a or not b: return ""
        if (a, b) not in memo: memo[a, b] = a[0] + lcs(a[1:], b[1:]) if a[0] == b[0] else max(lcs(a[1:], b), lcs(a, b[1:]), key=len)
        return memo[a, b]
    print(lcs("sensor network", "server worker"), len(memo) > 10)
    grid = {(x, y): "#" if (x * y) % 3 == 1 else "." for y in range(4) for x in range(6)}
    print(["".join(grid[x, y] for x in range(6)) for y in range(4)], sum(v == "#" for v in grid.values()))
    def neighbours(x, y): return [(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy]
    cells = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}
    for _ in range(4):
        counts = {}
        for c in cells:
            for n in neighbours(*c): counts[n] = counts.get(n, 0) + 1
        cells = {c for c, n in counts.items() if n == 3 or n == 2 and c in cells}
    print(sorted(cells))


@section
def records():
    rows = [{"id": i, "kind": "ab"[i % 2], "value": i * i % 7} for i in range(8)]
    print(sorted(rows, key=lambda r: (r["value"], -r["id"]))[:3], {r["id"]: r for r in rows}[5], sum(r["value"] for r in rows if r["kind"] == "a"), [dict(r, extra=True) for r in rows[:1]], {**rows[0], "id": 99}, [{k: r[k] for k in ("id", "value")} for r in rows[:2]], {tuple(sorted(r.items())) for r in rows[:1]}, [r | {"kind": r["kind"].upper()} for r in rows[-1:]])
    table = {}
    for r in rows: table.setdefault(r["kind"], {}).setdefault(r["value"], []).append(r["id"])
    print(table)
    old, new = {"a": 1, "b": 2, "c": 3}, {"b": 2, "c": 4, "d": 5}
    print({"added": sorted(new.keys() - old), "removed": sorted(old.keys() - new), "changed": sorted(k for k in old.keys() & new.keys() if old[k] != new[k]), "same": sorted(k for k, v in old.items() & new.items())})
    def merge(a, b):
        return {k: merge(a[k], b[k]) if isinstance(a.get(k), dict) and isinstance(b.get(k), dict) else b.get(k, a.get(k)) for k in a | b}
    print(merge({"net": {"ip": "1", "port": 80}, "x": 1}, {"net": {"port": 81, "tls": True}, "y": 2}))
    def flatten(d, prefix=""):
        for k, v in d.items():
            if isinstance(v, dict): yield from flatten(v, f"{prefix}{k}.")
            else: yield prefix + k, v
    print(dict(flatten({"a": 1, "b": {"c": 2, "d": {"e": 3}}})))


@section
def queue_of_events():
    handlers, log = {}, []
    def on(name): return lambda f: handlers.setdefault(name, []).append(f) or f
    @on("start")
    def a(**k): log.append(("a", k))
    @on("start")
    @on("stop")
    def b(**k): log.append(("b", k))
    def emit(name, **k):
        for h in handlers.get(name, ()): h(**k)
    emit("start", x=1)
    emit("stop")
    emit("unknown")
    print(log, {k: [f.__name__ for f in v] for k, v in handlers.items()})
