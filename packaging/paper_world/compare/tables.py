#!/usr/bin/env python3
"""Prints the tables of the comparisons in docs/paper-world.md.

usage: tables.py FOLDER

FOLDER  the runs of packaging/compare_paper_world.sh
"""
import json
import math
import pathlib
import sys

PROMPTS = {"seen": 80, "unseen": 60, "edit": 70}  # of the validation, see core/train/drawing_scores.cpp
OBJECTIVES = {"clip_mse": "CLIP + MSE", "clip_flow": "CLIP + flow matching", "vae_flow": "VAE + flow matching"}
TUNING = {"clip_flow": "500 steps of captions", "untuned": "250 more of the same", "tuned": "250 of tuning instead"}
ORDERS = {"start": "before", "sequential": "sequential: language model frozen", "joint": "joint: trained along"}


def wilson(part, n):
    """The 95 % interval of a share of n cases."""
    z = 1.96
    middle = (part + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(part * (1 - part) / n + z * z / (4 * n * n))
    return f"{part:.3f} ({middle - half:.2f} to {middle + half:.2f})"


def validation(run):
    lines = [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]
    return [line["validation"] for line in lines if "validation" in line][-1]


def row(*cells):
    print("| " + " | ".join(cells) + " |")


def head(*cells):
    row(*cells)
    row(*["---"] * len(cells))


def trained(folder, names, title, keys):
    head(title, *(f"{what} {kind}" for what, kind, _ in keys))
    for name, words in names.items():
        scores = validation(folder / name)
        row(words, *(wilson(scores[key], PROMPTS[kind]) for _, kind, key in keys))
    print()


def order(folder):
    head("order", "prompts seen", "prompts unseen", "questions")
    for name, words in ORDERS.items():
        sets = json.loads((folder / f"{name}.json").read_text())["sets"]
        cells = []
        for part in ["drawing-seen", "drawing-unseen", "vqa"]:
            score = sets[part]["scores"]["exact" if part == "vqa" else "score"]
            cells.append(f"{score['value']:.3f} ({score['low']:.2f} to {score['high']:.2f})")
        row(words, *cells)


def main():
    folder = pathlib.Path(sys.argv[1])
    trained(folder, OBJECTIVES, "objective", [("plans", "seen", "seen"), ("plans", "unseen", "unseen"),
                                              ("pictures", "seen", "painted_seen"),
                                              ("pictures", "unseen", "painted_unseen")])
    trained(folder, TUNING, "training", [("pictures", "seen", "painted_seen"), ("pictures", "unseen", "painted_unseen"),
                                         ("pictures", "edit", "painted_edit")])
    order(folder)


if __name__ == "__main__":
    main()
