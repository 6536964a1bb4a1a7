"""Who is told of alarms: the log, MQTT, e-mail, webhooks. One of your own derives from Notifier and has send()."""

import asyncio
import json
import logging

from _post import post

from ._alarm import RAISED, Alarm


class Notifier:
    """name: under which the alarms' file remembers what it has passed on. At most `most` messages go out in `period` seconds; changes that come meanwhile go in one."""

    def __init__(self, name: str, most: int = 6, period: float = 60.0) -> None:
        if not name or most < 1 or period <= 0:
            raise ValueError(f"a notifier needs a name, most of at least 1, and a period above 0; got {name!r}, {most} and {period}")
        self.name = name
        self.most = most
        self.period = period

    async def send(self, changes: list[Alarm]) -> None:
        """Pass changes on, oldest first. What it raises is logged, and all are sent again later."""
        raise NotImplementedError(f"notifier {self.name} does not say how to send")


class LogNotifier(Notifier):
    """Logs each change: raised as a warning, the others as information."""

    def __init__(self, logger: logging.Logger, name: str = "log", most: int = 600, period: float = 60.0) -> None:
        super().__init__(name, most, period)
        self.logger = logger

    async def send(self, changes: list[Alarm]) -> None:
        for change in changes:
            self.logger.log(logging.WARNING if change.state == RAISED else logging.INFO, "%s: %s: %s%s", change.state, change.name, change.text, f" (by {change.by})" if change.by else "")


class MqttNotifier(Notifier):
    """Publishes each change as JSON by an mqtt.Client, retained, under TOPIC/NAME of the alarm ('/', '+' and '#' in names become '-')."""

    def __init__(self, client, topic: str = "alarms", name: str = "mqtt", most: int = 600, period: float = 60.0) -> None:
        super().__init__(name, most, period)
        self.client = client
        self.topic = topic

    async def send(self, changes: list[Alarm]) -> None:
        for change in changes:
            place = "".join("-" if c in "/+#\0" else c for c in change.name)
            await self.client.publish(f"{self.topic}/{place}", json.dumps(change.as_dict()).encode(), qos=1, retain=True)


class WebhookNotifier(Notifier):
    """Posts {"changes": [...]} as JSON to a URL."""

    def __init__(self, url: str, headers: dict[str, str] | None = None, name: str = "webhook", most: int = 6, period: float = 60.0,
                 timeout: float = 30.0, context: "ssl.SSLContext | None" = None) -> None:
        super().__init__(name, most, period)
        self.url = url
        self.headers = dict(headers or {})
        self.timeout = timeout
        self.context = context

    async def send(self, changes: list[Alarm]) -> None:
        body = json.dumps({"changes": [change.as_dict() for change in changes]}).encode()
        await asyncio.to_thread(post, self.url, body, self.headers, self.timeout, self.context)


class EmailNotifier(Notifier):
    """Sends a mail by SMTP (smtplib). security: "starttls", "tls" from the first byte, or "none"; user and password are sent under TLS alone."""

    def __init__(self, host: str, sender: str, to: list[str], port: int | None = None, security: str = "starttls", user: str | None = None, password: str | None = None,
                 name: str = "email", most: int = 2, period: float = 600.0, timeout: float = 30.0, context: "ssl.SSLContext | None" = None) -> None:
        super().__init__(name, most, period)
        if security not in ("starttls", "tls", "none"):
            raise ValueError(f"security must be starttls, tls or none, not {security!r}")
        if user is not None and security == "none":
            raise ValueError("a password is not sent without TLS: security must be starttls or tls")
        self.host = host
        self.port = port or {"starttls": 587, "tls": 465, "none": 25}[security]
        self.security = security
        self.sender = sender
        self.to = list(to)
        self.user = user
        self.password = password
        self.timeout = timeout
        self.context = context

    async def send(self, changes: list[Alarm]) -> None:
        await asyncio.to_thread(self._mail, changes)

    def message(self, changes: list[Alarm]) -> "EmailMessage":
        """The mail that tells of changes, an email.message.EmailMessage."""
        from email.message import EmailMessage  # with the first mail: modules email, smtplib and ssl are large
        from email.utils import formatdate

        mail = EmailMessage()
        last = changes[-1]
        more = f" (and {len(changes) - 1} more)" if len(changes) > 1 else ""
        mail["Subject"] = " ".join(f"{last.state}: {last.name}{more}".split())
        mail["From"] = self.sender
        mail["To"] = ", ".join(self.to)
        mail["Date"] = formatdate(last.time)
        mail.set_content("".join(f"{formatdate(c.time)}  {c.state}  {c.name}: {c.text}{f' (by {c.by})' if c.by else ''}\n" for c in changes))
        return mail

    def _mail(self, changes: list[Alarm]) -> None:
        import smtplib

        context = self.context
        if context is None and self.security != "none":
            import ssl

            context = ssl.create_default_context()
        make = smtplib.SMTP_SSL if self.security == "tls" else smtplib.SMTP
        with make(self.host, self.port, timeout=self.timeout, **({"context": context} if self.security == "tls" else {})) as server:
            if self.security == "starttls":
                server.starttls(context=context)
            if self.user is not None:
                server.login(self.user, self.password or "")
            server.send_message(self.message(changes))
