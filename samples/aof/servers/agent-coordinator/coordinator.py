"""Keeps the list of agents and hands out sessions."""

AGENTS: dict[str, float] = {}


def register(name: str, now: float) -> None:
    AGENTS[name] = now


def alive(now: float) -> list[str]:
    return sorted(name for name, seen in AGENTS.items() if now - seen < 30)
