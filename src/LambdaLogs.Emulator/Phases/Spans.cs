using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Phases;

/// <summary>The spans of an invocation, from its instants.</summary>
internal static class Spans
{
    /// <returns>Null where no response came.</returns>
    public static ResponseTimes? Of(Invocation invocation, Moment end)
    {
        if (invocation is not { Sent: { } sent, ResponseStart: { } began, ResponseEnd: { } ended })
            return null;

        return new ResponseTimes(
            new Span(sent.Wall, began.Since(sent)), new Span(began.Wall, ended.Since(began)), new Span(ended.Wall, end.Since(ended)));
    }
}
