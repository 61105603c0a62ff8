using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Phases;

/// <summary>Computes the spans of an invocation.</summary>
internal static class InvocationSpans
{
    /// <returns>Null if there was no response.</returns>
    public static ResponseTimes? Of(Invocation invocation, Moment end)
    {
        if (invocation is not { Sent: { } sent, ResponseStart: { } began, ResponseEnd: { } ended })
            return null;

        return new ResponseTimes(
            new Span(sent.Wall, began.Since(sent)), new Span(began.Wall, ended.Since(began)), new Span(ended.Wall, end.Since(ended)));
    }
}
