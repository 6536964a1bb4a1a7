"""The base of the classes of messages."""

from email import _policybase, message

__all__ = ["MIMEBase"]


class MIMEBase(message.Message):
    """A message of the type _maintype/_subtype; further arguments are parameters of Content-Type."""

    def __init__(self, _maintype, _subtype, *, policy=None, **_params):
        super().__init__(policy=_policybase.compat32 if policy is None else policy)
        self.add_header("Content-Type", f"{_maintype}/{_subtype}", **_params)
        self["MIME-Version"] = "1.0"
