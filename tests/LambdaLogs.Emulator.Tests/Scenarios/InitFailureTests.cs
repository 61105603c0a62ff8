using LambdaLogs.Emulator.Scenarios;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Tests.Scenarios;

public sealed class InitFailureTests
{
    static readonly TranscriptEvent Reset = new(default, TranscriptKind.Phase, null, "Reset");
    static readonly TranscriptEvent Extension = new(default, TranscriptKind.ProcessStarted, "e", "process 1");
    static readonly TranscriptEvent Registered = new(default, TranscriptKind.Registered, "e", "INVOKE");
    static readonly TranscriptEvent Runtime = new(default, TranscriptKind.ProcessStarted, "runtime", "process 2");
    static readonly TranscriptEvent Asked = new(default, TranscriptKind.NextAsked, "e", "");

    [Fact]
    public void An_error_that_was_reported_is_named() => Assert.Equal(
        "the sandbox did not start: e reported Extension.Bad",
        InitFailure.Describe([Extension, new(default, TranscriptKind.ErrorReported, "e", "Extension.Bad"), Reset]));

    [Fact]
    public void A_process_that_ended_is_named() => Assert.Equal(
        "the sandbox did not start: runtime ended with exit status 127",
        InitFailure.Describe([Runtime, new(default, TranscriptKind.ProcessExited, "runtime", "exit status 127"), Reset]));

    [Fact]
    public void Who_did_not_register_or_ask_in_time_is_named_with_the_call_that_is_missing()
    {
        Assert.Contains("e did not register (POST", InitFailure.Describe([Extension, Reset, Registered]), StringComparison.Ordinal);
        Assert.Contains(
            "e did not ask for its first event (GET", InitFailure.Describe([Extension, Registered, Reset]), StringComparison.Ordinal);
        Assert.Contains(
            "start: the function did not ask for its first invocation",
            InitFailure.Describe([Extension, Registered, Runtime, Asked, Reset]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_registration_with_another_name_than_the_file_is_named()
    {
        var refused = new TranscriptEvent(default, TranscriptKind.RegistrationRefused, "other", "Extension.InvalidEventType: SHUTDOWN");
        Assert.Contains(
            "a registration as other was refused: Extension.InvalidEventType: SHUTDOWN; the name must be the file name",
            InitFailure.Describe([Extension, refused, Reset]), StringComparison.Ordinal);
    }
}
