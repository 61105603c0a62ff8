using System.Text.Json;

namespace LambdaLogs.Emulator.Wire;

/// <summary>A valid subscription: <c>PUT /2022-07-01/telemetry</c>, or <c>PUT /2020-08-15/logs</c>.</summary>
/// <remarks>
/// Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/telemetry-api-reference.html"/> and
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-logs-api.html"/>
/// </remarks>
internal sealed record SubscriptionRequest
{
    public required SchemaVersion Schema { get; init; }

    public required EventStream Types { get; init; }

    /// <summary>The number of events that closes a batch, 1 000 to 10 000. Default 10 000.</summary>
    public int MaxItems { get; init; } = 10_000;

    /// <summary>The number of bytes that closes a batch, 262 144 to 1 048 576. Default 262 144.</summary>
    public int MaxBytes { get; init; } = 262_144;

    /// <summary>The age of a batch's first event that closes it, 25 ms to 30 s. Default 1 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>True for newline-delimited JSON over TCP, false for POSTs.</summary>
    public bool IsTcp { get; init; }

    /// <summary>The port on the loopback address, 1 to 65535.</summary>
    public required int Port { get; init; }

    /// <summary>The request path with the query. Default <c>/</c>.</summary>
    public string Path { get; init; } = "/";

    /// <summary>True for PUT requests, which the Logs API allows; otherwise POST.</summary>
    public bool IsPut { get; init; }

    /// <summary>True for the Logs API, whose events have another format.</summary>
    public bool IsLogs => Schema is SchemaVersion.Logs20200815 or SchemaVersion.Logs20210318;

    /// <summary>Parses and validates the body of a subscription.</summary>
    /// <returns>Exactly one of the two is not null. Never throws.</returns>
    /// <param name="isLogs">True for a subscription of the Logs API.</param>
    public static (SubscriptionRequest? Request, ApiError? Error) Read(ReadOnlyMemory<byte> body, bool isLogs = false)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return new SubscriptionReader(json.RootElement, isLogs).Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, SubscriptionReader.Invalid(JsonErrors.Text(body, e), isLogs));
        }
    }
}
