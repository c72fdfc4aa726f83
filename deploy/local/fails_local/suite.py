# SPDX-License-Identifier: Apache-2.0
"""The things of a run: PostgreSQL, nats-server, the stand-in where asked for, and the five processes."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping

from . import probe
from .errors import RunError
from .nats import USER, nats_thing
from .options import Options
from .ports import PortBook
from .postgres import Cluster
from .thing import Step, Thing
from .vardir import VarDir, write_text

_DBMATE = "deploy/postgres/node_modules/@dbmate/linux-x64/bin/dbmate"


@dataclass(frozen=True)
class Suite:
    """Everything to keep alive, in the order in which it is stopped backwards."""

    address: str
    things: list[Thing]
    steps: list[Step]
    facts: dict[str, object]


def build(options: Options, var: VarDir, ports: PortBook) -> Suite:
    """Picks the ports, makes secrets and the catalog, and describes every process by its environment."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("PG")}  # PGHOST and the like mislead
    if options.port == 0:
        http_port = ports.pick("gateway.http")
    else:
        http_port = options.port
        ports.take(http_port, options.host)
    shown_host = "127.0.0.1" if options.host == "0.0.0.0" else options.host
    admin_key = var.secret("admin.key")
    nats_password = var.secret("nats.password")

    cluster = Cluster(var, ports.pick("postgres"), options.source, options.source / _DBMATE, env)
    nats_port = ports.pick("nats")
    things = [
        cluster.thing(),
        nats_thing(options.source, var.folder("nats"), nats_password, nats_port, ports.pick("nats.monitor"), env),
    ]
    catalog = options.catalog
    if options.simulated:
        listen = f"127.0.0.1:{ports.pick('simulator')}"
        catalog = _rewritten_catalog(options, listen, var.path / "catalog.yaml")
        things.append(_simulator(options, listen, env))

    processes = ("scraper", "normalizer", "analytics", "insight", "gateway")
    grpc = {name: f"127.0.0.1:{ports.pick(f'{name}.grpc')}" for name in processes}
    nats = {
        "FAILS_NATS_URL": f"nats://127.0.0.1:{nats_port}",
        "FAILS_NATS_USER": USER,
        "FAILS_NATS_PASSWORD_FILE": str(nats_password),
        "FAILS_NATS_TOPOLOGY": str(options.source / "deploy/nats/topology.yaml"),
    }
    of_catalog = {"FAILS_CATALOG": str(catalog)}
    own: dict[str, Mapping[str, str]] = {
        "scraper": {
            **nats,
            **of_catalog,
            "FAILS_POLLING": "false" if options.offline else "true",
            # Politeness is for strangers; the stand-in is ours.
            **({"FAILS_BACKFILL_REQUESTS_PER_SECOND": "500"} if options.simulated else {}),
        },
        "normalizer": {**nats, **of_catalog, "FAILS_DATABASE_URL": cluster.url("fails_normalizer")},
        "analytics": {**nats, **of_catalog, "FAILS_DATABASE_URL": cluster.url("fails_reader")},
        "insight": {"FAILS_ANALYTICS_ADDRESS": grpc["analytics"]},
        "gateway": {
            **nats,
            "FAILS_HTTP_ADDRESS": f"{options.host}:{http_port}",
            "FAILS_WEB_DIR": str(options.source / "services/web/dist"),
            "FAILS_ADMIN_KEY_FILE": str(admin_key),
            **{f"FAILS_{name.upper()}_ADDRESS": grpc[name] for name in processes if name != "gateway"},
        },
    }
    for name in processes:
        admin = f"127.0.0.1:{ports.pick(f'{name}.admin')}"
        facts = {"admin": admin, "grpc": grpc[name]}
        if name == "gateway":
            facts["http"] = f"{shown_host}:{http_port}"
        things.append(
            Thing(
                name=name,
                argv=[str(options.bin_dir / f"fails-{name}")],
                env={
                    "FAILS_LOG_LEVEL": "info",
                    **env,
                    "FAILS_ADMIN_ADDRESS": admin,
                    "FAILS_GRPC_ADDRESS": grpc[name],
                    **own[name],
                },
                ready=lambda admin=admin: probe.http_ready(admin),  # type: ignore[misc]
                facts=facts,
            )
        )
    return Suite(
        address=f"http://{shown_host}:{http_port}",
        things=things,
        steps=[cluster.schema_step()],
        facts={"var": str(var.path), "catalog": str(catalog), "admin_key_file": str(admin_key)},
    )


def _simulator(options: Options, listen: str, env: Mapping[str, str]) -> Thing:
    argv = [str(options.bin_dir / "fails-simulator"), "serve", "--listen", listen]
    if options.pages is not None:
        argv += ["--pages", str(options.pages)]
    else:
        argv += ["--demo", "--state", str(options.var / "simulator.json")]
        argv += ["--seed", str(options.seed)] if options.seed is not None else []
        argv += ["--quiet-demo"] if options.quiet_demo else []
        argv += ["--speed", f"{options.speed:g}"] if options.speed is not None else []
    url = f"http://{listen}"
    return Thing(
        name="simulator",
        argv=argv,
        env=env,
        ready=lambda: probe.http_ready(listen, "/healthz"),
        stop_seconds=5.0,
        facts={"url": url},
        shown=f"{url}  (stands in for the providers)",
    )


def _rewritten_catalog(options: Options, listen: str, target: Path) -> Path:
    """The catalog with its pages at the simulator's address."""
    argv = [
        str(options.bin_dir / "fails-simulator"),
        "rewrite-catalog",
        str(options.catalog),
        "--base",
        f"http://{listen}",
    ]
    try:
        answer = subprocess.run(argv, capture_output=True, text=True, check=False, cwd="/", timeout=60)
    except OSError as error:
        raise RunError(f"{argv[0]}: {error.strerror}") from error
    if answer.returncode != 0:
        raise RunError(f"{options.catalog}: {answer.stderr.strip() or answer.stdout.strip()}")
    write_text(target, answer.stdout)
    return target
