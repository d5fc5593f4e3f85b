"""nDCG@10, R@10, MRR@10 on eval/* of the data folder: BM25, token averages, the model, and RRF of BM25 + model.

   python3 evaluate.py VOCAB --ckpt MODEL.pt | --exported DIR [--static STATIC.pt] [--int8] [--json OUT.json]

Candidates: chat and lrlm search only the query's `group` (one user's history, one
book) and its past (lrlm: at least 3 chunks back); `exclude` is taken out; the rest search the whole corpus.
"""
import argparse, collections, json, math, os, pickle, re, time
import numpy as np
import torch
from tasks import DATA, INSTRUCTIONS
from tokenizer import SEP, CLS, Tokenizer, words

TASKS = ("qa", "convsearch", "chat", "lrlm", "icl", "tool")
WORD = re.compile(r"\w")


class EvalSet:
    def __init__(self, task, max_queries=None):
        d = f"{DATA}/eval/{task}/"
        self.task = task
        self.docs = [json.loads(l) for l in open(d + "corpus.jsonl", encoding="utf-8")]
        self.at = {x["_id"]: i for i, x in enumerate(self.docs)}
        rel = collections.defaultdict(dict)
        for line in open(d + "qrels.tsv", encoding="utf-8").read().split("\n")[1:]:
            if line.strip():
                q, c, s = line.split("\t")
                if int(s) > 0 and c in self.at:
                    rel[q][self.at[c]] = int(s)
        self.queries = [q for q in map(json.loads, open(d + "queries.jsonl", encoding="utf-8")) if q["_id"] in rel]
        if max_queries and len(self.queries) > max_queries:
            self.queries = [self.queries[i] for i in np.linspace(0, len(self.queries) - 1, max_queries).astype(int)]
        self.rel = [rel[q["_id"]] for q in self.queries]
        self.text = [((x.get("title") or "") + " " + x["text"]).strip() for x in self.docs]
        groups = collections.defaultdict(list)
        for i, x in enumerate(self.docs):
            groups[x.get("group")].append(i)
        self.cand = []
        for q in self.queries:
            c = groups[q["group"]] if task in ("chat", "lrlm") else range(len(self.docs))
            if task == "lrlm":
                c = [i for i in c if self.docs[i]["position"] <= q["position"] - 3]
            if task == "chat":
                c = [i for i in c if (self.docs[i]["session"], self.docs[i]["position"]) < (q["session"], q["position"])]
            c = np.array(c)
            if q.get("exclude"):
                c = np.array([i for i in c if self.docs[i]["_id"] != q["exclude"]])
            self.cand.append(c)


def bm25(texts, queries, k1=1.2, b=0.75):
    """Okapi BM25 scores [queries, docs] (float32); Lucene idf."""
    post, n = collections.defaultdict(list), len(texts)
    dl = np.zeros(n, np.float32)
    for i, t in enumerate(texts):
        c = collections.Counter(w for w in words(t) if WORD.match(w))
        dl[i] = sum(c.values())
        for w, f in c.items():
            post[w].append((i, f))
    norm = k1 * (1 - b + b * dl / max(dl.mean(), 1e-9))
    idx = {}
    for w, p in post.items():
        a = np.array(p)
        f = a[:, 1].astype(np.float32)
        idx[w] = (a[:, 0], math.log(1 + (n - len(p) + 0.5) / (len(p) + 0.5)) * f * (k1 + 1) / (f + norm[a[:, 0]]))
    out = np.zeros((len(queries), n), np.float32)
    for r, q in enumerate(queries):
        for w in words(q):
            if w in idx:
                d, s = idx[w]
                out[r, d] += s
    return out


def measures(ev, scores):
    nd, rc, mr = [], [], []
    tops = []
    for r, (rel, c) in enumerate(zip(ev.rel, ev.cand)):
        s = scores[r, c]
        k = min(10, len(c))
        top = np.argpartition(-s, k - 1)[:k] if len(c) else np.array([], int)
        top = c[top[np.argsort(-s[top], kind="stable")]]
        tops.append(top)
        rr = {d: v for d, v in rel.items() if d in set(c)} if len(c) < len(ev.docs) else rel
        if not rr:
            continue
        gain = [rr.get(int(d), 0) for d in top]
        dcg = sum((2 ** g - 1) / math.log2(i + 2) for i, g in enumerate(gain))
        ideal = sum((2 ** g - 1) / math.log2(i + 2) for i, g in enumerate(sorted(rr.values(), reverse=True)[:10]))
        nd.append(dcg / ideal)
        rc.append(sum(g > 0 for g in gain) / min(len(rr), 10))  # capped recall: 20+ relevant documents are common in icl
        mr.append(next((1 / (i + 1) for i, g in enumerate(gain) if g), 0))
    return {"ndcg@10": float(np.mean(nd)), "r@10": float(np.mean(rc)), "mrr@10": float(np.mean(mr)), "queries": len(nd)}


def rrf(ev, a, b, k=60, depth=100):
    """Reciprocal rank fusion of two score matrices, over each query's candidates."""
    out = np.zeros_like(a)
    for r, c in enumerate(ev.cand):
        for s in (a, b):
            v = s[r, c]
            m = min(depth, len(c))
            top = np.argpartition(-v, m - 1)[:m] if len(c) else np.array([], int)
            top = top[np.argsort(-v[top], kind="stable")]
            if s is a:
                top = top[v[top] > 0]  # BM25: no match, no rank
            out[r, c[top]] += 1 / (k + 1 + np.arange(len(top)))
    return out


