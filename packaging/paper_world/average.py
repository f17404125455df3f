#!/usr/bin/env python3
"""Writes the average of two safetensors files, tensor by tensor: (1 - PART) * FIRST + PART * SECOND, in fp32.

usage: average.py PART FIRST SECOND OUT

The understand and tune stages that ship are such averages, with PART 0.88; see resources/model/stages/README.md.
"""
import array
import json
import struct
import sys


def read(path):
    """Name -> (shape, fp32 values), and the file's notes."""
    data = open(path, "rb").read()
    (size,) = struct.unpack("<Q", data[:8])
    head = json.loads(data[8:8 + size])
    tensors = {}
    for name, entry in head.items():
        if name == "__metadata__":
            continue
        begin, end = (8 + size + offset for offset in entry["data_offsets"])
        if entry["dtype"] == "BF16":  # the upper half of fp32
            values = array.array("f", array.array("I", (v << 16 for v in array.array("H", data[begin:end]))).tobytes())
        elif entry["dtype"] == "F32":
            values = array.array("f", data[begin:end])
        else:
            sys.exit(f"{path}: tensor {name} is {entry['dtype']}, expected BF16 or F32")
        tensors[name] = entry["shape"], values
    return tensors, head.get("__metadata__", {})


def write(path, tensors, notes):
    head, body = {"__metadata__": notes}, bytearray()
    for name, (shape, values) in sorted(tensors.items()):
        begin = len(body)
        body += values.tobytes()
        head[name] = {"dtype": "F32", "shape": shape, "data_offsets": [begin, len(body)]}
    text = json.dumps(head, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text + body)


def main():
    part, first, second, out = float(sys.argv[1]), *sys.argv[2:]
    (a, _), (b, notes) = read(first), read(second)
    if {n: s for n, (s, _) in a.items()} != {n: s for n, (s, _) in b.items()}:
        sys.exit(f"{first} and {second} do not hold the same tensors")
    mixed = {n: (shape, array.array("f", ((1 - part) * x + part * y for x, y in zip(a[n][1], values))))
             for n, (shape, values) in b.items()}
    write(out, mixed, notes)


if __name__ == "__main__":
    main()
