CREATE DATABASE IF NOT EXISTS logs;

-- A column for each field of a record; what has none is left out (input_format_skip_unknown_fields). Kept for 30 days.
CREATE TABLE IF NOT EXISTS logs.lambda
(
    timestamp DateTime64(3, 'UTC'),
    level LowCardinality(String),
    message String,
    function_name LowCardinality(String),
    function_version LowCardinality(String),
    aws_region LowCardinality(String),
    architecture LowCardinality(String),
    log_type LowCardinality(String),
    request_id String,
    trace_id String,
    cold_start Bool,
    attributes JSON
)
ENGINE = MergeTree
ORDER BY (function_name, timestamp)
TTL toDateTime(timestamp) + INTERVAL 30 DAY;
