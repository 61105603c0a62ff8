using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Scenarios;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Tests.Scenarios;

public sealed class TelemetryReportTests
{
    static readonly TranscriptEvent Registered = new(default, TranscriptKind.Registered, "e", "INVOKE");
    static readonly TranscriptEvent Ended = new(default, TranscriptKind.ProcessExited, "e", "exit code 3") { Code = 3 };
    static readonly TranscriptEvent Refused = new(default, TranscriptKind.Subscribed, "e", "maxItems must be more") { Code = 400 };

    [Fact]
    public void What_was_delivered_is_counted() => Assert.Equal(
        "telemetry of e: 7 events delivered, 2 dropped, 1 undelivered, last error: connection refused",
        Line(new TelemetryCount("e", 7, 2, 1, "connection refused"), Registered));

    [Fact]
    public void An_extension_that_never_registered_is_reported_with_what_to_do() =>
        Assert.Contains("it did not register, and its process ended with 3; an extension first calls", Line(null, Ended), StringComparison.Ordinal);

    [Fact]
    public void A_refused_registration_says_why()
    {
        var refused = new TranscriptEvent(default, TranscriptKind.RegistrationRefused, "e", "InvalidRequestFormat: no JSON") { Code = 403 };
        Assert.Contains(
            "its registration was refused with status 403: InvalidRequestFormat: no JSON", Line(null, refused, Ended), StringComparison.Ordinal);
    }

    [Fact]
    public void An_extension_that_never_subscribed_is_named() =>
        Assert.Contains("it did not subscribe to telemetry", Line(null, Registered), StringComparison.Ordinal);

    [Fact]
    public void A_refused_subscription_says_why() =>
        Assert.Contains("rejected with status 400: maxItems must be more", Line(null, Registered, Refused), StringComparison.Ordinal);

    [Fact]
    public void Deliveries_that_all_failed_say_the_last_error() => Assert.Contains(
        "every delivery failed: status 500", Line(new TelemetryCount("e", 0, 3, 0, "status 500"), Registered), StringComparison.Ordinal);

    [Fact]
    public void What_still_waited_at_the_end_is_said() =>
        Assert.Contains("0 events delivered, 0 dropped, 4 undelivered: it subscribed, but the environment ended",
            Line(new TelemetryCount("e", 0, 0, 4, null), Registered), StringComparison.Ordinal);

    static string Line(TelemetryCount? count, params TranscriptEvent[] events) =>
        TelemetryReport.Of(new ExtensionTranscript("e", events), count).Line;
}
