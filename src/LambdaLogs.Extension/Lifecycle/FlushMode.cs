namespace LambdaLogs.Extension.Lifecycle;

/// <summary>What the end of an invocation waits for.</summary>
internal enum FlushMode
{
    /// <summary>Like <see cref="End"/> while invocations are rare, like <see cref="Next"/> while they are frequent.</summary>
    Auto,

    /// <summary><c>/next</c> is called after everything is delivered or the budget is spent.</summary>
    End,

    /// <summary><c>/next</c> is called immediately; delivery continues in the background.</summary>
    Next,
}
