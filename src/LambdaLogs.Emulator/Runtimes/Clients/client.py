"""The Runtime API for a Python handler. Where AWS's own client (awslambdaric) can be imported, that runs instead.

It behaves as the managed runtime does for what can be seen from outside: the context, the error objects, and the lines in either log
format. Only the standard library is used.
"""

import datetime
import decimal
import http.client
import importlib
import importlib.util
import json
import logging
import os
import struct
import sys
import time
import traceback

PATH = "/2018-06-01/runtime"
LEVELS = {"TRACE": "DEBUG", "WARN": "WARNING", "FATAL": "CRITICAL"}
IS_JSON = os.environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"
# What a LogRecord has of itself; everything else came from the call's "extra".
RECORD_KEYS = frozenset(vars(logging.makeLogRecord({}))) | {"aws_request_id", "message", "asctime", "taskName"}


OUTPUT = None


class Output:
    """Writes a record as one, also where it has several lines: framed, where the platform gives a descriptor for that."""

    def __init__(self):
        fd = os.environ.pop("_LAMBDA_TELEMETRY_LOG_FD", None)
        self.file = None if fd is None else os.fdopen(int(fd), "wb", 0)

    def write(self, text):
        data = text.encode("utf-8", "backslashreplace")
        if self.file is None:
            sys.stdout.write(text if text.endswith("\n") else text + "\n")
            sys.stdout.flush()
        else:
            kind = 0xA55A0002 if IS_JSON else 0xA55A0003
            self.file.write(struct.pack(">IIQ", kind, len(data), time.time_ns() // 1000) + data)


class JsonFormatter(logging.Formatter):
    def format(self, record):
        item = {
            "timestamp": datetime.datetime.fromtimestamp(record.created, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
        }
        if record.aws_request_id:
            item["requestId"] = record.aws_request_id
        if record.exc_info and record.exc_info[0]:
            kind, error, trace = record.exc_info
            item["stackTrace"] = traceback.format_tb(trace)
            item["errorType"] = kind.__name__
            item["errorMessage"] = str(error)
            item["location"] = f"{record.pathname}:{record.funcName}:{record.lineno}"
        for name, value in vars(record).items():
            if name not in RECORD_KEYS and name not in item:
                item[name] = value
        return json.dumps(item, default=str, ensure_ascii=False) + "\n"


class TextFormatter(logging.Formatter):
    converter = time.gmtime

    def __init__(self):
        super().__init__("[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n", "%Y-%m-%dT%H:%M:%S")


class Handler(logging.Handler):
    def __init__(self, output):
        super().__init__()
        self.output = output
        self.request_id = ""
        self.setFormatter(JsonFormatter() if IS_JSON else TextFormatter())

    def emit(self, record):
        record.aws_request_id = self.request_id
        self.output.write(self.format(record))


class Identity:
    def __init__(self, given):
        self.cognito_identity_id = given.get("cognitoIdentityId")
        self.cognito_identity_pool_id = given.get("cognitoIdentityPoolId")


class ClientContext:
    def __init__(self, given):
        self.client = given.get("client")
        self.custom = given.get("custom")
        self.env = given.get("env")


class Context:
    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.tenant_id = headers.get("Lambda-Runtime-Aws-Tenant-Id")
        self.identity = Identity(json.loads(headers.get("Lambda-Runtime-Cognito-Identity") or "{}"))
        client = headers.get("Lambda-Runtime-Client-Context")
        self.client_context = ClientContext(json.loads(client)) if client else None
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(self._deadline - int(time.time() * 1000), 0)

    def log(self, message):
        OUTPUT.write(str(message))


class Fault(Exception):
    """The handler cannot be loaded: an error type of the runtime's own."""

    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


def load(name):
    module_name, _, function = name.rpartition(".")
    if not module_name:
        raise Fault("Runtime.MalformedHandlerName", f"Bad handler '{name}': not enough values to unpack (expected 2, got 1)")
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise Fault("Runtime.ImportModuleError", f"Unable to import module '{module_name}': {error}") from error
    except SyntaxError as error:
        raise Fault(
            "Runtime.UserCodeSyntaxError",
            f"Syntax error in module '{module_name}': {error}") from error
    if not hasattr(module, function):
        raise Fault("Runtime.HandlerNotFound", f"Handler '{function}' missing on module '{module_name}'")
    return getattr(module, function)


def describe(error, request_id=""):
    """The error object: what the caller gets."""
    body = {"errorMessage": str(error), "errorType": getattr(error, "kind", type(error).__name__)}
    if request_id:
        body["requestId"] = request_id
    # The first frame is the client's own.
    frames = traceback.extract_tb(error.__traceback__)
    body["stackTrace"] = [] if isinstance(error, Fault) else traceback.format_list(frames[1:])
    return body


def log_error(body):
    if IS_JSON:
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        OUTPUT.write(json.dumps({"timestamp": now, "log_level": "ERROR", **body}) + "\n")
        return
    lines = [f"[ERROR] {body['errorType']}: {body['errorMessage']}"]
    if body["stackTrace"]:
        lines += ["Traceback (most recent call last):", *(s.rstrip("\n") for s in body["stackTrace"])]
    OUTPUT.write("\n".join(lines) + "\n")


def serialize(value):
    def other(item):
        if isinstance(item, decimal.Decimal):
            return float(item)
        raise TypeError(f"Object of type {type(item).__name__} is not JSON serializable")

    try:
        return json.dumps(value, default=other, ensure_ascii=False).encode()
    except (TypeError, ValueError) as error:
        raise Fault("Runtime.MarshalError", f"Unable to marshal response: {error}") from error


class Api:
    def __init__(self):
        # No time limit: the environment may be frozen for hours inside a call.
        self.connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])

    def wait(self, path):
        self.connection.request("GET", PATH + path)
        response = self.connection.getresponse()
        return response.headers, response.read()

    def post(self, path, body, error_type=None):
        headers = {"Content-Type": "application/json"}
        if error_type:
            headers["Lambda-Runtime-Function-Error-Type"] = error_type
        self.connection.request("POST", PATH + path, body, headers)
        self.connection.getresponse().read()


def set_up_logging():
    handler = Handler(OUTPUT)
    root = logging.getLogger()
    root.addHandler(handler)
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "").upper()
    if IS_JSON and level:
        root.setLevel(LEVELS.get(level, level))
    return handler


