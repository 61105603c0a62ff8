using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Tests.Support;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Tests.Phases;

/// <summary>Feeds the reducer and keeps what it wants done.</summary>
internal sealed class Play
{
    double _now;

    public Play(SandboxRules? rules = null) => State = new SandboxState(rules ?? new SandboxRules());

    public SandboxState State { get; private set; }

    /// <summary>The effects of the last input.</summary>
    public IReadOnlyList<SandboxEffect> Effects { get; private set; } = [];

    /// <summary>All effects until now.</summary>
    public List<SandboxEffect> All { get; } = [];

    /// <summary>The platform events of the last input.</summary>
    public IEnumerable<PlatformEvent> Written => Effects.OfType<SandboxEffect.Publish>().Select(p => p.Event);

    /// <summary>Their types.</summary>
    public IEnumerable<string> SaidTypes => Written.Select(e => e.Type);

    /// <summary>Something happens, a millisecond after the last.</summary>
    public Play Do(SandboxInput input, double later = 1)
    {
        _now += later;
        (State, var effects) = Reducer.Reduce(State, input, Some.Moment(_now));
        Effects = effects;
        All.AddRange(effects);
        return this;
    }

    public Play Register(string name, params string[] events) => Do(new SandboxInput.Registered(name, $"id of {name}", [.. events]));

    /// <summary>A sandbox with one extension that wants both events, through Init, frozen.</summary>
    public static Play Ready(SandboxRules? rules = null) => new Play(rules)
        .Do(new SandboxInput.InitRequested())
        .Do(new SandboxInput.Launched(["shipper"]))
        .Register("shipper", "INVOKE", "SHUTDOWN")
        .Do(new SandboxInput.RuntimeNextAsked())
        .Do(new SandboxInput.NextAsked("shipper"));

    /// <summary>The same with an invocation under way.</summary>
    public static Play Invoking(SandboxRules? rules = null) => Ready(rules).Do(new SandboxInput.InvokeRequested("r1", null));

    public bool Did<T>() where T : SandboxEffect => Effects.OfType<T>().Any();

    public T The<T>() where T : SandboxEffect => Effects.OfType<T>().Single();
}
