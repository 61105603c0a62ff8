using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Tests.Phases;

public sealed class AdmissionTests
{
    static readonly SandboxState Launched =
        new Play().Do(new SandboxInput.InitRequested()).Do(new SandboxInput.Launched(["a"])).State;

    [Fact]
    public void A_launched_file_may_register_for_both_events() =>
        Assert.Null(Admission.Register(Launched, "a", ["INVOKE", "SHUTDOWN"]));

    [Fact]
    public void A_name_that_is_no_file_is_an_internal_extension_and_gets_no_shutdown()
    {
        Assert.Null(Admission.Register(Launched, "other", ["INVOKE"]));
        Assert.Equal("Extension.InvalidEventType", Admission.Register(Launched, "other", ["SHUTDOWN"])!.Type);
    }

    [Fact]
    public void Registering_twice_is_refused_with_the_states_named()
    {
        var state = new Play().Do(new SandboxInput.InitRequested()).Do(new SandboxInput.Launched(["a"])).Register("a").State;
        Assert.Equal(
            "State transition from Registered to Registered failed for extension a. Error: State transition is not allowed",
            Admission.Register(state, "a", [])!.Message);
    }

    [Fact]
    public void Registration_of_internal_extensions_closes_with_the_runtime_ready()
    {
        var play = new Play().Do(new SandboxInput.InitRequested()).Do(new SandboxInput.Launched([]));
        play.Do(new SandboxInput.RuntimeNextAsked());
        Assert.Equal("Extension.RegistrationClosed", Admission.Register(play.State, "late", [])!.Type);
    }

    [Fact]
    public void The_eleventh_extension_is_one_too_many()
    {
        var play = new Play().Do(new SandboxInput.InitRequested()).Do(new SandboxInput.Launched([]));
        for (var i = 0; i < Admission.ExtensionsMax; i++)
            play.Register($"e{i}");
        Assert.Equal("Extension.TooManyExtensions", Admission.Register(play.State, "e10", [])!.Type);
    }

    [Fact]
    public void Managed_instances_have_no_invoke_event()
    {
        var rules = new SandboxRules { Function = new() { Initialization = InitializationType.ManagedInstances } };
        var state = new Play(rules).Do(new SandboxInput.InitRequested()).Do(new SandboxInput.Launched(["a"])).State;
        Assert.Equal("INVOKE: ErrorInvalidEventType", Admission.Register(state, "a", ["INVOKE"])!.Message);
        Assert.Null(Admission.Register(state, "a", ["SHUTDOWN"]));
    }

    [Theory]
    [InlineData(null, "Extension.MissingExtensionIdentifier")]
    [InlineData("", "Extension.MissingExtensionIdentifier")]
    [InlineData("no uuid", "Extension.InvalidExtensionIdentifier")]
    [InlineData("11111111-2222-3333-4444-555555555555", "Extension.UnknownExtensionIdentifier")]
    public void An_identifier_must_be_one_that_was_given(string? id, string type) =>
        Assert.Equal(type, Admission.Identify(Launched, id).Error!.Type);

    [Fact]
    public void A_second_call_for_the_next_event_is_refused()
    {
        var play = Play.Ready();
        Assert.Equal("Extension.InvalidExtensionState", Admission.Next(play.State.Extension("shipper")!)!.Type);
    }

    [Fact]
    public void An_init_error_is_possible_before_the_first_event_only_and_may_be_repeated()
    {
        var extension = Launched.Extension("a")!;
        Assert.Null(Admission.Error(extension with { Status = ExtensionStatus.Registered }, isInit: true));
        Assert.Null(Admission.Error(extension with { Status = ExtensionStatus.InitError }, isInit: true));
        Assert.NotNull(Admission.Error(extension with { Status = ExtensionStatus.Running }, isInit: true));
        Assert.Null(Admission.Error(extension with { Status = ExtensionStatus.Running }, isInit: false));
        Assert.NotNull(Admission.Error(extension with { Status = ExtensionStatus.Exited }, isInit: false));
    }

    [Fact]
    public void A_response_must_be_for_the_invocation_under_way_and_come_once()
    {
        var play = Play.Invoking();
        Assert.Equal("InvalidRequestID", Admission.Respond(play.State, "r2")!.Type);
        Assert.Null(Admission.Respond(play.State, "r1"));

        play.Do(new SandboxInput.RuntimeResponded("r1", default, 2));
        Assert.Equal("InvalidStateTransition", Admission.Respond(play.State, "r1")!.Type);
    }

    [Fact]
    public void The_runtime_may_not_ask_for_more_before_it_has_responded()
    {
        Assert.Equal("InvalidStateTransition", Admission.RuntimeNext(Play.Invoking().State)!.Type);
        Assert.Equal("InvalidStateTransition", Admission.RuntimeNext(Play.Ready().State)!.Type);
        Assert.Equal("InvalidStateTransition", Admission.RuntimeInitError(Play.Ready().State)!.Type);
    }
}
