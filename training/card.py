"""Write MODEL_CARD.md from the evaluation JSON and SOURCES.md of the data folder.   python3 card.py EVAL.json MODELDIR [notes.md]"""
import json, os, sys
from tasks import DATA
from evaluate import table

ev, out = json.load(open(sys.argv[1])), sys.argv[2]
cfg = json.load(open(out + "/config.json"))
src = open(DATA + "/SOURCES.md", encoding="utf-8").read()
lic = [l for l in src.split("## Repositories, commits, licences")[-1].split("\n") if l.startswith("| ") and not l.startswith("| repository") and "/" in l.split("|")[1]]
unused = ("FlagOpen/FlagEmbedding", "PolyAI-LDN", "Yifan-Song793/RestGPT", "suzgunmirac")  # toy or evaluation only
lic = [l for l in lic if not any(u in l for u in unused)]
notes = open(sys.argv[3], encoding="utf-8").read() if len(sys.argv) > 3 else ""
sets = ", ".join(f"{t} {q} queries / {d} documents" for t, (q, d) in ev["sets"].items())
P = {k: v for k, v in ((k, os.path.getsize(f"{out}/{k}")) for k in ("model.safetensors", "tokenizer.json", "vocab.txt"))}
H, V, L = cfg["hidden_size"], cfg["vocab_size"], cfg["num_hidden_layers"]
n = (V + 514) * H + 2 * H + L * (4 * H * H + 2 * H * 1024 + 9 * H + 1024)
open(out + "/MODEL_CARD.md", "w", encoding="utf-8").write(f"""# Sextant mini embedder

A small English text embedder trained from scratch for the Sextant app, so that it works offline at once. It takes the six task
instructions of LLM-Embedder on both sides, but shares no weights, tokenizer or code with it or with any other model: vocabulary,
initial vectors and network were all made from the data listed below, on two CPU cores.

- Architecture: `BertModel` without pooler, {L} layers, hidden {H}, 4 heads, intermediate 1024, GELU (erf), LayerNorm eps 1e-12, 512 positions, {V} lower-cased WordPiece tokens, {n/1e6:.2f} M parameters.
- Output: mean over all non-padding tokens ([CLS] and [SEP] included) of the last hidden state, then L2; compare with the dot product.
- Files: model.safetensors {P['model.safetensors']/1e6:.1f} MB ({cfg['torch_dtype']}); one byte a weight makes {n/1e6:.2f} MB. golden.json: 20 texts with ids and float32 vectors from the stored weights.
- Input: instruction + text as one segment, exactly as in `golden.json`. An index of keys belongs to one task: embed the query with the instruction of the same task.
- Length: trained on up to about 130 tokens, a tenth of the batches up to 224 text tokens; evaluated at 256. Beyond 230 the position vectors are one repeated average. Cut long texts into passages of 100-200 words. transformers.js (4.3.1) truncates without putting [SEP] back; cut the ids to 511 and add [SEP].

## Evaluation

Sets: held-out documents of the project's retrieval data, in BEIR layout ({sets}); no training document or query is in them, but most come from the same kinds of
sources as the training pairs, so they flatter the model. Not from a training source: banking77 and BIG-Bench-Hard (icl), RestBench (tool).
chat and lrlm search the query's own history/book only, before the query. R@10 is hits / min(relevant, 10). BM25: k1 1.2, b 0.75, title + text, no stemming.

{table(ev['rows'])}

{notes}
## Recipe

1. Vocabulary: frequency merges with '##' on all pairs and corpora (41 M words).
2. Token vectors: PPMI (window 6, weight 1/distance) on 39 M tokens, truncated SVD to 248 dimensions; then a contrastive *static* model (text vector = sum of token vectors, instructions included; InfoNCE, temperature 0.05, batches to 768 pairs, 2200 steps). Vector lengths become token importances.
3. Encoder, started as that static model: each row gets the same norm, the part not used by the static vector going into 8 "sink" dimensions which the last LayerNorm hides (gamma 0); layers start near the identity.
4. Contrastive training: InfoNCE (temperature 0.05) in homogeneous batches (one source of one task each, about 32 000 tokens), in-batch negatives, 0.4 given or mined hard negatives a query (mined with the static model in the same source, anything scoring above 0.97 of the true positive left out), known positives and same-label ICL examples masked, token dropout, 15 % inverse-cloze and two-halves pairs from plain passages, lazy AdamW, cosine schedule.
   After a third of the schedule the negatives are mined again, with the model itself, and from then on in 30 % of the pairs up to three rare tokens shared by query and positive are replaced by random ones on both sides, so that unknown names are matched rather than remembered.
   Matrix products in bf16 (AMX), the rest float32 (`training/engine.c`).

## Limits

- English. Some Chinese, Spanish, French, German, Japanese, Korean, Portuguese and Russian documentation was seen; expect keyword matching at best there.
- {n/1e6:.0f} M parameters and 260 000 mostly semi-synthetic pairs (headings, definitions, templates, intents): paraphrase and world knowledge are weak; exact rare words, numbers and code identifiers are better served by BM25. Use it with the hybrid (RRF) by default.
- Labels of lrlm and part of chat are lexical stand-ins, so good numbers there say little about long-range relevance. The language-model rewards of LLM-Embedder were not used.
- It inherits the biases of its sources (19th-century books, US health pages, software documentation). Not for medical or other consequential decisions.

## Training data and licences

Text only. The evaluation documents and queries were not trained on.

| repository | commit | licence | note |
|---|---|---|---|
""" + "\n".join(lic) + "\n")
print(table(ev["rows"]))
