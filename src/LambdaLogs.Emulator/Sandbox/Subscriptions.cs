using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Transcripts;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Handles telemetry subscriptions and publishes their platform events.</summary>
internal sealed class Subscriptions(SandboxCore core)
{
    /// <returns>Null if the extension is subscribed.</returns>
    /// <param name="id">The identifier as received. Null if the header is missing.</param>
    /// <param name="body">The request's body.</param>
    /// <param name="isLogs">True for the Logs API, false for the Telemetry API.</param>
    public ApiError? Subscribe(string? id, ReadOnlyMemory<byte> body, bool isLogs)
    {
        var (extension, unknown) = Admission.Identify(core.State, id);
        if (unknown is not null)
            return unknown;

        var (request, error) = Check(extension!.Name, body, isLogs);
        var text = error?.Message ?? $"{Api(isLogs)} API, schema {request!.Schema.WireName()}";
        core.Transcript.Add(TranscriptKind.Subscribed, extension.Name, text, code: error?.Status ?? 200);
        if (error is not null)
            return error;

        var isKnown = core.Hub.Subscribe(extension.Name, request!);
        var state = isKnown ? "Already subscribed" : "Subscribed";
        core.Hub.Publish(new PlatformEvent.Subscription(core.Clock.Wall(), extension.Name, state, Names(request!.Types))
        {
            IsLogs = isLogs,
        });
        return null;
    }

    (SubscriptionRequest? Request, ApiError? Error) Check(string name, ReadOnlyMemory<byte> body, bool isLogs)
    {
        var (request, invalid) = SubscriptionRequest.Read(body, isLogs);
        if (request is not null && core.Options.Faults.SubscriptionStatus(request.Schema) is { } status)
            return (null, Refusal(status));
        if (invalid is not null)
            return (null, invalid);
        if (core.Rules.IsManaged && request!.Schema is not SchemaVersion.V20250129)
            return (null, SubscriptionReader.Invalid("schemaVersion is not supported on Lambda Managed Instances; use 2025-01-29"));

        if (core.Hub.Current(name) is { } current && current.IsLogs != isLogs)
            return (null, Closed(isLogs, $"{name} has subscribed with the {Api(current.IsLogs)} API already"));

        return core.Hub.IsOpen ? (request, null) : (null, Closed(isLogs, $"{Api(isLogs)} API subscription is closed"));
    }

    static ApiError Closed(bool isLogs, string message) => ApiError.Forbidden($"{Api(isLogs)}.SubscriptionClosed", message);

    static string Api(bool isLogs) => isLogs ? "Logs" : "Telemetry";

    static ApiError Refusal(int status) => status switch
    {
        202 => new ApiError(202, "Telemetry.NotSupported", "Telemetry API is not supported"),
        400 => SubscriptionReader.Invalid("schemaVersion is not supported"),
        403 => ApiError.Forbidden("Telemetry.SubscriptionClosed", "Telemetry API subscription is closed"),
        500 => ApiError.Internal,
        _ => new ApiError(status, "NotFound", "404 page not found"),
    };

    static string[] Names(EventStream types) =>
    [
        .. Enum.GetValues<EventStream>().Where(t => t is not EventStream.None && types.HasFlag(t))
            .Select(t => t.ToString().ToLowerInvariant()),
    ];
}
