namespace LambdaLogs.Extension.Lifecycle;

/// <summary>
/// How soon invocations follow each other, from the gaps between a call of <c>/next</c> and the invocation it brought. By the wall clock:
/// the monotonic one stands still in a frozen sandbox. The loop's thread only.
/// </summary>
internal sealed class Traffic
{
    /// <summary>A gap up to this long is quick: a line that is sent an invocation later is then at most about a second late.</summary>
    public static readonly TimeSpan QuickGap = TimeSpan.FromSeconds(1);

    /// <summary>So many quick gaps in a row make quick traffic: one pair of calls does not.</summary>
    public const int QuickGapsNeeded = 3;

    DateTimeOffset? _calledNext;
    bool _hasInvoked;
    int _quickGaps;

    /// <summary>Whether the next invocation is expected within moments.</summary>
    public bool IsQuick => _quickGaps >= QuickGapsNeeded;

    /// <summary><c>/next</c> is about to be called.</summary>
    public void CallingNext(DateTimeOffset now) => _calledNext = now;

    /// <summary>An invocation has come.</summary>
    /// <param name="now">The wall clock.</param>
    /// <param name="handlerEnded">When the handler before it ended, where <c>/next</c> did not wait for that. Null: not known.</param>
    /// <returns>The gap before it; zero before the first, and where the clock was set back.</returns>
    public TimeSpan Invoked(DateTimeOffset now, DateTimeOffset? handlerEnded)
    {
        // The gap before the first invocation is the rest of the initialisation, which an invocation waits for more often than not.
        var isFirst = !_hasInvoked;
        _hasInvoked = true;
        var idleSince = handlerEnded > _calledNext ? handlerEnded : _calledNext;
        var gap = now > idleSince ? now - idleSince.Value : TimeSpan.Zero;
        _quickGaps = !isFirst && gap <= QuickGap ? Math.Min(_quickGaps + 1, QuickGapsNeeded) : 0;
        return gap;
    }
}
