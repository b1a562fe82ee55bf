"""Takes tasks from the coordinator and runs them."""


def run(task: str) -> str:
    return f"done: {task}"
