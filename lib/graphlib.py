"""Topological sorting: nodes in an order in which each comes after those that it depends on."""

from types import GenericAlias

__all__ = ["TopologicalSorter", "CycleError"]

_OUT, _DONE = -1, -2  # instead of a number of predecessors that are missing


class CycleError(ValueError):
    """There is a cycle: args[1] is the list of its nodes, the first of which is the last one, too."""


class _Node:
    __slots__ = ("node", "missing", "successors")

    def __init__(self, node):
        self.node = node
        self.missing = 0  # predecessors that are not done, or _OUT, or _DONE
        self.successors = []


class TopologicalSorter:
    """A graph, given as a dict of nodes and what they depend on: static_order() for the order, or prepare(), get_ready() and done()."""

    def __init__(self, graph=None):
        self._nodes = {}
        self._ready = None  # None: not prepared
        self._out = self._done = 0
        for node, predecessors in (graph or {}).items():
            self.add(node, *predecessors)

    def _node(self, node):
        found = self._nodes.get(node)
        if found is None:
            found = self._nodes[node] = _Node(node)
        return found

    def add(self, node, *predecessors):
        """Add a node that depends on predecessors, or more of them to one that is there."""
        if self._ready is not None:
            raise ValueError("Nodes cannot be added after a call to prepare()")
        entry = self._node(node)
        entry.missing += len(predecessors)
        for predecessor in predecessors:
            self._node(predecessor).successors.append(node)

    def prepare(self):
        """No more nodes are added: CycleError if there is a cycle, after which the rest can be had nevertheless."""
        if self._ready is not None:
            raise ValueError("cannot prepare() more than once")
        self._ready = [entry.node for entry in self._nodes.values() if entry.missing == 0]
        cycle = self._find_cycle()
        if cycle:
            raise CycleError("nodes are in a cycle", cycle)

    def get_ready(self):
        """The nodes that depend on nothing that is not done, and were not given yet: a tuple."""
        if self._ready is None:
            raise ValueError("prepare() must be called first")
        result = tuple(self._ready)
        for node in result:
            self._nodes[node].missing = _OUT
        self._ready.clear()
        self._out += len(result)
        return result

    def is_active(self):
        """Is there anything left to get or to be done?"""
        if self._ready is None:
            raise ValueError("prepare() must be called first")
        return self._done < self._out or bool(self._ready)

    def __bool__(self):
        return self.is_active()

    def done(self, *nodes):
        """Nodes that get_ready() gave are done: others may become ready."""
        if self._ready is None:
            raise ValueError("prepare() must be called first")
        for node in nodes:
            entry = self._nodes.get(node)
            if entry is None:
                raise ValueError(f"node {node!r} was not added using add()")
            if entry.missing != _OUT:
                raise ValueError(f"node {node!r} was not passed out (still not ready)" if entry.missing >= 0
                                 else f"node {node!r} was already marked done")
            entry.missing = _DONE
            self._done += 1
            for successor in entry.successors:
                after = self._nodes[successor]
                after.missing -= 1
                if after.missing == 0:
                    self._ready.append(successor)

    def _find_cycle(self):
        """The nodes of a cycle, or None: depth first, without recursion."""
        finished, place = set(), {}  # place: position in path of the nodes that are on it
        for start in self._nodes:
            if start in finished:
                continue
            path, rest = [start], [iter(self._nodes[start].successors)]
            place[start] = 0
            while path:
                for node in rest[-1]:
                    if node in place:
                        return path[place[node]:] + [node]
                    if node not in finished:
                        place[node] = len(path)
                        path.append(node)
                        rest.append(iter(self._nodes[node].successors))
                        break
                else:
                    node = path.pop()
                    rest.pop()
                    del place[node]
                    finished.add(node)
        return None

    def static_order(self):
        """All nodes in an order; CycleError if there is a cycle."""
        self.prepare()
        while self.is_active():
            nodes = self.get_ready()
            yield from nodes
            self.done(*nodes)

    __class_getitem__ = classmethod(GenericAlias)
