#!/usr/bin/env python3
"""@SHARES@ shares of a plan with Ray, then the merge.

    disengage submit DIR --print ray > plan.py
    python3 plan.py

Needs the package ray. With RAY_ADDRESS it asks that cluster, whose machines see the folder
at the same place; without, it starts Ray on this machine. Ray has no array variable: each
task is given its share, from 1/@SHARES@ on. If shares fail, run this again: what is done
is kept.
"""

import os
import subprocess
import sys

import ray

PLAN = @PYTHON_PLAN@
SHARES = @SHARES@
CPUS = @CPUS@
PROGRAM = os.environ.get("DISENGAGE", "disengage")


@ray.remote(num_cpus=CPUS)
def run(program, plan, k):
    """Runs share k and gives its exit code."""
    share = ["--shard", f"{k}/{SHARES}", "-j", str(CPUS), "--fail", "off"]
    return subprocess.run([program, "run", "--plan", plan, *share]).returncode


ray.init()
codes = ray.get([run.remote(PROGRAM, PLAN, k) for k in range(1, SHARES + 1)])
ray.shutdown()
failed = {k: code for k, code in enumerate(codes, 1) if code}
if failed:
    sys.exit(f"shares that failed, with their exit codes: {failed}")
sys.exit(subprocess.run([PROGRAM, "merge", PLAN]).returncode)
