using System.Collections.Immutable;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Phases;

/// <summary>One step of the reducer while it is being worked out. Lives within one call.</summary>
/// <param name="state">Where it starts.</param>
/// <param name="now">The instant of the input.</param>
internal sealed class Step(SandboxState state, Moment now)
{
    /// <summary>The key of the timer that limits the current phase.</summary>
    public const string PhaseTimer = "phase";

    readonly ImmutableArray<SandboxEffect>.Builder _effects = ImmutableArray.CreateBuilder<SandboxEffect>();

    public SandboxState State { get; set; } = state;

    public Moment Now { get; } = now;

    public SandboxRules Rules => State.Rules;

    public void Do(SandboxEffect effect) => _effects.Add(effect);

    public void Publish(PlatformEvent item) => Do(new SandboxEffect.Publish(item));

    public void LimitPhase(TimeSpan delay) =>
        Do(new SandboxEffect.SetTimer(PhaseTimer, delay > TimeSpan.Zero ? delay : TimeSpan.Zero));

    public void UnlimitPhase() => Do(new SandboxEffect.CancelTimer(PhaseTimer));

    /// <summary>Goes on to another phase.</summary>
    public void Enter(Phase phase)
    {
        State = State with { Phase = phase };
        Do(new SandboxEffect.Entered(phase));
    }

    /// <summary>Replaces the extension of that name.</summary>
    public void Update(string name, Func<ExtensionState, ExtensionState> change) =>
        State = State with { Extensions = [.. State.Extensions.Select(e => e.Name == name ? change(e) : e)] };

    /// <summary>Gives the extension an event: at once where it waits, else with its next call.</summary>
    public void Give(ExtensionState extension, ExtensionEvent item)
    {
        if (extension.Status is not ExtensionStatus.Ready)
        {
            Update(extension.Name, e => e with { Pending = item });
            return;
        }

        Update(extension.Name, e => e with { Status = ExtensionStatus.Running, Pending = null });
        Do(new SandboxEffect.SendEvent(extension.Name, item));
    }

    /// <summary>Lets the processes go on, where they were stopped.</summary>
    public void Thaw()
    {
        if (!State.IsFrozen)
            return;

        State = State with { IsFrozen = false };
        Do(new SandboxEffect.Thaw());
    }

    public Reduction Done() => new(State, _effects.ToImmutable());
}

/// <summary>What came of one input.</summary>
/// <param name="State">The next state.</param>
/// <param name="Effects">To be carried out in order.</param>
internal sealed record Reduction(SandboxState State, ImmutableArray<SandboxEffect> Effects);
