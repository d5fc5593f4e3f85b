"""Shapes."""

import math


class Circle:
    """A round one."""

    def __init__(self, radius):
        self.radius = radius

    def area(self):
        return math.pi * self.radius**2
