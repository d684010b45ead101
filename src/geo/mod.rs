//! Places, lines, areas and routes on the WGS84 ellipsoid.
