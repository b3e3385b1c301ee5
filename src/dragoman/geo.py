"""Distances on the globe. No places are known here."""

from math import asin, cos, radians, sin, sqrt

Point = tuple[float, float]  # degrees north and east


def distance(one: Point, other: Point) -> float:
    """Return the great-circle distance in kilometres (haversine, a sphere of 6,371 km)."""
    a, b = radians(one[0]), radians(other[0])
    h = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other[1] - one[1]) / 2) ** 2
    return 12742 * asin(sqrt(min(1.0, h)))