def ids_of(tok, task, side, texts, limit=256):
    pre = [CLS] + tok.body(INSTRUCTIONS[task][side])
    return [np.array(pre + tok.body(t, limit - 1 - len(pre)) + [SEP], np.int32) for t in texts]


def embed_with(fn, seqs, chunk=512):
    """fn(ids, cu) -> [n, H]; returns unit vectors."""
    from batches import pack
    order = np.argsort([len(s) for s in seqs], kind="stable")
    out = None
    for a in range(0, len(order), chunk):
        o = order[a:a + chunk]
        e = torch.nn.functional.normalize(fn(*pack([seqs[i] for i in o])), dim=1).numpy()
        if out is None:
            out = np.zeros((len(seqs), e.shape[1]), np.float32)
        out[o] = e
    return out


class Evaluator:
    """Keeps the sets and the BM25 scores, so that checkpoints are evaluated quickly."""

    def __init__(self, tok, max_queries=None, tasks=TASKS, bm=True):
        self.tok, self.sets, self.bm = tok, {}, {}
        for t in tasks:
            if not os.path.exists(f"{DATA}/eval/{t}/qrels.tsv"):
                continue
            ev = self.sets[t] = EvalSet(t, max_queries)
            ev.q = [q["text"] for q in ev.queries]
            if bm:
                self.bm[t] = bm25(ev.text, ev.q)

    def vectors(self, ev, fn, instruct=True, limit=256):
        if instruct:
            q, d = ids_of(self.tok, ev.task, 0, ev.q, limit), ids_of(self.tok, ev.task, 1, ev.text, limit)
        else:
            q, d = ([np.array(self.tok.body(t, limit) or [1], np.int32) for t in x] for x in (ev.q, ev.text))
        return embed_with(fn, q), embed_with(fn, d)

    def run(self, fn, instruct=True, hybrid=False):
        out = {}
        for t, ev in self.sets.items():
            q, d = self.vectors(ev, fn, instruct)
            s = q @ d.T
            out[t] = measures(ev, s)
            if hybrid:
                out[t + "+bm25"] = measures(ev, rrf(ev, self.bm[t], s))
        return out

    def run_bm25(self):
        return {t: measures(ev, self.bm[t]) for t, ev in self.sets.items()}


def table(rows):
    """rows: name -> result of run()"""
    ts = [t for t in TASKS if any(t in r for r in rows.values())]
    lines = ["| nDCG@10 / R@10 / MRR@10 | " + " | ".join(ts) + " | mean nDCG |", "|" + "---|" * (len(ts) + 2)]
    for n, r in rows.items():
        v = [r.get(t) for t in ts]
        lines.append(f"| {n} | " + " | ".join("%.3f / %.3f / %.3f" % (x["ndcg@10"], x["r@10"], x["mrr@10"]) if x else "-" for x in v) + " | %.3f |" % np.mean([x["ndcg@10"] for x in v if x]))
    return "\n".join(lines)


if __name__ == "__main__":
    from engine import Model
    from init_static import bag
    torch.set_num_threads(2)
    ap = argparse.ArgumentParser()
    ap.add_argument("vocab")
    ap.add_argument("--ckpt")
    ap.add_argument("--exported", help="model folder: evaluates the stored weights (instead of --ckpt)")
    ap.add_argument("--int8", action="store_true", help="also with weights rounded to int8 per row, as the app stores them")
    ap.add_argument("--static")
    ap.add_argument("--json")
    ap.add_argument("--max-queries", type=int)
    a = ap.parse_args()
    t0 = time.time()
    e = Evaluator(Tokenizer(a.vocab), a.max_queries)
    rows = {"BM25": e.run_bm25()}
    if a.static:
        s = torch.load(a.static)
        U = torch.nn.functional.normalize(s["ppmi"], dim=1)
        rows["initial vectors (PPMI-SVD), plain mean"] = e.run(lambda i, c: bag(U, i, c), instruct=False)
        rows["initial vectors (PPMI-SVD), SIF-weighted mean"] = e.run(lambda i, c: bag(s["ppmi"], i, c), instruct=False)
        rows["static model (stage 1)"] = e.run(lambda i, c: bag(s["E"], i, c))
    if a.ckpt or a.exported:
        from export import read_safetensors
        c = torch.load(a.ckpt) if a.ckpt else read_safetensors(a.exported + "/model.safetensors")
        m = Model(c["embeddings.word_embeddings.weight"].shape[0], sum(k.endswith("query.weight") for k in c))
        m.load(c)
        r = e.run(lambda i, cu: m.encode(i, cu, grad=False), hybrid=True)
        rows["model"] = {k: v for k, v in r.items() if "+" not in k}
        rows["hybrid RRF (BM25 + model)"] = {k[:-5]: v for k, v in r.items() if "+" in k}
        if a.int8:
            for k, v in c.items():
                if v.dim() == 2:
                    sc = v.abs().amax(1, keepdim=True).clamp_min(1e-9) / 127
                    m.p[k].copy_((v / sc).round() * sc)
            rows["model, int8 weights (per row)"] = e.run(lambda i, cu: m.encode(i, cu, grad=False))
    print(table(rows))
    print({t: (len(x.queries), len(x.docs)) for t, x in e.sets.items()}, f"{time.time()-t0:.0f}s")
    if a.json:
        json.dump({"rows": rows, "sets": {t: (len(x.queries), len(x.docs)) for t, x in e.sets.items()}}, open(a.json, "w"), indent=1)
