#!/usr/bin/env python3
"""Pack the base map of the charts from Natural Earth 10 m.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python3 make_basemap.py package/countries-10m.json natural-earth-10m.bin

Natural Earth is in the public domain; world-atlas publishes it as TopoJSON, on
a grid of 0.0036 degrees of longitude by 0.0017 degrees of latitude. That grid
is kept as it is, so packing loses nothing.

The file, read by basemap.rs; every number without a type is an unsigned LEB128
varint, `s` marks a zigzag varint:

    "DISBASE1"                          8 bytes
    Adler-32 of all that follows        u32, little endian
    lon0, lat0, dlon, dlat              f64 each, little endian; a grid point
                                        (x, y) lies at lon0 + x*dlon, lat0 + y*dlat
    period                              grid steps in 360 degrees
    number of countries, then each:     ISO 3166-1 numeric (0: none),
                                        length and UTF-8 bytes of the name,
                                        its polygons
    polygons of all land together       borders dissolved
    number of arcs, then each:          kind (0 coast, 1 border, 2 cut),
                                        number of points, first x s, first y s,
                                        first x - least x, greatest x - first x,
                                        the same for y,
                                        dx s, dy s for every further point

Polygons are a count of polygons, for each a count of rings (the first is the
outer one), for each a count of arc references. A reference is 2*arc, or
2*arc + 1 for the arc run backwards; it is stored s, as the difference from the
reference before it. x runs on where an arc crosses the date line, so it can leave 0..period.
A ring that does not close has gone round a pole.

A coast belongs to one country, a border to two or more. A cut is neither: it is
an edge along the date line, or a seam inside one country.
"""

import json
import struct
import sys
import zlib

COAST, BORDER, CUT = 0, 1, 2


def varint(out, value):
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)


def zigzag(out, value):
    varint(out, value * 2 if value >= 0 else -value * 2 - 1)


def unwrap(arc, period):
    """Absolute points; x runs on across the date line; no point repeats."""
    points, x, y = [], 0, 0
    for n, (dx, dy) in enumerate(arc):
        if n and dx > period // 2:
            dx -= period
        elif n and dx < -(period // 2):
            dx += period
        x, y = x + dx, y + dy
        if not points or points[-1] != (x, y):
            points.append((x, y))
    return points


def on_date_line(point, period):
    return point[0] % period == 0


def split_at_cuts(points, period):
    """Runs of edges that do and do not lie along the date line."""
    runs = []
    for a, b in zip(points, points[1:]):
        cut = on_date_line(a, period) and on_date_line(b, period)
        if runs and runs[-1][0] == cut:
            runs[-1][1].append(b)
        else:
            runs.append((cut, [a, b]))
    return runs


def polygons_of(geometry):
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    if geometry["type"] == "MultiPolygon":
        return geometry["arcs"]
    sys.exit(f"not an area: {geometry['type']}")


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: make_basemap.py countries-10m.json OUTPUT.bin")
    with open(sys.argv[1], encoding="utf-8") as file:
        topology = json.load(file)
    (dlon, dlat) = topology["transform"]["scale"]
    (lon0, lat0) = topology["transform"]["translate"]
    period = round(360 / dlon)
    if abs(period * dlon - 360) > 1e-9:
        sys.exit("360 degrees are not a whole number of grid steps")

    countries = topology["objects"]["countries"]["geometries"]
    users = [[] for _ in topology["arcs"]]
    for number, country in enumerate(countries):
        for polygon in polygons_of(country):
            for ring in polygon:
                for reference in ring:
                    arc = reference if reference >= 0 else ~reference
                    users[arc].append(number)

    # An arc that runs partly along the date line becomes several.
    arcs, pieces = [], []
    for arc, by in zip(topology["arcs"], users):
        points = unwrap(arc, period)
        if len(by) == 1:
            kind = COAST
        elif len(set(by)) > 1:
            kind = BORDER
        else:
            kind = CUT
        runs = split_at_cuts(points, period)
        pieces.append(range(len(arcs), len(arcs) + len(runs)))
        arcs.extend((CUT if cut else kind, run) for cut, run in runs)

    def references(ring):
        found = []
        for reference in ring:
            if reference >= 0:
                found.extend(2 * p for p in pieces[reference])
            else:
                found.extend(2 * p + 1 for p in reversed(pieces[~reference]))
        return found

    def has_area(ring):
        """Whether at least three different points remain on the grid."""
        return len({p for r in ring for p in arcs[r // 2][1]}) >= 3

    def tidy(geometry):
        """The polygons without rings that the grid flattened to a line."""
        tidied = []
        for polygon in polygons_of(geometry):
            rings = [references(ring) for ring in polygon]
            if has_area(rings[0]):
                tidied.append([rings[0], *filter(has_area, rings[1:])])
        return tidied

    shapes = []
    for country in countries:
        shape = tidy(country)
        if shape:
            shapes.append((country, shape))
        else:
            print(f"smaller than the grid, left out: {country['properties']['name']}")
    (land,) = map(tidy, topology["objects"]["land"]["geometries"])

    # Keep the arcs that a ring still uses, in their order.
    used = sorted(
        {
            r // 2
            for shape in [land, *(shape for _, shape in shapes)]
            for polygon in shape
            for ring in polygon
            for r in ring
        }
    )
    place = {arc: n for n, arc in enumerate(used)}

    body = bytearray(struct.pack("<dddd", lon0, lat0, dlon, dlat))
    varint(body, period)

    def write_polygons(polygons):
        varint(body, len(polygons))
        last = 0
        for polygon in polygons:
            varint(body, len(polygon))
            for ring in polygon:
                varint(body, len(ring))
                for r in ring:
                    reference = 2 * place[r // 2] + r % 2
                    zigzag(body, reference - last)
                    last = reference

    varint(body, len(shapes))
    for country, shape in shapes:
        varint(body, int(country.get("id", 0)))
        name = country["properties"]["name"].encode("utf-8")
        varint(body, len(name))
        body += name
        write_polygons(shape)
    write_polygons(land)

    varint(body, len(used))
    total, kinds = 0, [0, 0, 0]
    for arc in used:
        kind, points = arcs[arc]
        kinds[kind] += 1
        total += len(points)
        varint(body, kind)
        varint(body, len(points))
        (x, y) = points[0]
        zigzag(body, x)
        zigzag(body, y)
        for first, axis in ((x, 0), (y, 1)):
            varint(body, first - min(p[axis] for p in points))
            varint(body, max(p[axis] for p in points) - first)
        for a, b in zip(points, points[1:]):
            zigzag(body, b[0] - a[0])
            zigzag(body, b[1] - a[1])

    with open(sys.argv[2], "wb") as file:
        file.write(b"DISBASE1" + struct.pack("<I", zlib.adler32(body)) + body)
    print(
        f"{len(shapes)} countries, {kinds[COAST]} coasts, {kinds[BORDER]} borders, "
        f"{kinds[CUT]} cuts, {total} points, {len(body) + 12} bytes"
    )


if __name__ == "__main__":
    main()
