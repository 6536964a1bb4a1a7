"""HTTP: what status codes and methods mean (RFC 9110). http.client asks, http.server answers."""

from enum import IntEnum, StrEnum, _simple_enum

__all__ = ["HTTPStatus", "HTTPMethod"]


def _in_hundred(first):
    """The property that tells whether a code is one of the hundred from first on."""
    return property(lambda self: first <= self < first + 100, doc=f"Whether it is {first} to {first + 99}.")


def _made(cls, base, value, **attributes):
    """A member of an enumeration that has more to say than its value."""
    self = base.__new__(cls, value)
    self._value_ = value
    vars(self).update(attributes)
    return self


@_simple_enum(IntEnum)
class HTTPStatus:
    """What a response's status code means: phrase, and a description for people."""

    def __new__(cls, value, phrase, description=""):
        return _made(cls, int, value, phrase=phrase, description=description)

    CONTINUE = 100, "Continue", "Headers received, body may be sent"
    SWITCHING_PROTOCOLS = 101, "Switching Protocols", "The connection goes on with the protocol named in Upgrade"
    PROCESSING = 102, "Processing"
    EARLY_HINTS = 103, "Early Hints"
    OK = 200, "OK", "Done, the answer follows"
    CREATED = 201, "Created", "A resource was made; Location tells where"
    ACCEPTED = 202, "Accepted", "Taken in, to be done later"
    NON_AUTHORITATIVE_INFORMATION = 203, "Non-Authoritative Information", "The answer comes from a cache or was changed on its way"
    NO_CONTENT = 204, "No Content", "Done, there is nothing to send"
    RESET_CONTENT = 205, "Reset Content", "Done, the form may be emptied"
    PARTIAL_CONTENT = 206, "Partial Content", "A part of the content follows"
    MULTI_STATUS = 207, "Multi-Status"
    ALREADY_REPORTED = 208, "Already Reported"
    IM_USED = 226, "IM Used"
    MULTIPLE_CHOICES = 300, "Multiple Choices", "There are several, choose one of them"
    MOVED_PERMANENTLY = 301, "Moved Permanently", "It is elsewhere from now on; Location tells where"
    FOUND = 302, "Found", "It is elsewhere for now; Location tells where"
    SEE_OTHER = 303, "See Other", "The answer is to be fetched from where Location tells"
    NOT_MODIFIED = 304, "Not Modified", "It has not changed since"
    USE_PROXY = 305, "Use Proxy", "To be asked for through the proxy that Location names"
    TEMPORARY_REDIRECT = 307, "Temporary Redirect", "It is elsewhere for now; ask the same there"
    PERMANENT_REDIRECT = 308, "Permanent Redirect", "It is elsewhere from now on; ask the same there"
    BAD_REQUEST = 400, "Bad Request", "The request cannot be understood"
    UNAUTHORIZED = 401, "Unauthorized", "The server does not know who asks"
    PAYMENT_REQUIRED = 402, "Payment Required", "Nothing without payment"
    FORBIDDEN = 403, "Forbidden", "Whoever asks may not have it"
    NOT_FOUND = 404, "Not Found", "There is nothing of this name"
    METHOD_NOT_ALLOWED = 405, "Method Not Allowed", "It cannot be asked for with this method"
    NOT_ACCEPTABLE = 406, "Not Acceptable", "It is not to be had in a form that the request accepts"
    PROXY_AUTHENTICATION_REQUIRED = 407, "Proxy Authentication Required", "The proxy does not know who asks"
    REQUEST_TIMEOUT = 408, "Request Timeout", "The request took too long to come"
    CONFLICT = 409, "Conflict", "It does not go with the state of the resource"
    GONE = 410, "Gone", "It was here, and will not come back"
    LENGTH_REQUIRED = 411, "Length Required", "The request must tell its Content-Length"
    PRECONDITION_FAILED = 412, "Precondition Failed", "A condition in the headers is not met"
    CONTENT_TOO_LARGE = 413, "Content Too Large", "The body is larger than the server takes"
    REQUEST_ENTITY_TOO_LARGE = CONTENT_TOO_LARGE
    URI_TOO_LONG = 414, "URI Too Long", "The address is longer than the server takes"
    REQUEST_URI_TOO_LONG = URI_TOO_LONG
    UNSUPPORTED_MEDIA_TYPE = 415, "Unsupported Media Type", "The body is in a form that the server does not take"
    RANGE_NOT_SATISFIABLE = 416, "Range Not Satisfiable", "There is no such part"
    REQUESTED_RANGE_NOT_SATISFIABLE = RANGE_NOT_SATISFIABLE
    EXPECTATION_FAILED = 417, "Expectation Failed", "What Expect asks for cannot be met"
    IM_A_TEAPOT = 418, "I'm a Teapot", "It cannot brew coffee"
    MISDIRECTED_REQUEST = 421, "Misdirected Request", "This server does not answer for that name"
    UNPROCESSABLE_CONTENT = 422, "Unprocessable Content"
    UNPROCESSABLE_ENTITY = UNPROCESSABLE_CONTENT
    LOCKED = 423, "Locked"
    FAILED_DEPENDENCY = 424, "Failed Dependency"
    TOO_EARLY = 425, "Too Early"
    UPGRADE_REQUIRED = 426, "Upgrade Required"
    PRECONDITION_REQUIRED = 428, "Precondition Required", "The request must have a condition in its headers"
    TOO_MANY_REQUESTS = 429, "Too Many Requests", "Too many in a short time"
    REQUEST_HEADER_FIELDS_TOO_LARGE = 431, "Request Header Fields Too Large", "The headers are larger than the server takes"
    UNAVAILABLE_FOR_LEGAL_REASONS = 451, "Unavailable For Legal Reasons", "The law forbids it"
    INTERNAL_SERVER_ERROR = 500, "Internal Server Error", "Something went wrong in the server"
    NOT_IMPLEMENTED = 501, "Not Implemented", "The server cannot do this"
    BAD_GATEWAY = 502, "Bad Gateway", "The server behind this one gave an answer that cannot be used"
    SERVICE_UNAVAILABLE = 503, "Service Unavailable", "The server cannot answer now"
    GATEWAY_TIMEOUT = 504, "Gateway Timeout", "The server behind this one did not answer in time"
    HTTP_VERSION_NOT_SUPPORTED = 505, "HTTP Version Not Supported", "The server does not speak this version"
    VARIANT_ALSO_NEGOTIATES = 506, "Variant Also Negotiates"
    INSUFFICIENT_STORAGE = 507, "Insufficient Storage"
    LOOP_DETECTED = 508, "Loop Detected"
    NOT_EXTENDED = 510, "Not Extended"
    NETWORK_AUTHENTICATION_REQUIRED = 511, "Network Authentication Required", "Log in to the network first"

    is_informational, is_success, is_redirection, is_client_error, is_server_error = map(_in_hundred, range(100, 600, 100))


@_simple_enum(StrEnum)
class HTTPMethod:
    """What a request asks for."""

    def __new__(cls, value, description):
        return _made(cls, str, value, description=description)

    def __repr__(self):
        return f"<{type(self).__name__}.{self._name_}>"

    CONNECT = "CONNECT", "Make a tunnel to the server named."
    DELETE = "DELETE", "Remove the resource."
    GET = "GET", "Send the resource."
    HEAD = "HEAD", "Send what GET would, without the body."
    OPTIONS = "OPTIONS", "Tell what can be asked of the resource."
    PATCH = "PATCH", "Change a part of the resource."
    POST = "POST", "Let the resource deal with the body, as it sees fit."
    PUT = "PUT", "Replace the resource by the body."
    TRACE = "TRACE", "Send back what came."
