"""The model that knows what an account's own sentence means, fitted: python bench/check_model.py [--write]

Sentences that induce or promise, and others as an account writes them, are in check_examples.tsv; titles of real official
accounts from ../shared/data are further others. What is marked as held out is not fitted on; precision and recall are told on it
for the patterns, the model, and both. `--write` writes curate/checks/meaning_weights.py.
"""

from __future__ import annotations

import base64
import random

import numpy as np
from check import chinese_titles
from harness import DATA, ROOT, parser, require
from sklearn.linear_model import LogisticRegression

from curate.checks.meaning import LIKELY
from curate.checks.table import CHECKS
from curate.checks.view import IssueView
from curate.text.encoder import USE

RULES = ("share", "follow", "absolute", "medical", "investment", "gambling")
TITLES, WEIGHT, SOFTNESS = (
    1_000,
    3.0,
    10.0,
)  # other titles; how much a sentence counts beside one; 1 / regularization
EXAMPLES, WEIGHTS = ROOT / "bench/check_examples.tsv", ROOT / "curate/checks/meaning_weights.py"

Example = tuple[str, str, str]


def read_examples() -> list[Example]:
    rows = (line.split("\t") for line in EXAMPLES.read_text("utf-8").splitlines() if not line.startswith("#"))
    return [(row[0], row[1], row[2]) for row in rows]


def finds(rule: str, text: str) -> bool:
    """Whether a rule's patterns find a sentence in an account's own words."""
    from check import make_issue

    issue = make_issue(["标题"])
    view = IssueView(issue, own={"closing": text})
    return any(one.place == "closing" for one in CHECKS[rule].find(view))


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--write", action="store_true", help="write the weights")
    chosen = options.parse_args()
    require(DATA)
    examples = read_examples()
    fit, held = ([one for one in examples if one[0] == which] for which in ("fit", "held"))
    titles = random.Random(3).sample(chinese_titles(), TITLES)
    vectors = USE.encode([text for _, _, text in fit] + titles)
    counted = np.array([WEIGHT] * len(fit) + [1.0] * len(titles))
    wanted = USE.encode([text for _, _, text in held])
    counts = dict.fromkeys(("patterns", "model", "both"), 0)
    false = dict(counts)
    lines, intercepts = [], []
    for rule in RULES:
        answers = np.array([broken == rule for _, broken, _ in fit] + [False] * len(titles))
        model = LogisticRegression(C=SOFTNESS, max_iter=3_000).fit(vectors, answers, sample_weight=counted)
        packed = base64.b85encode(model.coef_[0].astype("<f2").tobytes()).decode()
        lines.append(f'    "{rule}": {packed!r},')
        intercepts.append(f'    "{rule}": {model.intercept_[0]:.4f},')
        for (_, broken, text), likely in zip(held, model.predict_proba(wanted)[:, 1] >= LIKELY, strict=True):
            said = {"patterns": finds(rule, text), "model": bool(likely)}
            said["both"] = any(said.values())
            for name, is_told in said.items():
                counts[name] += is_told and broken == rule
                false[name] += is_told and broken == "-"
    breaking, others = (sum((one[1] != "-") is which for one in held) for which in (True, False))
    for name, right in counts.items():
        print(
            f"{name}: {right} of {breaking} held-out sentences found, {false[name]} of {others} others told wrongly"
        )
    if chosen.write:
        head = '"""Weights of the model of meaning; `bench/check_model.py --write` writes this file."""\n\nfrom __future__ import annotations\n'
        body = "\n".join(
            [
                "# fmt: off",
                "INTERCEPTS = {",
                *intercepts,
                "}",
                "",
                "# Half floats, base 85.",
                "WEIGHTS = {",
                *lines,
                "}",
            ]
        )
        WEIGHTS.write_text(f"{head}\n{body}\n# fmt: on\n", "utf-8")


if __name__ == "__main__":
    main()
