using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Platform;

/// <summary>
/// Subscribes to the Telemetry API.
/// Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/telemetry-api-reference.html"/>.
/// </summary>
internal static class TelemetrySubscription
{
    /// <summary>Subscribes with the newest schema that the platform supports.</summary>
    /// <param name="subscribe">Sends one request and returns its status.</param>
    /// <param name="port">The port of the listener.</param>
    /// <param name="managedInstance">Lambda Managed Instances support the newest schema only.</param>
    /// <param name="types">
    /// The streams that are forwarded. Platform events are always subscribed to, because the extension depends on them.
    /// </param>
    /// <returns>The result.</returns>
    public static SubscriptionResult Subscribe(
        SubscribeCall subscribe, int port, bool managedInstance, TelemetryTypes types = TelemetryTypes.Default)
    {
        foreach (var schema in managedInstance ? ["2025-01-29"] : (ReadOnlySpan<string>)["2025-01-29", "2022-12-13", "2022-07-01"])
        {
            var status = subscribe(Request(schema, port, types), out var excerpt);
            // An older platform responds with 400 to a schema it does not know. Any other response would be the same for all schemas.
            if (status != 400 || schema == "2022-07-01" || managedInstance)
                return new SubscriptionResult(status, schema, excerpt);
        }

        throw new InvalidOperationException("The chain of schemas has an end.");
    }

    /// <summary>
    /// The request body. 25 ms is the platform's shortest buffering time, 1000 its smallest number of items, and 1 MB its largest size, so
    /// that long records are split less often. Joined from strings only, because formatting would load cultures and pools during start-up.
    /// </summary>
    static string Request(string schema, int port, TelemetryTypes types) => $$$"""
        {"schemaVersion":"{{{schema}}}","types":[{{{StreamNames(types)}}}],
        "buffering":{"maxItems":1000,"maxBytes":1048576,"timeoutMs":25},
        "destination":{"protocol":"HTTP","URI":"http://sandbox.localdomain:{{{DecimalText.Of(port)}}}/"}}
        """;

    static string StreamNames(TelemetryTypes types)
    {
        var names = "\"platform\"";
        if ((types & TelemetryTypes.Function) != 0)
            names += ",\"function\"";
        return (types & TelemetryTypes.Extension) != 0 ? names + ",\"extension\"" : names;
    }
}

/// <summary>Sends one subscription request.</summary>
/// <param name="request">The body.</param>
/// <param name="excerpt">The start of the response if its status is not 200.</param>
/// <returns>The status of the response.</returns>
internal delegate int SubscribeCall(string request, out string excerpt);

/// <summary>The result of a subscription.</summary>
/// <param name="Status">The status of the last response.</param>
/// <param name="Schema">The schema it was for.</param>
/// <param name="Excerpt">The start of the response if its status is not 200.</param>
internal readonly record struct SubscriptionResult(int Status, string Schema, string Excerpt)
{
    /// <summary>Whether telemetry will come.</summary>
    public bool Subscribed => Status == 200;

    /// <summary>Local platforms without telemetry (SAM, LocalStack, the Runtime Interface Emulator) respond with these statuses.</summary>
    public bool NotSupported => Status is 202 or 404;
}
