"""Makes prefixes.json: the six pairs of instructions, read out of the original's source without running it.

Usage: python3 make.py <path to a clone of FlagOpen/FlagEmbedding>
"""

import ast
import json
import subprocess
import sys
from pathlib import Path

COMMIT = "7ed43d67ec03fbe5c31c0992dbfa941fb1860549"
PATH = "research/llm_embedder/src/retrieval/data.py"


def member(dictionary, name):
    return next(value for key, value in zip(dictionary.keys, dictionary.values) if key.value == name)


def main():
    source = subprocess.check_output(["git", "-C", sys.argv[1], "show", f"{COMMIT}:{PATH}"], text=True)
    config = next(
        node.value
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "TASK_CONFIG"
    )
    made_by = {
        "tool": "src/tasks/golden/make.py",
        "python": ".".join(map(str, sys.version_info[:3])),
        "repository": "https://github.com/FlagOpen/FlagEmbedding",
        "commit": COMMIT,
        "path": PATH,
        "expression": 'TASK_CONFIG["llm-embedder"]["instruction"]',
        "licence": "MIT",
    }
    prefixes = ast.literal_eval(member(member(config, "llm-embedder"), "instruction"))
    target = Path(__file__).with_name("prefixes.json")
    target.write_text(json.dumps({"madeBy": made_by, "prefixes": prefixes}, indent=2) + "\n")


main()
