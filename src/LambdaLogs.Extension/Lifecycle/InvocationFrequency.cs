namespace LambdaLogs.Extension.Lifecycle;

/// <summary>
/// Measures how soon invocations follow each other, by the gap between a call of <c>/next</c> and its response. Uses the wall clock,
/// because the monotonic clock stops while the environment is frozen. Used by the loop's thread only.
/// </summary>
internal sealed class InvocationFrequency
{
    /// <summary>
    /// Up to this gap, invocations count as frequent. A line that is sent one invocation later is then about a second late at most.
    /// </summary>
    public static readonly TimeSpan ShortGap = TimeSpan.FromSeconds(1);

    /// <summary>Number of consecutive short gaps after which invocations count as frequent.</summary>
    public const int ShortGapsNeeded = 3;

    DateTimeOffset? _calledNext;
    bool _hasInvoked;
    int _shortGaps;

    /// <summary>Whether the next invocation is expected within about a second.</summary>
    public bool IsHigh => _shortGaps >= ShortGapsNeeded;

    /// <summary>Call immediately before <c>/next</c>.</summary>
    public void RecordNextCall(DateTimeOffset now) => _calledNext = now;

    /// <summary>Call when an INVOKE event has arrived.</summary>
    /// <param name="now">The wall clock.</param>
    /// <param name="handlerEnded">When the previous handler ended, if <c>/next</c> did not wait for it. Null: not known.</param>
    /// <returns>The gap before this invocation; zero before the first one, and if the clock was set back.</returns>
    public TimeSpan RecordInvocation(DateTimeOffset now, DateTimeOffset? handlerEnded)
    {
        // The gap before the first invocation is the rest of the init phase, which usually ends with an invocation waiting.
        var isFirst = !_hasInvoked;
        _hasInvoked = true;
        var idleSince = handlerEnded > _calledNext ? handlerEnded : _calledNext;
        var gap = now > idleSince ? now - idleSince.Value : TimeSpan.Zero;
        _shortGaps = !isFirst && gap <= ShortGap ? Math.Min(_shortGaps + 1, ShortGapsNeeded) : 0;
        return gap;
    }
}
