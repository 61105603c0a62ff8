namespace LambdaLogs.Extension.Processing;

/// <summary>What the stages count, in the order of the summary. The order of the stages is that of <see cref="Rules"/>.</summary>
internal enum Rule
{
    /// <summary>LOGS_MULTILINE: lines that were joined to another record.</summary>
    Join,

    /// <summary>LOGS_PLATFORM_EVENTS and LOGS_TYPES.</summary>
    Events,

    /// <summary>LOGS_MIN_LEVEL.</summary>
    Level,

    /// <summary>LOGS_INCLUDE_REGEX.</summary>
    Include,

    /// <summary>LOGS_EXCLUDE_REGEX.</summary>
    Exclude,

    /// <summary>LOGS_SAMPLE_RATE.</summary>
    Sample,

    /// <summary>LOGS_RATE_LIMIT.</summary>
    RateLimit,

    /// <summary>LOGS_REDACT and related settings. Changes records, removes none.</summary>
    Redact,

    /// <summary>LOGS_MAX_MESSAGE_BYTES. Changes records, removes none.</summary>
    Cut,

    /// <summary>Records that took too much work to redact and were redacted completely.</summary>
    RedactWhole,

    /// <summary>Records that took too much work to decide about LOGS_INCLUDE_REGEX or LOGS_EXCLUDE_REGEX: they are forwarded.</summary>
    Unfiltered,
}
