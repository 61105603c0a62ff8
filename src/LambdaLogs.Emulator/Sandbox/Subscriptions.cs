using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Transcripts;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Subscriptions to telemetry: who may have one, and what is said about it.</summary>
internal sealed class Subscriptions(SandboxCore core)
{
    /// <returns>Null where the extension is subscribed.</returns>
    public ApiError? Subscribe(string? id, ReadOnlyMemory<byte> body)
    {
        var (extension, unknown) = Admission.Identify(core.State, id);
        if (unknown is not null)
            return unknown;

        var (request, error) = Check(body);
        core.Transcript.Add(
            TranscriptKind.Subscribed, extension!.Name, error?.Message ?? request!.Schema.ToString(), code: error?.Status ?? 200);
        if (error is not null)
            return error;

        var isKnown = core.Hub.Subscribe(extension.Name, request!);
        core.Hub.Publish(new PlatformEvent.TelemetrySubscription(
            core.Clock.Wall(), extension.Name, isKnown ? "Already subscribed" : "Subscribed", Names(request!.Types)));
        return null;
    }

    (SubscriptionRequest? Request, ApiError? Error) Check(ReadOnlyMemory<byte> body)
    {
        var (request, invalid) = SubscriptionRequest.Read(body);
        if (request is not null && core.Options.Faults.SubscriptionStatus(request.Schema) is { } status)
            return (null, Refusal(status));
        if (invalid is not null)
            return (null, invalid);
        if (core.Rules.IsManaged && request!.Schema is not SchemaVersion.V20250129)
            return (null, SubscriptionReader.Invalid("schemaVersion is not supported on Lambda Managed Instances; use 2025-01-29"));

        return core.Hub.IsOpen
            ? (request, null)
            : (null, ApiError.Forbidden("Telemetry.SubscriptionClosed", "Telemetry API subscription is closed"));
    }

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
