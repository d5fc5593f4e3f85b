"""Read the data folder, tokenise once, keep everything as flat int arrays.

   python3 data.py VOCAB OUT.pkl        (about a minute)
"""
import collections, glob, gzip, json, pickle, sys, time, zlib
import numpy as np
from tasks import DATA, INSTRUCTIONS
from tokenizer import CLS, SEP, Tokenizer

CAP = 240  # token ids kept per text


def jsonl(path):
    op = gzip.open if path.endswith(".gz") else open
    try:
        with op(path, "rt", encoding="utf-8") as f:
            for line in f:
                if line.strip():
                    yield json.loads(line)
    except (EOFError, json.JSONDecodeError) as e:
        print("cut short:", path, e, flush=True)


class Texts:
    """Set of texts with their token ids: .ids(i) is a numpy slice."""

    def __init__(self):
        self.index, self.flat, self.start, self.lab = {}, [], [0], []

    def add(self, text, tok):
        i = self.index.get(text)
        if i is None:
            i = self.index[text] = len(self.start) - 1
            self.flat += tok.body(text, CAP)
            self.start.append(len(self.flat))
            self.lab.append(zlib.crc32(text.rsplit("\n", 1)[-1].encode()) if "\n" in text else 0)
        return i

    def freeze(self):
        self.flat, self.start = np.array(self.flat, np.int32), np.array(self.start, np.int64)
        self.lab = np.array(self.lab, np.int64)  # hash of the last line: the label of an ICL example
        return self

    def ids(self, i):
        return self.flat[self.start[i]:self.start[i + 1]]

    def __len__(self):
        return len(self.start) - 1


def group_of(task, source):
    return task + ":" + "/".join(source.split("@")[0].split("/")[:2])


def load(vocab):
    tok = Tokenizer(vocab)
    T = Texts()
    groups = collections.defaultdict(lambda: {"q": [], "pos": [], "neg": []})
    for f in sorted(glob.glob(DATA + "/pairs/*.jsonl.gz")):
        for d in jsonl(f):
            pos = [p for p in d["pos"] if p and p.strip()][:40]
            if not pos or not d["query"].strip():
                continue
            g = groups[group_of(d["task"], d.get("source", "?"))]
            g["q"].append(T.add(d["query"], tok))
            g["pos"].append([T.add(p, tok) for p in pos])
            g["neg"].append([T.add(n, tok) for n in (d.get("neg") or [])[:4] if n and n.strip()])
    C = Texts()
    for f in sorted(glob.glob(DATA + "/corpora/*.jsonl.gz")):
        for d in jsonl(f):
            C.add(d["text"], tok)
    # small groups of one task are merged so that every group fills a batch
    out = {}
    for name, g in groups.items():
        key = name if len(g["q"]) >= 256 else name.split(":")[0] + ":small"
        if key in out:
            for k in g:
                out[key][k] += g[k]
        else:
            out[key] = g
    prefix = {t: ([CLS] + tok.body(q), [CLS] + tok.body(k)) for t, (q, k) in INSTRUCTIONS.items()}
    return {"texts": T.freeze(), "groups": out, "corpus": C.freeze(), "prefix": prefix, "vocab": tok.tokens}


if __name__ == "__main__":
    from data import load  # so that the pickle names this module
    t = time.time()
    d = load(sys.argv[1])
    for n, g in sorted(d["groups"].items(), key=lambda x: -len(x[1]["q"])):
        print("%-60s %7d" % (n, len(g["q"])))
    print(len(d["texts"]), "texts", len(d["texts"].flat), "tokens; corpus", len(d["corpus"]), len(d["corpus"].flat), "unk rate", float((d["corpus"].flat == 1).mean()), float((d["texts"].flat == 1).mean()))
    d["texts"].index = d["corpus"].index = None
    pickle.dump(d, open(sys.argv[2], "wb"), protocol=4)
    print(f"{time.time()-t:.0f}s")