class SnapshotHooks:
    """The module snapshot_restore_py of the managed runtime, where the function does not bring it along."""

    def __init__(self):
        self.before, self.after = [], []

    def register_before_snapshot(self, function, *args, **kwargs):
        self.before.append((function, args, kwargs))
        return function

    def register_after_restore(self, function, *args, **kwargs):
        self.after.append((function, args, kwargs))
        return function

    def get_before_snapshot(self):
        return self.before

    def get_after_restore(self):
        return self.after


def snapshot_hooks():
    if importlib.util.find_spec("snapshot_restore_py"):
        return importlib.import_module("snapshot_restore_py")
    hooks = sys.modules["snapshot_restore_py"] = SnapshotHooks()
    return hooks


def restore(api, hooks):
    """With SnapStart: waits until the snapshot is restored, with the function's hooks before and after it."""
    try:
        for function, args, kwargs in reversed(list(hooks.get_before_snapshot())):
            function(*args, **kwargs)
    except Exception as error:
        fail(api, "/init/error", error, "Runtime.BeforeSnapshotError")
    api.wait("/restore/next")
    try:
        for function, args, kwargs in list(hooks.get_after_restore()):
            function(*args, **kwargs)
    except Exception as error:
        fail(api, "/restore/error", error, "Runtime.AfterRestoreError")


def fail(api, path, error, kind=None):
    described = describe(error)
    log_error(described)
    sys.stdout.flush()
    api.post(path, json.dumps(described).encode(), kind or described["errorType"])
    sys.exit(1)


def serve(api, function, handler):
    while True:
        headers, event = api.wait("/invocation/next")
        context = Context(headers)
        handler.request_id = context.aws_request_id
        trace = headers.get("Lambda-Runtime-Trace-Id")
        if trace:
            os.environ["_X_AMZN_TRACE_ID"] = trace
        path = f"/invocation/{context.aws_request_id}"
        try:
            body = serialize(function(json.loads(event), context))
        except Exception as error:
            described = describe(error, context.aws_request_id)
            log_error(described)
            sys.stdout.flush()
            api.post(f"{path}/error", json.dumps(described).encode(), described["errorType"])
            continue
        sys.stdout.flush()
        api.post(f"{path}/response", body)


def main():
    root = os.environ["LAMBDA_TASK_ROOT"]
    sys.path.insert(0, root)
    sys.path.extend(["/opt/python", f"/opt/python/lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages"])
    if importlib.util.find_spec("awslambdaric"):
        import runpy
        sys.argv = ["awslambdaric", os.environ["_HANDLER"]]
        runpy.run_module("awslambdaric", run_name="__main__", alter_sys=True)
        return

    global OUTPUT
    OUTPUT = Output()
    api = Api()
    handler = set_up_logging()
    hooks = snapshot_hooks()
    try:
        function = load(os.environ["_HANDLER"])
    except Exception as error:
        fail(api, "/init/error", error)
    if os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "snap-start":
        restore(api, hooks)
    serve(api, function, handler)


if __name__ == "__main__":
    # Lines of print come one by one, as the platform reads them.
    sys.stdout.reconfigure(line_buffering=True)
    main()
