"""Makes word-piece.json: ids that the Rust tokenizer gives, built from a bare vocabulary.

    pip install tokenizers && python3 src/model/tokenize/golden/make.py

The vocabulary is that of public/models/mini, written as a vocab.txt. The Rust library is the one that BERT's fast
tokenizer in Python runs on; the app's is an independent one in JavaScript.
"""

import json
import platform
import tempfile
from pathlib import Path

import tokenizers

HERE = Path(__file__).parent
MINI = HERE.parents[3] / "public/models/mini/tokenizer.json"
OPTIONS = {
    "uncased": {"lowercase": True, "strip_accents": None},
    "cased": {"lowercase": False, "strip_accents": None},
    "cased, accents stripped": {"lowercase": False, "strip_accents": True},
    "uncased, accents kept": {"lowercase": True, "strip_accents": False},
    "uncased, Chinese not split": {"lowercase": True, "strip_accents": None, "handle_chinese_chars": False},
}
TEXTS = [
    "",
    "The sextant measures angles between the horizon and a star.",
    "Ünïcödé naïve café Ångström ŁÓDŹ İstanbul",
    "什么是检索增强？汉字與漢字 mixed with English",
    "ひらがなとカタカナ 한국어 문장",
    "emoji 🧭🚀 and ZWJ 👩‍🚀, flags 🇫🇷",
    "don't stop—really… «quoted» “curly” (a+b)*c^2 = $5.00 #tag @name a_b",
    "x" * 100 + " " + "y" * 101,
    "pneumonoultramicroscopicsilicovolcanoconiosis",
    "tab\tnewline\nreturn\rnbsp\u00a0zero\u200bwidth \u0000 null \ufffd replacement",
    "[CLS] [SEP] [MASK] [PAD] [UNK] [cls]",
    "MiXeD CaSe HTTP2 iPhone15 3.14159 1,000,000",
    "Represent this query for retrieving relevant documents: who invented the sextant?",
]


def main():
    vocabulary = json.loads(MINI.read_text("utf-8"))["model"]["vocab"]
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n".join(sorted(vocabulary, key=vocabulary.get)) + "\n")
        file.flush()
        ids = {}
        for name, options in OPTIONS.items():
            tokenizer = tokenizers.BertWordPieceTokenizer(file.name, **options)
            ids[name] = [tokenizer.encode(text).ids for text in TEXTS]
    made_by = {
        "tool": "src/model/tokenize/golden/make.py",
        "python": platform.python_version(),
        "tokenizers": tokenizers.__version__,
        "licence": "MIT",
    }
    golden = {"madeBy": made_by, "options": OPTIONS, "texts": TEXTS, "ids": ids}
    (HERE / "word-piece.json").write_text(json.dumps(golden, indent=1) + "\n", "utf-8")


main()
