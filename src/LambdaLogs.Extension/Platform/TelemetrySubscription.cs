using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Platform;

/// <summary>
/// Subscribes to the Telemetry API.
/// Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/telemetry-api-reference.html"/>.
/// </summary>
internal static class TelemetrySubscription
{
    /// <summary>Subscribes with the newest schema the platform takes.</summary>
    /// <param name="subscribe">Sends one request and gives its status.</param>
    /// <param name="port">Where the listener is bound.</param>
    /// <param name="managedInstance">On Lambda Managed Instances only the newest schema exists.</param>
    /// <param name="types">The streams that are forwarded. Platform events come in any case: the extension lives by them.</param>
    /// <returns>What came of it.</returns>
    public static SubscriptionResult Subscribe(
        SubscribeCall subscribe, int port, bool managedInstance, TelemetryTypes types = TelemetryTypes.Default)
    {
        foreach (var schema in managedInstance ? ["2025-01-29"] : (ReadOnlySpan<string>)["2025-01-29", "2022-12-13", "2022-07-01"])
        {
            var status = subscribe(Request(schema, port, types), out var excerpt);
            // 400 is what an older platform responds to a schema it does not know. Every other response is the same for all schemas.
            if (status != 400 || schema == "2022-07-01" || managedInstance)
                return new SubscriptionResult(status, schema, excerpt);
        }

        throw new InvalidOperationException("The chain of schemas has an end.");
    }

    /// <summary>
    /// The body: 25 ms is the platform's shortest buffering time, 1000 items its least, 1 MB its most, so that long records are split
    /// less. Joined from texts only, as the compiler does where every hole holds one: formatting would bring cultures and pools into the
    /// start.
    /// </summary>
    static string Request(string schema, int port, TelemetryTypes types) => $$$"""
        {"schemaVersion":"{{{schema}}}","types":[{{{Names(types)}}}],
        "buffering":{"maxItems":1000,"maxBytes":1048576,"timeoutMs":25},
        "destination":{"protocol":"HTTP","URI":"http://sandbox.localdomain:{{{DecimalText.Of(port)}}}/"}}
        """;

    static string Names(TelemetryTypes types)
    {
        var names = "\"platform\"";
        if ((types & TelemetryTypes.Function) != 0)
            names += ",\"function\"";
        return (types & TelemetryTypes.Extension) != 0 ? names + ",\"extension\"" : names;
    }
}

/// <summary>Sends one subscription request.</summary>
/// <param name="request">The body.</param>
/// <param name="excerpt">The start of the response where it is not 200.</param>
/// <returns>The status of the response.</returns>
internal delegate int SubscribeCall(string request, out string excerpt);

/// <summary>What came of a subscription.</summary>
/// <param name="Status">The last response's status.</param>
/// <param name="Schema">The schema it was for.</param>
/// <param name="Excerpt">The start of the response where it is not 200.</param>
internal readonly record struct SubscriptionResult(int Status, string Schema, string Excerpt)
{
    /// <summary>Whether telemetry will come.</summary>
    public bool Subscribed => Status == 200;

    /// <summary>Local platforms (SAM, LocalStack, the Runtime Interface Emulator) respond so: they have no telemetry.</summary>
    public bool NotSupported => Status is 202 or 404;
}
