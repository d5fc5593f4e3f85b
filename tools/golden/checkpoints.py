"""Writes src/model/convert/checkpoint/golden with Debian's python3-torch: small checkpoints and what they hold.

Run from the repository: /usr/bin/python3 tools/golden/checkpoints.py
"""

import collections
import json
import os
import platform

import torch

SEED = 20261120
OUT = os.path.join(os.path.dirname(__file__), "../../src/model/convert/checkpoint/golden")
DTYPES = {
    torch.float32: "F32",
    torch.float16: "F16",
    torch.bfloat16: "BF16",
    torch.float64: "F64",
    torch.int64: "I64",
    torch.int32: "I32",
    torch.int16: "I16",
    torch.int8: "I8",
    torch.uint8: "U8",
    torch.bool: "BOOL",
}


class AsksForSystem:
    """Would run a command when Python loads it; it is only written here."""

    def __reduce__(self):
        return (os.system, ("echo this must never run",))


class Small(torch.nn.Module):
    """A module, whose state dict comes with metadata and parameters."""

    def __init__(self):
        super().__init__()
        self.embed = torch.nn.Embedding(5, 4)
        self.norm = torch.nn.LayerNorm(4)
        self.register_buffer("position_ids", torch.arange(6).expand((1, -1)))


def element_types():
    values = torch.randn(3, 5)
    tensors = collections.OrderedDict()
    for dtype, name in DTYPES.items():
        scaled = values if dtype.is_floating_point else values * 40
        tensors[name.lower()] = scaled.abs().to(dtype) if dtype == torch.uint8 else scaled.to(dtype)
    tensors["scalar"] = torch.tensor(0.1)
    tensors["empty"] = torch.zeros(0, 4)
    return tensors


def views():
    base = torch.randn(6, 4)
    return {
        "base": base,
        "tied": base,
        "transposed": base.t(),
        "columns": base[:, 1:3],
        "rows": base[2:5],
        "every_second": base[::2],
        "flat": base.view(-1)[5:9],
        "cube": torch.randn(2, 3, 4).permute(2, 0, 1),
        "half_transposed": torch.randn(3, 2).half().t(),
        "expanded": torch.arange(6).expand((1, -1)),
    }


def described(tensors):
    return [
        {
            "name": name,
            "dtype": DTYPES[tensor.dtype],
            "shape": list(tensor.shape),
            "values": tensor.detach().float().flatten().tolist(),
        }
        for name, tensor in tensors.items()
    ]


def main():
    torch.manual_seed(SEED)
    os.makedirs(OUT, exist_ok=True)
    module = Small()
    weights = module.state_dict()
    parameters = {name: parameter for name, parameter in module.named_parameters()}
    training = {"epoch": 3, "lr": 2e-5, "best": None, "steps": [1, 2, 2**40, -(2**70)], "state_dict": weights}
    types, viewed = element_types(), views()
    sets = [
        ("element-types", types, types, {}),
        ("views", viewed, viewed, {}),
        ("module", weights, weights, {}),
        ("parameters", parameters, parameters, {}),
        ("training", training, weights, {}),
        ("protocol-3", weights, weights, {"pickle_protocol": 3}),
        ("protocol-4", training, weights, {"pickle_protocol": 4}),
        ("legacy", weights, None, {"_use_new_zipfile_serialization": False}),
        ("system", {"w": torch.ones(1), "x": AsksForSystem()}, None, {}),
    ]
    expected = {}
    for name, saved, held, options in sets:
        torch.save(saved, os.path.join(OUT, f"{name}.bin"), **options)
        if held is not None:
            expected[name] = described(held)
    with open(os.path.join(OUT, "expected.json"), "w") as file:
        json.dump(expected, file, separators=(",", ":"))
        file.write("\n")
    with open(os.path.join(OUT, "made-by.json"), "w") as file:
        made_by = {
            "what": "*.bin: checkpoints by torch.save. expected.json: their tensors in order, as float32.",
            "tool": "tools/golden/checkpoints.py",
            "versions": {"torch": torch.__version__, "python": platform.python_version()},
            "seed": SEED,
            "date": "2026-11-21",
            "licence": "MIT; random values",
        }
        json.dump(made_by, file, indent=2)
        file.write("\n")


if __name__ == "__main__":
    main()
