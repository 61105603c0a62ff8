"""A private authority for the HTTPS rows: root, intermediate and a certificate for localhost, made by the openssl command for each run."""

import os
import shutil
import subprocess

from .programs import BenchError

KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
AUTHORITY = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n"
SERVER = "basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectAltName=DNS:localhost,IP:127.0.0.1\n"


class Authority:
    """Files in `folder`: `root` is what a client trusts, `chain` (with the intermediate) and `key` what a server shows."""

    def __init__(self, folder):
        if shutil.which("openssl") is None:
            raise BenchError("the openssl command is missing: apt-get install openssl")
        self._folder = folder
        self.root = self._path("root.pem")
        self.key = self._path("localhost.key")
        self.chain = self._path("chain.pem")
        self._run("req", "-x509", *KEY, "-keyout", self._path("root.key"), "-out", self.root, "-subj", "/CN=Bench root", "-days", "30",
                  "-addext", "keyUsage=critical,keyCertSign,cRLSign")
        self._sign("intermediate", "/CN=Bench intermediate", AUTHORITY, "root")
        self._sign("localhost", "/CN=localhost", SERVER, "intermediate")
        with open(self.chain, "w") as chain:
            for name in ("localhost.pem", "intermediate.pem"):
                with open(self._path(name)) as file:
                    chain.write(file.read())

    def _sign(self, name, subject, extensions, by):
        request, options = self._path(name + ".csr"), self._path(name + ".ext")
        with open(options, "w") as file:
            file.write(extensions)
        self._run("req", *KEY, "-keyout", self._path(name + ".key"), "-out", request, "-subj", subject)
        self._run("x509", "-req", "-in", request, "-CA", self._path(by + ".pem"), "-CAkey", self._path(by + ".key"), "-CAcreateserial", "-days", "30",
                  "-extfile", options, "-out", self._path(name + ".pem"))

    def _path(self, name):
        return os.path.join(self._folder, name)

    def _run(self, *arguments):
        made = subprocess.run(["openssl", *arguments], capture_output=True, text=True)
        if made.returncode != 0:
            raise BenchError(f"openssl {arguments[0]} failed:\n{made.stderr}")
