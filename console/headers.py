"""The headers of every answer: nothing from another host, nothing kept by a browser, no frame, no sniffing."""

from __future__ import annotations

import secrets

from flask import Flask, Response, g, request

PERMISSIONS = ", ".join(
    f"{name}=()"
    for name in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "picture-in-picture",
        "publickey-credentials-get",
        "usb",
    )
)
A_YEAR = 31_536_000


def nonce() -> str:
    """The random word of this answer that a script must carry to be run."""
    if "cm_nonce" not in g:
        g.cm_nonce = secrets.token_urlsafe(16)
    return str(g.cm_nonce)


#: What a browser may load and where a form may go: this host only, and scripts only with the nonce.
_CONTENT = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'nonce-{nonce}'",
        "img-src 'self' data:",
        "media-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
    )
)
#: What every answer says besides.
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


def content_policy() -> str:
    """What a browser may load and where a form may go, for this answer."""
    return _CONTENT.format(nonce=nonce())


def protect(app: Flask, *, tls: bool) -> None:
    """Put the headers on every answer of the app, in place of any that a page put there."""
    always = dict(_ALWAYS)
    if tls:
        always["Strict-Transport-Security"] = f"max-age={A_YEAR}; includeSubDomains"
    ours = {name.lower() for name in (*always, "Content-Security-Policy", "Cache-Control")}
    kept_nowhere = ours | {"etag", "expires"}

    @app.after_request
    def put(response: Response) -> Response:
        static = request.endpoint == "static" and response.status_code in (200, 206, 304)
        headers = response.headers
        # What is there is taken out first, which it seldom is: to set each looks through all of them each time.
        for name in (ours if static else kept_nowhere).intersection([name.lower() for name, _ in headers]):
            headers.remove(name)
        headers.extend(always.items())
        headers.add("Content-Security-Policy", content_policy())
        if not static:
            headers.add("Cache-Control", "no-store")
        else:
            headers.add(
                "Cache-Control", f"public, max-age={A_YEAR}, immutable" if "v" in request.args else "public, no-cache"
            )
        return response
