"""`tajzia centre send-notices`: the sender as a process of its own. It says one word when it is at work."""

from __future__ import annotations

import signal
import sys
from argparse import Namespace

READY = "ready"


def run(args: Namespace) -> int:
    from desktop_app.bootstrap.sending import sending_service
    from desktop_app.centre.gateway_settings import GatewaySettingsError
    from desktop_app.cli.centre_serve import log_to_standard_error
    from desktop_app.system.logs import stop_logging

    conninfo = args.dsn or sys.stdin.readline().strip()
    log = log_to_standard_error()
    try:
        with sending_service(conninfo, args.gateway) as service:
            if args.once:
                service.run_once()
                return 0
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: service.stop())
            service.run(lambda: print(READY, flush=True))
    except GatewaySettingsError as why:
        print(f"tajzia: {why}", file=sys.stderr)
        return 1
    finally:
        stop_logging(log)
    return 0
