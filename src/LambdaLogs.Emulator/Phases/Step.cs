using System.Collections.Immutable;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Phases;

/// <summary>The mutable working state of one reducer call.</summary>
/// <param name="state">The state before the input.</param>
/// <param name="now">The time of the input.</param>
internal sealed class Step(SandboxState state, Moment now)
{
    /// <summary>The key of the current phase's timer.</summary>
    public const string PhaseTimer = "phase";

    readonly ImmutableArray<SandboxEffect>.Builder _effects = ImmutableArray.CreateBuilder<SandboxEffect>();

    public SandboxState State { get; set; } = state;

    public Moment Now { get; } = now;

    public SandboxRules Rules => State.Rules;

    public void AddEffect(SandboxEffect effect) => _effects.Add(effect);

    public void Publish(PlatformEvent item) => AddEffect(new SandboxEffect.Publish(item));

    public void StartPhaseTimer(TimeSpan delay) =>
        AddEffect(new SandboxEffect.SetTimer(PhaseTimer, delay > TimeSpan.Zero ? delay : TimeSpan.Zero));

    public void CancelPhaseTimer() => AddEffect(new SandboxEffect.CancelTimer(PhaseTimer));

    /// <summary>Enters another phase.</summary>
    public void Enter(Phase phase)
    {
        State = State with { Phase = phase };
        AddEffect(new SandboxEffect.Entered(phase));
    }

    /// <summary>Replaces the extension with that name.</summary>
    public void Update(string name, Func<ExtensionState, ExtensionState> change) =>
        State = State with { Extensions = [.. State.Extensions.Select(e => e.Name == name ? change(e) : e)] };

    /// <summary>Gives the extension an event: at once if it waits, otherwise with its next call.</summary>
    public void SendEvent(ExtensionState extension, ExtensionEvent item)
    {
        if (extension.Status is not ExtensionStatus.Ready)
        {
            Update(extension.Name, e => e with { Pending = item });
            return;
        }

        Update(extension.Name, e => e with { Status = ExtensionStatus.Running, Pending = null });
        AddEffect(new SandboxEffect.SendEvent(extension.Name, item));
    }

    /// <summary>Continues the processes if they are frozen.</summary>
    public void Thaw()
    {
        if (!State.IsFrozen)
            return;

        State = State with { IsFrozen = false };
        AddEffect(new SandboxEffect.Thaw());
    }

    public Reduction ToReduction() => new(State, _effects.ToImmutable());
}

/// <summary>The result of one input.</summary>
/// <param name="State">The next state.</param>
/// <param name="Effects">The effects to perform, in order.</param>
internal sealed record Reduction(SandboxState State, ImmutableArray<SandboxEffect> Effects);
