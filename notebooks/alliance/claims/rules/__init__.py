"""The rules, by subject; importing a module registers its rules."""

from . import aid, balance, debate, membership, options, readiness, road, spending, testing, treaty
