namespace LambdaLogs.Extension.Lifecycle;

/// <summary>What to do with <c>/next</c> of an invocation.</summary>
internal enum HoldDecision
{
    /// <summary>Call it at once; what there is to send is sent in the background.</summary>
    CallNext,

    /// <summary>Wait for the handler's end, send what is left, then call it.</summary>
    HoldUntilDelivered,
}

/// <summary>Decides whether an invocation's end waits for delivery. Pure.</summary>
internal static class HoldPolicy
{
    /// <summary>The decision.</summary>
    public static HoldDecision Decide(in HoldInputs facts)
    {
        // Holding would only make the function wait: nothing can be sent before that time.
        if (facts.UntilAttempt > TimeSpan.Zero)
            return HoldDecision.CallNext;
        if (facts.RuntimeDoneMissing)
            return HoldDecision.CallNext;

        return facts.Mode switch
        {
            FlushMode.End => HoldDecision.HoldUntilDelivered,
            FlushMode.Next => HoldDecision.CallNext,
            _ => facts.TrafficIsQuick ? HoldDecision.CallNext : HoldDecision.HoldUntilDelivered,
        };
    }
}
