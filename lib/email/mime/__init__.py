"""Classes of messages of one kind, for messages that are built by hand."""
