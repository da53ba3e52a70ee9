"""Unpacks TensorFlow's C library and the headers its C interface needs: unpack-wheel.py WHEEL FOLDER LIBRARY...

Members are streamed: one of them is over half a gigabyte.
"""

import os
import shutil
import sys
import zipfile

HEADERS = (
    "tensorflow/include/tensorflow/c/",
    "tensorflow/include/tensorflow/core/platform/ctstring",
    "tensorflow/include/tsl/c/",
    "tensorflow/include/tsl/platform/ctstring",
)


def target_of(member, libraries):
    """Where a member goes, relative to FOLDER; None if it is not needed."""
    if ".." in member.split("/"):
        return None
    if member.startswith(HEADERS) and member.endswith(".h"):
        return member[len("tensorflow/") :]
    folder, _, name = member.rpartition("/")
    if folder == "tensorflow" and name in libraries:
        return "lib/" + name
    return None


def main(wheel, folder, libraries):
    missing = set(libraries)
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.namelist():
            target = target_of(member, libraries)
            if target is None:
                continue
            path = os.path.join(folder, *target.split("/"))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with archive.open(member) as source, open(path, "wb") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
            missing.discard(os.path.basename(path))
    if missing:
        sys.exit("not in the wheel: " + ", ".join(sorted(missing)))


main(sys.argv[1], sys.argv[2], sys.argv[3:])
