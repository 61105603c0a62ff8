"""Writes what the logger of AWS's durable execution SDK writes: one execution that runs over two invocations."""

import json

EXECUTION = (
    "arn:aws:lambda:us-east-1:123456789012:function:checkout:7"
    "/durable-execution/order-7/0c5f2b1e-5d1c-4d9a-9f0e-2f6f3e8f1a11"
)
STEPS = [("reserve", 1, "INFO", "stock reserved"), ("pay", 2, "WARN", "the card was declined once")]


def handler(event, context):
    operation, attempt, level, message = STEPS[event.get("step", 0)]
    print("loading the order")
    print(json.dumps({
        "level": level,
        "message": message,
        "executionArn": EXECUTION,
        "operationName": operation,
        "attempt": attempt,
    }))
    print("done")
    return {"operation": operation}
