using LambdaLogs.Emulator;

namespace LambdaLogs.EndToEnd;

/// <summary>What functions do in the scenes.</summary>
static class Functions
{
    /// <summary>Writes one line.</summary>
    public static Func<InvocationContext, Task<string>> Say(string line) => invocation =>
    {
        invocation.Log(line);
        return Task.FromResult("{}");
    };

    /// <summary>Writes numbered lines, the number of the invocation in front.</summary>
    public static Func<InvocationContext, Task<string>> Count(int lines) => invocation =>
    {
        for (var line = 1; line <= lines; line++)
            invocation.Log(Line(invocation.Number, line));
        return Task.FromResult("{}");
    };

    public static string Line(int invocation, int line) => $"invocation {invocation} line {line}";

    public static IEnumerable<string> Lines(int invocations, int lines) =>
        from invocation in Enumerable.Range(1, invocations) from line in Enumerable.Range(1, lines) select Line(invocation, line);
}
