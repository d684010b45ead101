#!/usr/bin/env bash
# @SHARES@ shares of a plan with GNU parallel, then the merge.
#
# What follows its name goes to parallel, such as --jobs 8 or --sshlogin a,b (hosts that
# see the folder at the same place):
#   disengage submit DIR --print parallel > plan.sh
#   bash plan.sh --jobs 8
# PARALLEL_SEQ counts from 1 to @SHARES@; each job reads its share from it. If one fails,
# no further one begins: run this again, what is done is kept.
set -euo pipefail
plan=@PLAN@
program=${DISENGAGE:-disengage}
export plan program

seq @SHARES@ | parallel -n0 --halt soon,fail=1 --env plan --env program "$@" \
    '"$program" run --plan "$plan" --shard @SHARES@ -j @CPUS@ --fail off'
exec "$program" merge "$plan"
