using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Lifecycle;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Platform;
using LambdaLogs.Extension.Processing;

namespace LambdaLogs.Extension.Settings;

/// <summary>Everything the environment says, checked. Never changes. Its text form holds no secret.</summary>
internal sealed record ExtensionSettings
{
    /// <summary>
    /// Where batches go. Null: nowhere, because the endpoint or its credentials are missing or wrong, or because none is needed in test
    /// mode.
    /// </summary>
    public DestinationOptions? Destination { get; init; }

    /// <summary>Whether batches are shown instead of sent. Default false.</summary>
    public bool TestMode { get; init; }

    /// <summary>
    /// Whether there is anything to do with a batch. False: records are counted and given up, and the function keeps running.
    /// </summary>
    public bool CanSend => TestMode || Destination is not null;

    /// <summary>Whether a header or a field names the tenant: then a batch holds records of one tenant only.</summary>
    public bool NamesTenant => FieldFacts.NameTenant(Format.Fields)
        || (Format.LokiTenant is { } tenant && HeaderPlaceholders.NamesTenant(tenant))
        || Destination?.Request.NamesTenant == true;

    /// <summary>How a failed batch is retried.</summary>
    public RetryOptions Retry { get; init; } = new();

    /// <summary>Which streams are forwarded. Default functions and platform events.</summary>
    public TelemetryTypes Types { get; init; } = TelemetryTypes.Default;

    /// <summary>Whether lines of text that are JSON are read as fields. Default true.</summary>
    public bool ParseJson { get; init; } = true;

    /// <summary>Which records are forwarded.</summary>
    public FilterOptions Filter { get; init; } = new();

    /// <summary>How records are written.</summary>
    public FormatOptions Format { get; init; } = new();

    /// <summary>What else is forwarded, and how it is cleaned. Null: nothing of that is set.</summary>
    public RuleOptions? Rules { get; init; }

    /// <summary>How records are gathered.</summary>
    public PipelineOptions Pipeline { get; init; } = new();

    /// <summary>When the end of an invocation waits for delivery.</summary>
    public FlushOptions Flush { get; init; } = new();

    /// <summary>Whether the way to the endpoint is tried once after the start. Default false.</summary>
    public bool Check { get; init; }

    /// <summary>Whether metrics about delivery are written to standard output. Default false.</summary>
    public bool Metrics { get; init; }

    /// <summary>Whether a problem that keeps anything from being sent fails the function's init. Default false.</summary>
    public bool Strict { get; init; }

    /// <summary>How much the extension says of itself. Default Info.</summary>
    public ExtensionLogLevel ExtensionLogLevel { get; init; } = ExtensionLogLevel.Info;
}
