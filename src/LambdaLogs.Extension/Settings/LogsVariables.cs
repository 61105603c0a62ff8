using LambdaLogs.Extension.Lifecycle;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Processing;

namespace LambdaLogs.Extension.Settings;

/// <summary>Declares the variables of selection, flush and buffer.</summary>
internal static class LogsVariables
{
    const long Kilobyte = 1024;
    const long Megabyte = 1024 * Kilobyte;

    /// <summary>See <see cref="FilterOptions.PlatformEvents"/>.</summary>
    public static readonly Variable PlatformEvents = new()
    {
        Name = "LOGS_PLATFORM_EVENTS",
        Kind = VariableKind.Text,
        Group = VariableGroup.Selection,
        DefaultWords = "default",
        AllowedWords = "default, all, none, or a list of events such as report,fault,runtimeDone",
        Summary = "Platform events that are forwarded. `default` is `report`, `initReport`, `restoreReport`, `runtimeDone-unless-success`, "
            + "`logsDropped`, `fault` and `unknown` (events that are not known today).",
    };

    /// <summary>See <see cref="FlushOptions.Mode"/>. The order is that of <see cref="FlushMode"/>.</summary>
    public static readonly Variable FlushModes = new()
    {
        Name = "LOGS_FLUSH_MODE",
        Kind = VariableKind.Choice,
        Group = VariableGroup.Flush,
        Choices = ["auto", "end", "next"],
        Summary = "`end`: an invocation ends once its logs are delivered. `next`: it ends at once, and delivery goes on in the background. "
            + "`auto`: as `end` while invocations are rare, as `next` while they come quickly. What `next` has not sent when Lambda "
            + "freezes the environment comes with the next invocation, or when the environment is shut down.",
    };

    /// <summary>See <see cref="FlushOptions.Timeout"/>.</summary>
    public static readonly Variable FlushTimeout = new()
    {
        Name = "LOGS_FLUSH_TIMEOUT_MS",
        Kind = VariableKind.Duration,
        Group = VariableGroup.Flush,
        Default = 1000,
        Max = 900_000,
        Summary = "Longest time a flush may add after the handler. What is not delivered by then stays in the buffer.",
    };

    /// <summary>See <see cref="FlushOptions.Grace"/>.</summary>
    public static readonly Variable FlushGrace = new()
    {
        Name = "LOGS_FLUSH_GRACE_MS",
        Kind = VariableKind.Duration,
        Group = VariableGroup.Flush,
        Max = 60_000,
        Summary = "How long to wait for lines that Lambda hands over after the end of the handler. Part of `LOGS_FLUSH_TIMEOUT_MS`.",
    };

    /// <summary>See <see cref="PipelineOptions.BatchMaxBytes"/>.</summary>
    public static readonly Variable BatchMaxBytes = new()
    {
        Name = "LOGS_BATCH_MAX_BYTES",
        Kind = VariableKind.Size,
        Group = VariableGroup.Batches,
        Default = Megabyte,
        Min = 8 * Kilobyte,
        Max = 16 * Megabyte,
        Summary = "Largest body of one request, before compression. Less where destinations take less: 10MB for `elasticsearch`, "
            + "5000000 for `datadog`, 1000000 for `splunk_hec` and `newrelic`; for `gelf` the default is 64KB.",
    };

    /// <summary>See <see cref="PipelineOptions.BatchMaxRecords"/>.</summary>
    public static readonly Variable BatchMaxRecords = new()
    {
        Name = "LOGS_BATCH_MAX_RECORDS",
        Kind = VariableKind.Number,
        Group = VariableGroup.Batches,
        Default = 10_000,
        Min = 1,
        Max = 1_000_000,
        Summary = "Most records in one request. At most 1000 for `datadog`. For `gelf` the default is 1, as Graylog reads more only where "
            + "its input has bulk receiving enabled.",
    };

    /// <summary>See <see cref="PipelineOptions.BatchLinger"/>.</summary>
    public static readonly Variable BatchLinger = new()
    {
        Name = "LOGS_BATCH_LINGER_MS",
        Kind = VariableKind.Duration,
        Group = VariableGroup.Batches,
        Default = 50,
        Max = 60_000,
        Summary = "How long a batch waits for more records while the handler runs.",
    };

