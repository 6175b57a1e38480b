"""Sets the engine's search beside faiss's exact flat index, one thread each, in the same run.

    cargo bench -p lianpu-engine --bench search --no-run     # says where the executable is
    python -m venv peers && peers/bin/pip install faiss-cpu numpy
    peers/bin/python engine/benches/peers/faiss.py <the executable> [--faces 100000] [--rounds 5]

What is compared. faiss: `IndexFlatIP.search(one probe, k=5)`, a call for each probe, and the same index asked for 64
probes in one call. The engine: `View::nearest` of the store in memory for one probe, and for 64 probes together, five
persons wanted, with everything that belongs to it (lock, groups, exact re-ranking, names). Both search random vectors
of length 1 with 128 numbers, of their own generators; the probes are stored vectors. Rounds alternate, so that a
neighbour on the machine meets both; the figures are the fastest of each, which a neighbour disturbs least.
"""

import argparse
import re
import subprocess
import sys
import time

sys.path.pop(0)  # this folder, whose faiss.py is not the module
import faiss  # noqa: E402
import numpy  # noqa: E402

UNITS = {"ns": 1e-9, "µs": 1e-6, "ms": 1e-3, "s": 1.0}


def engine(executable: str, benchmark: str, faces: int) -> float:
    """Seconds of the fastest call."""
    arguments = ["--bench", "--exact", f"search::{benchmark}::{faces}", "--sample-count", "50", "--min-time", "2"]
    output = subprocess.run([executable, *arguments], capture_output=True, text=True, check=True).stdout
    fastest = re.search(rf"{faces}\s+([\d.]+) (ns|µs|ms|s)\s", output)
    if not fastest:
        raise SystemExit(f"no figure of {benchmark} with {faces} faces in:\n{output}")
    return float(fastest[1]) * UNITS[fastest[2]]


def peer(index: faiss.IndexFlatIP, probes: numpy.ndarray) -> float:
    """Seconds of the fastest call."""
    fastest, end = float("inf"), time.perf_counter() + 2
    while time.perf_counter() < end:
        start = time.perf_counter()
        _, found = index.search(probes, 5)
        fastest = min(fastest, time.perf_counter() - start)
        assert (found[:, 0] >= 0).all()
    return fastest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("executable")
    parser.add_argument("--faces", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()

    faiss.omp_set_num_threads(1)
    rows = numpy.random.default_rng(1).standard_normal((options.faces, 128), dtype=numpy.float32)
    rows /= numpy.linalg.norm(rows, axis=1, keepdims=True)
    index = faiss.IndexFlatIP(128)
    index.add(rows)

    rates = {"engine, one": 0.0, "engine, 64 together": 0.0, "faiss, one": 0.0, "faiss, 64 together": 0.0}
    for _ in range(options.rounds):
        measured = {
            "faiss, one": 1 / peer(index, rows[:1]),
            "engine, one": 1 / engine(options.executable, "one", options.faces),
            "faiss, 64 together": 64 / peer(index, rows[:64]),
            "engine, 64 together": 64 / engine(options.executable, "sixty_four_together", options.faces),
        }
        rates = {name: max(rate, measured[name]) for name, rate in rates.items()}
    print(f"{options.faces} faces, faiss {faiss.__version__}, probes a second:")
    for name, rate in rates.items():
        print(f"  {name:<20} {rate:>10.0f}   {rate / rates['faiss, one']:.2f} times faiss, one at a time")


if __name__ == "__main__":
    main()
