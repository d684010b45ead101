#!/usr/bin/env bash
# @SHARES@ shares of a plan as one Slurm array job, and a merge behind them.
#
# Run it where sbatch is; what follows its name goes to sbatch:
#   disengage submit DIR --print slurm > plan.sh
#   bash plan.sh --partition=short --time=01:00:00
# SLURM_ARRAY_TASK_ID counts as --array says, here from 0 to @LAST@; each task reads its
# share from it. A task that is stopped (time limit, preemption) closes its part and ends
# with 75: run this again, what is done is kept. A share should be minutes of work: Slurm
# takes about half a second to start each.
set -euo pipefail
plan=@PLAN@
program=${DISENGAGE:-disengage}
export plan program

shares=$(sbatch --parsable --job-name=@NAME@ --array=0-@LAST@ --cpus-per-task=@CPUS@ "$@" <<'JOB'
#!/usr/bin/env bash
exec "$program" run --plan "$plan" --shard @SHARES@ -j "${SLURM_CPUS_PER_TASK:-@CPUS@}" --fail off
JOB
)
merge=$(sbatch --parsable --job-name=@NAME@-merge --cpus-per-task=@CPUS@ \
    --dependency="afterok:${shares%%;*}" --kill-on-invalid-dep=yes "$@" <<'JOB'
#!/usr/bin/env bash
exec "$program" merge "$plan" -j "${SLURM_CPUS_PER_TASK:-@CPUS@}"
JOB
)
echo "shares: job ${shares%%;*}, merge: job ${merge%%;*}"
