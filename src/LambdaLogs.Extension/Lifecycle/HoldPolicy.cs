namespace LambdaLogs.Extension.Lifecycle;

/// <summary>What to do with <c>/next</c> after an invocation.</summary>
internal enum HoldDecision
{
    /// <summary>Call it immediately; logs are sent in the background.</summary>
    CallNext,

    /// <summary>Wait for the end of the handler, send what is left, then call it.</summary>
    HoldUntilDelivered,
}

/// <summary>Decides whether the end of an invocation waits for delivery. Pure.</summary>
internal static class HoldPolicy
{
    /// <summary>Returns the decision.</summary>
    public static HoldDecision Decide(in HoldInputs inputs)
    {
        // Nothing can be sent before that time, so holding would only delay the function.
        if (inputs.UntilAttempt > TimeSpan.Zero)
            return HoldDecision.CallNext;
        if (inputs.RuntimeDoneMissing)
            return HoldDecision.CallNext;

        return inputs.Mode switch
        {
            FlushMode.End => HoldDecision.HoldUntilDelivered,
            FlushMode.Next => HoldDecision.CallNext,
            _ => inputs.InvocationsAreFrequent ? HoldDecision.CallNext : HoldDecision.HoldUntilDelivered,
        };
    }
}
