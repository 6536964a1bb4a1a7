"""Who wants a topic, and which topics a filter means: two trees whose nodes are levels of topics (MQTT 5 section 4.7).

Looking something up takes steps by the levels of what is looked up and by what it meets, not by how much else is in the tree.
No function recurses: a topic may have as many levels as the broker allows."""

SHARE_PREFIX = "$share/"


def split_share(filter: str) -> tuple[str | None, str]:
    """The group of a shared subscription, or None, and the filter proper (section 4.8.2). ValueError where the form is wrong."""
    if not filter.startswith(SHARE_PREFIX):
        return None, filter
    group, slash, rest = filter[len(SHARE_PREFIX):].partition("/")
    if not group or not slash or not rest or "+" in group or "#" in group:
        raise ValueError(f"a shared subscription is $share/GROUP/FILTER, not {filter!r}")
    return group, rest


class _Level:
    """A node: what is below it, and its own (subclasses say what)."""

    __slots__ = ("children",)

    def __init__(self):
        self.children: dict = {}

    def reach(self, name: str) -> "_Level":
        """The node of a topic or filter below this one, made if there is none."""
        node = self
        for level in name.split("/"):
            child = node.children.get(level)
            if child is None:
                child = node.children[level] = type(self)()
            node = child
        return node

    def path(self, name: str) -> list[tuple["_Level", str]] | None:
        """The way from this node to the one of a topic or filter, each with its level, this one with ""; None if there is no such node."""
        node, path = self, [(self, "")]
        for level in name.split("/"):
            node = node.children.get(level)
            if node is None:
                return None
            path.append((node, level))
        return path


def _prune(path: list[tuple[_Level, str]]) -> None:
    """Take the nodes that hold nothing out, from the end of the path on."""
    while len(path) > 1 and path[-1][0].is_bare():
        _, level = path.pop()
        del path[-1][0].children[level]


class _Node(_Level):
    __slots__ = ("direct", "shared")

    def __init__(self):
        super().__init__()
        self.direct = None  # subscriber -> subscription
        self.shared = None  # group -> Share

    def is_bare(self) -> bool:
        return not (self.children or self.direct or self.shared)


class Share:
    """The members of a group that share a filter; each message goes to one of them, in turn."""

    __slots__ = ("members",)

    def __init__(self):
        self.members: dict = {}  # subscriber -> subscription; who has waited longest is first

    def choose(self, is_ready):
        """Of those for whom is_ready(subscription) the one who has waited longest; where nobody is ready, of all. There is at least one member."""
        for subscriber, subscription in self.members.items():
            if is_ready(subscription):
                break
        else:
            subscriber, subscription = next(iter(self.members.items()))
        del self.members[subscriber]
        self.members[subscriber] = subscription
        return subscription


class SubscriptionTree:
    """Subscriptions by filter. `version` grows with each change, so that what was found can be kept until then."""

    def __init__(self):
        self._root = _Node()
        self.count = 0
        self.version = 0

    def add(self, filter: str, group: str | None, subscriber, subscription) -> bool:
        """Put a subscription in, in place of the subscriber's earlier one of this filter and group; True if there was none."""
        node = self._root.reach(filter)
        if group is None:
            if node.direct is None:
                node.direct = {}
            held = node.direct
        else:
            if node.shared is None:
                node.shared = {}
            held = node.shared.setdefault(group, Share()).members
        is_new = subscriber not in held
        held[subscriber] = subscription
        self.count += is_new
        self.version += 1
        return is_new

    def remove(self, filter: str, group: str | None, subscriber) -> bool:
        """Take the subscriber's subscription out; False if there was none. Nodes that hold nothing any more go."""
        path = self._root.path(filter)
        if path is None:
            return False
        node = path[-1][0]
        if group is None:
            if node.direct is None or node.direct.pop(subscriber, None) is None:
                return False
        else:
            share = node.shared.get(group) if node.shared else None
            if share is None or share.members.pop(subscriber, None) is None:
                return False
            if not share.members:
                del node.shared[group]
        _prune(path)
        self.count -= 1
        self.version += 1
        return True

    def match(self, topic: str) -> tuple[list, list[Share]]:
        """All subscriptions whose filter matches the topic, and the shares of which one member is to get it."""
        found, shares = [], []
        here = [self._root]
        wild = not topic.startswith("$")  # section 4.7.2: wildcards of the first level do not mean topics of the server
        for level in topic.split("/"):
            below = []
            for node in here:
                children = node.children
                if wild:
                    if "#" in children:
                        _collect(children["#"], found, shares)
                    if "+" in children:
                        below.append(children["+"])
                if level in children:
                    below.append(children[level])
            wild = True
            here = below
            if not here:
                break
        for node in here:
            _collect(node, found, shares)
            if "#" in node.children:  # "a/#" matches "a" too
                _collect(node.children["#"], found, shares)
        return found, shares


def _collect(node: _Node, found: list, shares: list) -> None:
    if node.direct:
        found.extend(node.direct.values())
    if node.shared:
        shares.extend(node.shared.values())


class _Leaf(_Level):
    __slots__ = ("value",)

    def __init__(self):
        super().__init__()
        self.value = None

    def is_bare(self) -> bool:
        return not self.children and self.value is None


class TopicTree:
    """One value per topic, found by topic or by filter."""

    def __init__(self):
        self._root = _Leaf()
        self.count = 0

    def get(self, topic: str):
        """The topic's value, or None."""
        path = self._root.path(topic)
        return path[-1][0].value if path else None

    def put(self, topic: str, value) -> None:
        """Set the topic's value, which is not None."""
        node = self._root.reach(topic)
        self.count += node.value is None
        node.value = value

    def pop(self, topic: str):
        """Take the topic's value out and return it; None where there is none."""
        path = self._root.path(topic)
        value = path[-1][0].value if path else None
        if value is None:
            return None
        path[-1][0].value = None
        _prune(path)
        self.count -= 1
        return value

    def match(self, filter: str) -> list:
        """The values of all topics that the filter matches."""
        levels = filter.split("/")
        deep = levels[-1] == "#"
        if deep:
            levels.pop()
        here = [self._root]
        for i, level in enumerate(levels):
            if level == "+":
                here = [child for node in here for name, child in node.children.items() if i or not name.startswith("$")]
            else:
                here = [node.children[level] for node in here if level in node.children]
        if deep:
            return _values_below(here, not levels)
        return [node.value for node in here if node.value is not None]


def _values_below(nodes: list[_Leaf], from_root: bool) -> list:
    values = []
    if from_root:
        nodes = [child for node in nodes for name, child in node.children.items() if not name.startswith("$")]
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        if node.value is not None:
            values.append(node.value)
        stack.extend(node.children.values())
    return values
