#!/usr/bin/env python3
"""@SHARES@ shares of a plan with HyperQueue, then the merge.

    disengage submit DIR --print hyperqueue > plan.py
    python3 plan.py

Needs the package hyperqueue. With HQ_SERVER_DIR it asks the server whose folder that is;
without, it starts a server and a worker on this machine. Here each task is given its
share, from 1/@SHARES@ on. With the hq program instead HQ_TASK_ID counts as --array says:

    hq submit --array=1-@SHARES@ --cpus=@CPUS@ -- \\
        disengage run --plan DIR --shard @SHARES@ -j @CPUS@ --fail off

A task that fails ends the others: run this again, what is done is kept.
"""

import contextlib
import os
import subprocess
import sys

from hyperqueue import Client, Job, LocalCluster
from hyperqueue.ffi.protocol import ResourceRequest

PLAN = @PYTHON_PLAN@
SHARES = @SHARES@
CPUS = @CPUS@
PROGRAM = os.environ.get("DISENGAGE", "disengage")


@contextlib.contextmanager
def client():
    """A client of the server of HQ_SERVER_DIR, or of one that lives as long as this."""
    server = os.environ.get("HQ_SERVER_DIR")
    if server:
        yield Client(server)
        return
    with LocalCluster() as cluster:
        cluster.start_worker()
        yield cluster.client()


job = Job(max_fails=0, name="@NAME@")
for k in range(1, SHARES + 1):
    share = ["--shard", f"{k}/{SHARES}", "-j", str(CPUS), "--fail", "off"]
    job.program(
        [PROGRAM, "run", "--plan", PLAN, *share],
        name=f"share-{k}",
        resources=ResourceRequest(cpus=CPUS),
        # Nothing is left beside the plan; status says how far it is.
        stdout=None,
        stderr=None,
    )
with client() as it:
    it.wait_for_jobs([it.submit(job)])
sys.exit(subprocess.run([PROGRAM, "merge", PLAN]).returncode)