    /// <summary>
    /// See <see cref="PipelineOptions.BufferMaxBytes"/>. The default here is the smallest possible one, because it depends on the
    /// function.
    /// </summary>
    public static readonly Variable BufferMaxBytes = new()
    {
        Name = "LOGS_BUFFER_MAX_BYTES",
        Kind = VariableKind.Size,
        Group = VariableGroup.Batches,
        Default = 2 * Megabyte,
        Min = 64 * Kilobyte,
        Max = 1024 * Megabyte,
        DefaultWords = "5 % of the function's memory, at least 2MB, at most 32MB",
        Summary = "Bytes of records that may wait for delivery. At least `LOGS_BATCH_MAX_BYTES`, at most a fifth of the function's memory.",
    };

    /// <summary>See <see cref="PipelineOptions.WhenFull"/>. The order is that of <see cref="WhenFull"/>.</summary>
    public static readonly Variable BufferWhenFull = new()
    {
        Name = "LOGS_BUFFER_WHEN_FULL",
        Kind = VariableKind.Choice,
        Group = VariableGroup.Batches,
        Choices = ["drop_oldest", "drop_newest"],
        Summary = "Which records are given up when the buffer is full. They are counted, and the loss is reported.",
    };

    /// <summary>See <see cref="PipelineOptions.SpillMaxBytes"/>.</summary>
    public static readonly Variable SpillMaxBytes = new()
    {
        Name = "LOGS_SPILL_MAX_BYTES",
        Kind = VariableKind.Size,
        Group = VariableGroup.Batches,
        Max = 1024 * Megabyte,
        Summary = "Bytes of undelivered batches that may be kept in `/tmp` when Lambda ends the process, for the next process of the same "
            + "environment. 0: none.",
    };

    /// <summary>See <see cref="ExtensionSettings.Check"/>.</summary>
    public static readonly Variable Check = new()
    {
        Name = "LOGS_CHECK",
        Kind = VariableKind.Flag,
        Group = VariableGroup.Extension,
        Summary = "Tries the way to the endpoint once from inside the function, after its start, as `--check` does by hand, and writes "
            + "what came of it to the extension's own log: for endpoints that are reached from a VPC only. It sends one marked "
            + "test record.",
    };

    /// <summary>See <see cref="ExtensionSettings.Metrics"/>.</summary>
    public static readonly Variable Metrics = new()
    {
        Name = "LOGS_METRICS",
        Kind = VariableKind.Choice,
        Group = VariableGroup.Extension,
        Choices = ["off", "emf"],
        Summary = "`emf`: writes metrics about delivery (records delivered and dropped, retries, the circuit, added milliseconds, buffered "
            + "bytes) to standard output in CloudWatch's embedded metric format, at most one line a minute and one at the end. See "
            + "reliability.md for an alarm.",
    };

    /// <summary>See <see cref="ConfiguredEnvironment"/>.</summary>
    public static readonly Variable Config = new()
    {
        Name = "LOGS_CONFIG",
        Kind = VariableKind.Text,
        Group = VariableGroup.Extension,
        AllowedWords = "the path of a file with settings in .env form, such as /opt/logs-http.env, or the ARN of an SSM parameter or S3 "
            + "object that holds them",
        Summary = "Settings for many functions in one place: a file of a layer or image, a parameter of Systems Manager, an object of S3. "
            + "The function's own variables come first. "
            + "What cannot be read is one line in the log, and never fatal.",
    };

    /// <summary>See <see cref="ExtensionSettings.Strict"/>.</summary>
    public static readonly Variable Strict = new()
    {
        Name = "LOGS_STRICT",
        Kind = VariableKind.Flag,
        Group = VariableGroup.Extension,
        Summary = "Fails the function's start where the configuration keeps logs from being sent. "
            + "Otherwise such a fault is one line in the log.",
    };

    /// <summary>
    /// See <see cref="ExtensionSettings.ExtensionLogLevel"/>. The order is that of <see cref="Diagnostics.ExtensionLogLevel"/>.
    /// </summary>
    public static readonly Variable ExtensionLogLevel = new()
    {
        Name = "LOGS_EXTENSION_LOG_LEVEL",
        Kind = VariableKind.Choice,
        Group = VariableGroup.Extension,
        Default = (long)Diagnostics.ExtensionLogLevel.Info,
        Choices = ["error", "warn", "info", "debug"],
        Summary = "How much the extension says of itself.",
    };
}
