"""Size of the executable and of the layer's zip."""

import io
import os
import zipfile

from .programs import OURS, zip_of_ours


def zipped(path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.write(path, "extensions/" + os.path.basename(path))
    return buffer.tell()


def measure(results, setup):
    binary = results.new("size.binary", "size", "executable", "MB")
    layer = results.new("size.zip", "size", "layer zip", "MB")
    for program in setup.programs:
        binary.add(program.name, os.path.getsize(program.path) / 1e6)
        shipped = zip_of_ours() if program.name == OURS else None
        is_there = shipped is not None and os.path.exists(shipped)
        layer.add(program.name, (os.path.getsize(shipped) if is_there else zipped(program.path)) / 1e6)
