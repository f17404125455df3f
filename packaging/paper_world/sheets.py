#!/usr/bin/env python3
"""Makes the contact sheets of docs/paper-world.md: the first prompts, scenes and questions of their sets, and one
fixed instruction for each of the first scenes.

usage: sheets.py PROGRAM MODEL ANSWERS OUT

PROGRAM  blip3o
MODEL    the model folder
ANSWERS  what `blip3o evaluate world --out` kept of this model: its prompts are drawn again, with seed 0
OUT      folder of the pictures; needs ImageMagick's montage
"""
import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile

TAGS = ["single_object", "two_object", "counting", "colors", "position", "color_attr"]
CHANGES = [  # of the first eight validation scenes
    "make the triangle red", "change the background to night", "remove the tree", "change the background to night",
    "make the fish red", "change the background to a meadow", "remove the circle", "replace the tree with a yellow star",
]
LIMIT = 60  # characters of a right answer that are shown


def run(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


def sheet(out, columns, size, cells):
    """cells: pairs of a picture and the words below it."""
    words = ["montage", "-background", "white", "-pointsize", "11", "-tile", f"{columns}x", "-geometry", size]
    for picture, text in cells:
        words += ["-label", text.replace("%", "%%"), str(picture)]
    run(*words, "-strip", str(out))


def wrapped(text, width):
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join(lines + [line])


def prompts(answers, name, each):
    lines = [json.loads(line) for line in (answers / f"{name}.jsonl").read_text().splitlines()]
    return [p for tag in TAGS for p in [line["prompt"] for line in lines if line["id"].startswith(tag + "/")][:each]]


def main():
    program, model, answers, out = sys.argv[1:]
    answers, out = pathlib.Path(answers), pathlib.Path(out)
    options = ["--model", model, "--threads", "1", "--quiet"]
    with tempfile.TemporaryDirectory() as folder:
        here = pathlib.Path(folder)
        for name, each, columns in [("seen", 5, 5), ("unseen", 3, 6)]:
            cells = []
            for i, prompt in enumerate(prompts(answers, f"drawing-{name}", each)):
                picture = here / f"{name}-{i}.png"
                run(program, "generate", *options, "--seed", "0", "--out", str(picture), prompt)
                cells.append((picture, wrapped(prompt, 24)))
            sheet(out / f"paper-world-drawn-{name}.png", columns, "128x128+14+6", cells)

        run(program, "world", "export", "--split", "validation", "--n", "12", "--out", str(here / "scenes"), "--quiet")
        with tarfile.open(here / "scenes" / "00000.tar") as tar:
            tar.extractall(here / "scenes")
        cells, changed = [], []
        for i in range(12):
            picture = here / "scenes" / f"{i:08}.png"
            lines = []
            for qa in json.loads(picture.with_suffix(".json").read_text())["questions"][:3]:
                answer = run(program, "chat", *options, "--greedy", "--image", str(picture), qa["question"])
                lines += [wrapped(qa["question"], 28), wrapped(answer, 28)]
                if answer.lower().rstrip(".") != qa["answer"].lower().rstrip("."):
                    lines.append(wrapped(f"(right: {qa['answer'][:LIMIT]})", 28))
            cells.append((picture, "\n".join(lines)))
        for i, words in enumerate(CHANGES):
            picture, result = here / "scenes" / f"{i:08}.png", here / f"changed-{i}.png"
            run(program, "edit", *options, "--seed", "0", "--image", str(picture), "--out", str(result), words)
            changed += [(picture, "the source"), (result, wrapped(words, 22))]
        sheet(out / "paper-world-answers.png", 6, "128x128+32+6", cells)
        sheet(out / "paper-world-edits.png", 8, "128x128+6+6", changed)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main()
