#!/usr/bin/env python3
"""Extract country outlines as GeoJSON from Natural Earth 10 m.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python3 make.py package/countries-10m.json countries.geojson syria=Syria

Every further argument is id=name: the id of the feature, and the country's name
in the source. Rings are closed, the outer one runs counterclockwise, and the
script stops if one crosses itself or the date line.
"""

import json
import sys

SOURCE = "Natural Earth 10m (public domain), by way of world-atlas 2.0.2"
LICENCE = "Public domain; world-atlas is under the ISC licence"
NOTES = {
    "Syria": (
        "Boundaries follow control on the ground as Natural Earth draws it: the "
        "part of the Golan Heights held by Israel lies outside this outline. "
        "Vertices lie on a grid of 0.0036 by 0.0017 degrees (about 330 by 190 m)."
    ),
}


def main():
    if len(sys.argv) < 4 or not all("=" in a for a in sys.argv[3:]):
        sys.exit("usage: make.py countries-10m.json OUTPUT.geojson ID=NAME...")
    with open(sys.argv[1], encoding="utf-8") as file:
        topology = json.load(file)
    scale = topology["transform"]["scale"]
    origin = topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x, y))
        arcs.append(points)
    countries = {
        g["properties"]["name"]: g for g in topology["objects"]["countries"]["geometries"]
    }

    def ring(references, outer):
        points = []
        for r in references:
            arc = arcs[r] if r >= 0 else arcs[~r][::-1]
            for point in arc:
                if not points or points[-1] != point:
                    points.append(point)
        check(points)
        if (doubled_area(points) > 0) != outer:
            points.reverse()
        return [
            [round(x * scale[0] + origin[0], 5), round(y * scale[1] + origin[1], 5)]
            for x, y in points
        ]

    features = []
    for argument in sys.argv[3:]:
        identifier, name = argument.split("=", 1)
        if name not in countries:
            sys.exit(f"no country is called {name}")
        country = countries[name]
        multi = country["type"] == "MultiPolygon"
        polygons = [
            [ring(r, n == 0) for n, r in enumerate(polygon)]
            for polygon in (country["arcs"] if multi else [country["arcs"]])
        ]
        properties = {
            "id": identifier,
            "name": name,
            "iso_numeric": country.get("id"),
            "source": SOURCE,
            "licence": LICENCE,
        }
        if name in NOTES:
            properties["note"] = NOTES[name]
        features.append(
            {
                "type": "Feature",
                "id": identifier,
                "properties": properties,
                "geometry": {
                    "type": country["type"],
                    "coordinates": polygons if multi else polygons[0],
                },
            }
        )
        count = sum(len(r) for p in polygons for r in p)
        print(f"{identifier}: {len(polygons)} polygons, {count} points")

    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection", "features": [\n')
        file.write(",\n".join(json.dumps(f) for f in features))
        file.write("\n]}\n")


def doubled_area(points):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:]))


def check(points):
    """Stop unless the ring is closed, simple and on one side of the date line."""
    if len(points) < 4 or points[0] != points[-1]:
        sys.exit("a ring is not closed")
    edges = list(zip(points, points[1:]))
    if any(abs(a[0] - b[0]) > 50_000 for a, b in edges):
        sys.exit("a ring crosses the date line")

    def side(a, b, c):
        d = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
        return (d > 0) - (d < 0)

    def within(a, b, c):
        """Whether c, on the line through a and b, lies between them."""
        return all(min(a[k], b[k]) <= c[k] <= max(a[k], b[k]) for k in (0, 1))

    # The grid is whole numbers, so these tests are exact.
    for i, (a, b) in enumerate(edges):
        for j in range(i + 1, len(edges)):
            c, d = edges[j]
            if j == i + 1 or (i == 0 and j == len(edges) - 1):
                # Neighbours share a point and must not fold back on each other.
                far, near, tip = (d, b, a) if j == i + 1 else (b, a, c)
                if side(tip, near, far) == 0 and (
                    within(tip, near, far) or within(near, far, tip)
                ):
                    sys.exit(f"a ring folds back on itself at {near}")
                continue
            s = (side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b))
            crosses = s[0] * s[1] < 0 and s[2] * s[3] < 0
            touches = (
                (s[0] == 0 and within(a, b, c))
                or (s[1] == 0 and within(a, b, d))
                or (s[2] == 0 and within(c, d, a))
                or (s[3] == 0 and within(c, d, b))
            )
            if crosses or touches:
                sys.exit(f"a ring crosses or touches itself near {a}")


if __name__ == "__main__":
    main()
