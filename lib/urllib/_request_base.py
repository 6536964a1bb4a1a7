"""What all handlers are."""


class BaseHandler:
    """Opens addresses, or changes requests and responses; handler_order: the smaller, the sooner."""

    handler_order = 500

    def add_parent(self, parent):
        """Belong to an opener."""
        self.parent = parent

    def close(self):
        """Only for programs that call it."""

    def __lt__(self, other):
        return not hasattr(other, "handler_order") or self.handler_order < other.handler_order
