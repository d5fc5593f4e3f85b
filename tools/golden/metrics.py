"""Golden values of src/metrics, from the definitions as sums over the relevant documents (the source walks the ranks).

    python3 tools/golden/metrics.py

Writes src/metrics/golden/measures.json and its made-by.json. Standard library only; fractions keep recall and
reciprocal rank exact, decimals of 50 digits keep nDCG.
"""

import json
import platform
import random
from decimal import Decimal, getcontext
from fractions import Fraction
from pathlib import Path

SEED = 20
getcontext().prec = 50
HERE = Path(__file__).resolve().parents[2] / "src/metrics/golden"


def discount(rank):
    return Decimal(2).ln() / Decimal(rank + 1).ln()


def gain(grade):
    return Decimal(2**grade - 1)


def measures(ranked, judged, k):
    relevant = {doc: grade for doc, grade in judged.items() if grade > 0}
    rank_of = {doc: ranked.index(doc) + 1 for doc in relevant if doc in ranked[:k]}
    dcg = sum((gain(relevant[doc]) * discount(rank) for doc, rank in rank_of.items()), Decimal(0))
    best = sorted(relevant.values())[-k:][::-1]
    ideal = sum((gain(grade) * discount(i + 1) for i, grade in enumerate(best)), Decimal(0))
    return {
        "ndcg": float(dcg / ideal),
        "recall": float(Fraction(len(rank_of), len(relevant))),
        "cappedRecall": float(Fraction(len(rank_of), min(k, len(relevant)))),
        "mrr": float(Fraction(1, min(rank_of.values()))) if rank_of else 0.0,
    }


def main():
    rng = random.Random(SEED)
    docs = [f"d{i}" for i in range(40)]
    cases = []
    for _ in range(60):
        judged = {doc: rng.choice([0, 1, 1, 2, 3]) for doc in rng.sample(docs, rng.randint(1, 25))}
        judged[rng.choice(docs)] = rng.choice([1, 2])
        ranked = rng.sample(docs, rng.choice([0, 1, 5, 10, 40]))
        k = rng.choice([1, 3, 5, 10, 100])
        cases.append({"ranked": ranked, "judged": judged, "k": k, "want": measures(ranked, judged, k)})
    HERE.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(json.dumps(case) for case in cases)
    (HERE / "measures.json").write_text(f"[\n{lines}\n]\n")
    made_by = {
        "tool": "tools/golden/metrics.py",
        "why": "pytrec_eval needs a compiler and trec_eval's source; its nDCG also has linear gain",
        "python": platform.python_version(),
        "seed": SEED,
        "date": "2026-11-21",
        "licence": "MIT",
    }
    (HERE / "made-by.json").write_text(json.dumps(made_by, indent=2) + "\n")


main()
