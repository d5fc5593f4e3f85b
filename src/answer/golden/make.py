"""Makes prompts.json: runs the original's own prompt code, cut out of its source, on inputs written here.

Usage: python3 make.py <path to a clone of FlagOpen/FlagEmbedding>
"""

import ast
import json
import random
import re
import subprocess
import sys
from pathlib import Path

COMMIT = "7ed43d67ec03fbe5c31c0992dbfa941fb1860549"
FOLDER = "research/llm_embedder/"


def source(path):
    command = ["git", "-C", sys.argv[1], "show", f"{COMMIT}:{FOLDER}{path}"]
    return subprocess.check_output(command, text=True)


def functions(path, names, scope):
    for node in ast.walk(ast.parse(source(path))):
        if isinstance(node, ast.FunctionDef) and node.name in names:
            exec(compile(ast.Module([node], []), path, "exec"), scope)
    return scope


class Joined(Exception):
    pass


class Words:
    """Stands in for the tokenizer of `_llm_generation_func`: every word is a token, and a batch is its texts."""

    def __call__(self, texts, **_):
        raise Joined(texts[0])


def qa(keys, query):
    scope = functions("evaluation/eval_popqa.py", ["_prepare_sample", "_prepare_retrieval"], {"key_num": 3})
    return scope["_prepare_retrieval"](keys) + "\n\n" + scope["_prepare_sample"](query)


def convsearch(keys, query):
    scope = functions("evaluation/eval_qrecc.py", ["_prepare_sample", "_prepare_retrieval"], {"key_num": 3, "random": random})
    return scope["_prepare_retrieval"](keys) + "\n\n" + scope["_prepare_sample"](query)


def icl(examples, query):
    scope = {"List": list, "Dict": dict, "PreTrainedTokenizer": object, "re": re}
    functions("evaluation/icl_utils.py", ["_llm_generation_func"], scope)
    functions("evaluation/eval_icl.py", ["remove_double_space"], scope)
    scope["get_prompt_length"] = lambda **_: 8
    squeeze = scope["remove_double_space"]
    batch = {"query": [squeeze(query)], "few_shot": [[squeeze(one) for one in examples]]}
    try:
        scope["_llm_generation_func"](batch, Words())
    except Joined as joined:
        return joined.args[0]


def chat(history, query):
    # modeling_srlm.py, _get_retrieved_history and forward_with_history_retrieval, with np.char.add written as +.
    return "\n".join(history) + "\n" + ("Speaker 1: " + query) + "\nSpeaker 2: "


def main():
    keys = ["Moon The Moon goes round in 27 days.", "Tides Tides follow it.", "Mars has two moons."]
    conversation = ["How long is a month?", "About 30 days.", "and around the Earth?"]
    examples = ["3  + 4\n7", "1 + 1\n2", "what  is   5 + 5\n10"]
    exchanges = ["Speaker 1: I sold the car.\nSpeaker 2: Good price?", "Speaker 1: Anna called.\nSpeaker 2: At last!"]
    prompts = {
        "qa": {"items": keys, "query": "How long is a lunar month?"},
        "convsearch": {"items": keys, "turns": conversation[:-1], "query": conversation[-1]},
        "chat": {"items": exchanges, "query": "Who called?"},
        "icl": {"items": examples, "query": "8  + 1"},
    }
    prompts["qa"]["prompt"] = qa(keys, prompts["qa"]["query"])
    prompts["convsearch"]["prompt"] = convsearch(keys, " ".join(conversation))
    prompts["chat"]["prompt"] = chat(exchanges, prompts["chat"]["query"])
    prompts["icl"]["prompt"] = icl(examples, prompts["icl"]["query"])
    made_by = {
        "tool": "src/answer/golden/make.py",
        "python": ".".join(map(str, sys.version_info[:3])),
        "repository": "https://github.com/FlagOpen/FlagEmbedding",
        "commit": COMMIT,
        "licence": "MIT; inputs written for this file",
    }
    target = Path(__file__).with_name("prompts.json")
    target.write_text(json.dumps({"madeBy": made_by, "prompts": prompts}, indent=2) + "\n")


main()
