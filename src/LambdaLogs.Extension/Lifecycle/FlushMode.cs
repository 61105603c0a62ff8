namespace LambdaLogs.Extension.Lifecycle;

/// <summary>What the end of an invocation waits for.</summary>
internal enum FlushMode
{
    /// <summary>As <see cref="End"/> while invocations are rare, as <see cref="Next"/> while they come quickly.</summary>
    Auto,

    /// <summary><c>/next</c> is called once everything is delivered or the budget is spent.</summary>
    End,

    /// <summary><c>/next</c> is called at once; delivery goes on in the background.</summary>
    Next,
}
