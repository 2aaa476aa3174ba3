"""Django's admin under gunicorn, with the workers and threads that the console is given: port, workers, threads."""

from __future__ import annotations

import os
import sys
from typing import Any

from gunicorn.app.base import BaseApplication

from bench.ground import Ground


class Server(BaseApplication):  # type: ignore[misc]
    """Set up as ``console.serve`` sets up the console's own."""

    def load_config(self) -> None:
        """How it listens."""
        port, workers, threads = sys.argv[1:4]
        told: dict[str, Any] = {
            "bind": f"127.0.0.1:{port}",
            "worker_class": "gthread",
            "workers": int(workers),
            "threads": int(threads),
            "accesslog": None,
            "loglevel": "warning",
            "timeout": 120,
            "keepalive": 5,
            "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,
        }
        for key, value in told.items():
            self.cfg.set(key, value)

    def load(self) -> Any:
        """The app of this worker."""
        from bench.apps.django_admin import application

        return application(Ground(os.environ["BENCH_URL"], os.environ["BENCH_AUTHORITIES"]))


if __name__ == "__main__":
    Server().run()
