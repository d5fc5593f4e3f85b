"""Train the WordPiece vocabulary (frequency merges, '##' continuations) on all texts of the data folder.

   python3 train_vocab.py OUT/vocab.txt [size]
"""
import collections, glob, gzip, heapq, json, os, sys, time, unicodedata
from tokenizer import SPECIAL, Tokenizer, is_cjk, words
from tasks import DATA, INSTRUCTIONS


def texts():
    for f in sorted(glob.glob(DATA + "/pairs/*.jsonl.gz")):
        for line in gzip.open(f, "rt", encoding="utf-8"):
            d = json.loads(line)
            yield d["query"]
            yield from d["pos"][:1]
    for f in sorted(glob.glob(DATA + "/corpora/*.jsonl.gz")):
        for line in gzip.open(f, "rt", encoding="utf-8"):
            yield json.loads(line)["text"]


def main():
    out, size = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20480
    t0 = time.time()
    count = collections.Counter()
    for t in texts():
        count.update(words(t[:4000]))
    for q, k in INSTRUCTIONS.values():
        for w in words(q + k):
            count[w] += 1000
    print(f"{sum(count.values())} words, {len(count)} distinct, {time.time()-t0:.0f}s", flush=True)
    chars = collections.Counter()
    for w, n in count.items():
        for c in w:
            chars[c] += n
    keep = set("0123456789abcdefghijklmnopqrstuvwxyz") | {chr(c) for c in range(33, 127)} - set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    keep |= set("、。，！？：；（）「」『』《》【】“”‘’…—–·•€£¥°±×÷→←↑↓≤≥≠≈∞αβγδεθλμπσφω✓©®™")
    for lo, hi in ((0x400, 0x45F), (0x3041, 0x3096), (0x30A1, 0x30FC), (0x3B1, 0x3C9)):  # Cyrillic, kana, Greek
        keep |= {chr(c) for c in range(lo, hi + 1) if unicodedata.category(chr(c))[0] == "L" and unicodedata.normalize("NFD", chr(c)) == chr(c) and chr(c).lower() == chr(c)}
    keep |= {c for c, n in chars.most_common() if not is_cjk(c) and n >= 60 and not unicodedata.category(c) in ("Co", "Cs", "Cn")}
    keep |= set([c for c, n in chars.most_common() if is_cjk(c) and n >= 4][:3000])
    keep = {c for c in keep if unicodedata.category(c) != "Mn" and not c.isspace()}
    vocab = list(SPECIAL) + sorted(keep)
    # a continuation form for every letter and digit (marks and CJK always stand alone)
    vocab += ["##" + c for c in sorted(keep) if unicodedata.category(c)[0] in "LNSM" and not is_cjk(c)]
    print(f"{len(vocab)} base symbols", flush=True)
    # merges
    wl, freq = [], []
    for w, n in count.items():
        if n >= 3 and 1 < len(w) <= 30 and all(c in keep for c in w):
            wl.append([w[0]] + ["##" + c for c in w[1:]])
            freq.append(n)
    pairs, where = collections.Counter(), collections.defaultdict(set)
    for i, s in enumerate(wl):
        for p in zip(s, s[1:]):
            pairs[p] += freq[i]
            where[p].add(i)
    heap = [(-n, p) for p, n in pairs.items()]
    heapq.heapify(heap)
    have = set(vocab)
    while len(vocab) < size + size // 40 and heap:  # a few more than wanted; unused ones go below
        n, p = heapq.heappop(heap)
        if pairs[p] != -n:
            if pairs[p] > 0:
                heapq.heappush(heap, (-pairs[p], p))
            continue
        a, b = p
        new = a + b[2:]
        if new not in have:
            have.add(new)
            vocab.append(new)
        touched = set()
        for i in where.pop(p):
            s, f, j = wl[i], freq[i], 0
            for q in zip(s, s[1:]):
                pairs[q] -= f
            r = []
            while j < len(s):
                if j + 1 < len(s) and s[j] == a and s[j + 1] == b:
                    r.append(new)
                    j += 2
                else:
                    r.append(s[j])
                    j += 1
            wl[i] = r
            for q in zip(r, r[1:]):
                pairs[q] += f
                where[q].add(i)
                touched.add(q)
        pairs[p] = 0
        for q in touched:
            heapq.heappush(heap, (-pairs[q], q))
    # merges swallowed by longer ones: drop what the greedy tokenizer hardly ever picks
    tok, used = Tokenizer(vocab), collections.Counter()
    for w, c in count.items():
        for i in tok.word(w):
            used[i] += c
    single = {i for i, v in enumerate(vocab) if len(v[2:] if v.startswith("##") else v) == 1 or i < len(SPECIAL)}
    drop = set(sorted((i for i in range(len(vocab)) if i not in single), key=lambda i: used[i])[:max(0, len(vocab) - size)])
    vocab = [v for i, v in enumerate(vocab) if i not in drop]
    print(f"dropped {len(drop)}, most used of them {max([used[i] for i in drop] or [0])} times", flush=True)
    os.makedirs(os.path.dirname(out) or ".", exist_ok=True)
    open(out, "w", encoding="utf-8").write("\n".join(vocab) + "\n")
    print(f"{len(vocab)} tokens, last merge seen {-n} times, {time.time()-t0:.0f}s", flush=True)


main()
