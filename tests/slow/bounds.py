"""Every number of a scenario at both ends of its bounds, one at a time: each run ends
within SECONDS and MEGABYTES, or is refused.

    python3 tests/slow/bounds.py PROGRAM SCENARIO [SECONDS] [MEGABYTES]

Ends with 1 if one does not, or if the program panics.
"""

import json
import subprocess
import sys
import tempfile
import time
import tomllib

program, scenario = sys.argv[1:3]
seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 20
megabytes = float(sys.argv[4]) if len(sys.argv) > 4 else 1000
schema = json.loads(subprocess.check_output([program, "schema"]))


def resolved(it):
    while "$ref" in it or len(it.get("allOf", [])) == 1:
        name = it.get("$ref", "").split("/")[-1]
        it = schema["definitions"][name] if name else it["allOf"][0]
    return it


def numbers(it, value, path):
    """The paths of all numbers, each with the schema of a plain number."""
    it = resolved(it)
    forms = it.get("oneOf", [])
    number = forms[0] if forms and forms[0].get("type") == "number" else it
    if number.get("type") in ("number", "integer"):
        if "maximum" in number:
            yield path, number
        return
    for form in map(resolved, forms):
        known = form.get("properties", {})
        kind = known.get("kind", {}).get("const")
        if isinstance(value, dict) and (value.get("kind") == kind if kind else set(value) <= set(known)):
            yield from numbers(form, value, path)
    if isinstance(value, dict):
        for key, inner in value.items():
            own = it.get("properties", {}).get(key, it.get("additionalProperties"))
            if isinstance(own, dict):
                yield from numbers(own, inner, f"{path}.{key}")
    elif isinstance(value, list) and isinstance(it.get("items"), dict):
        for at, inner in enumerate(value):
            table = "." not in path and isinstance(inner, dict) and "id" in inner
            yield from numbers(it["items"], inner, f"{path}.{inner['id']}" if table else f"{path}[{at}]")


bad = tried = 0
with open(scenario, "rb") as file, tempfile.TemporaryDirectory() as folder:
    for table, value in tomllib.load(file).items():
        if table in ("schema", "experiment", "record", "variant"):
            continue
        for path, number in numbers(schema["properties"][table], value, table):
            low = number.get("minimum", 1e-300)
            for x in (low, number["maximum"]):
                setting = f"{path}={x}"
                run = [program, "run", scenario, "-n", "1", "-j", "1", "--no-charts", "--force"]
                run = ["/usr/bin/time", "-f", "%M", *run, "-o", f"{folder}/out", "--set", setting]
                began = time.time()
                try:
                    done = subprocess.run(run, capture_output=True, text=True, timeout=10 * seconds)
                    took, said, code = time.time() - began, done.stderr, done.returncode
                    used = int(said.split()[-1]) / 1024
                except subprocess.TimeoutExpired:
                    took, said, code, used = time.time() - began, "", "none", 0
                tried += 1
                # 2 and 3: refused, for its size or for what it says.
                if code not in (0, 2, 3) or "panicked" in said or took > seconds or used > megabytes:
                    bad += 1
                    print(f"{setting}: code {code}, {took:.1f} s, {used:.0f} MB\n{said[-500:]}")
print(f"{scenario}: {tried} runs, {bad} of them bad")
sys.exit(bad > 0 or tried == 0)
