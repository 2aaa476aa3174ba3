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


def content_policy() -> str:
    """What a browser may load and where a form may go: this host only, and scripts only with the nonce."""
    return "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            f"script-src 'nonce-{nonce()}'",
            "img-src 'self' data:",
            "media-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "object-src 'none'",
        )
    )


def protect(app: Flask, *, tls: bool) -> None:
    """Put the headers on every answer of the app."""

    @app.after_request
    def put(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = content_policy()
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Permissions-Policy"] = PERMISSIONS
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        if tls:
            response.headers["Strict-Transport-Security"] = f"max-age={A_YEAR}; includeSubDomains"
        if request.endpoint == "static" and response.status_code in (200, 206, 304):
            versioned = "v" in request.args
            response.headers["Cache-Control"] = (
                f"public, max-age={A_YEAR}, immutable" if versioned else "public, no-cache"
            )
        else:
            response.headers["Cache-Control"] = "no-store"
            response.headers.pop("ETag", None)
            response.headers.pop("Expires", None)
        return response
