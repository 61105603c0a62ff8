using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Lifecycle;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Platform;
using LambdaLogs.Extension.Processing;

namespace LambdaLogs.Extension.Settings;

/// <summary>All settings, validated. Immutable. Its text form contains no secret.</summary>
internal sealed record ExtensionSettings
{
    /// <summary>
    /// Where batches are sent. Null: nowhere, because the endpoint or its credentials are missing or invalid, or because test mode needs
    /// none.
    /// </summary>
    public DestinationOptions? Destination { get; init; }

    /// <summary>Whether batches are logged instead of sent. Default false.</summary>
    public bool TestMode { get; init; }

    /// <summary>Whether batches can be handled. False: records are counted and dropped, and the function keeps running.</summary>
    public bool CanSend => TestMode || Destination is not null;

    /// <summary>Whether the tenant is dropped from records, although a header or a field may name it.</summary>
    public bool DropsTenant
    {
        get
        {
            foreach (var name in Rules?.Fields?.Dropped ?? [])
            {
                if (name == "tenant_id")
                    return true;
            }

            return false;
        }
    }

    /// <summary>Whether a header or a field names the tenant: then a batch holds records of one tenant only.</summary>
    public bool NamesTenant => FieldPlaceholders.NameTenant(Format.Fields)
        || (Format.LokiTenant is { } tenant && HeaderPlaceholders.NamesTenant(tenant))
        || Destination?.Request.NamesTenant == true;

    /// <summary>How a failed batch is retried.</summary>
    public RetryOptions Retry { get; init; } = new();

    /// <summary>Which streams are forwarded. Default: function and platform.</summary>
    public TelemetryTypes Types { get; init; } = TelemetryTypes.Default;

    /// <summary>Whether text lines that are JSON are parsed into fields. Default true.</summary>
    public bool ParseJson { get; init; } = true;

    /// <summary>Which platform events are forwarded.</summary>
    public FilterOptions Filter { get; init; } = new();

    /// <summary>The output format and its options.</summary>
    public FormatOptions Format { get; init; } = new();

    /// <summary>The rules for records. Null: none is set.</summary>
    public RuleOptions? Rules { get; init; }

    /// <summary>How records are batched and buffered.</summary>
    public PipelineOptions Pipeline { get; init; } = new();

    /// <summary>When the end of an invocation waits for delivery.</summary>
    public FlushOptions Flush { get; init; } = new();

    /// <summary>Whether the endpoint is checked once after the start. Default false.</summary>
    public bool Check { get; init; }

    /// <summary>Whether delivery metrics are written to standard output. Default false.</summary>
    public bool Metrics { get; init; }

    /// <summary>Whether a problem that prevents sending fails the function's init phase. Default false.</summary>
    public bool Strict { get; init; }

    /// <summary>The level of the extension's own log. Default Info.</summary>
    public ExtensionLogLevel ExtensionLogLevel { get; init; } = ExtensionLogLevel.Info;
}
