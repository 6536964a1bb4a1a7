"""A POST over HTTP that blocks: what a pipeline's sink and a rule's webhook share. urllib and TLS are loaded with the first call."""

import urllib.error


def post(url: str, body: bytes, headers: dict[str, str], timeout: float, context=None) -> None:
    """Post body as JSON; return when the answer is 2xx. context: ssl.SSLContext for https.

    urllib.error.HTTPError: another answer; redirections are not followed, since a POST would become a GET. OSError: there is no answer within timeout seconds.
    """
    import urllib.request

    class NoRedirect(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args) -> None:
            return None

    handlers = [urllib.request.HTTPSHandler(context=context)] if url.startswith("https:") else []
    request = urllib.request.Request(url, body, {"Content-Type": "application/json", **headers}, method="POST")
    with urllib.request.build_opener(NoRedirect, *handlers).open(request, timeout=timeout) as answer:
        answer.read(65536)
