namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>
/// Regular expressions over UTF-8 that take a time that grows with the text only, whatever the expression: no pattern can stall a function.
/// An engine of our own, as the framework's would make the layer 7 % larger. Its syntax is that of .NET, Java and Python without looking
/// around, references and possessive quantifiers; <c>\d</c>, <c>\w</c>, <c>\s</c> and <c>\b</c> know ASCII. One thread at a time.
/// </summary>
internal sealed class Pattern
{
    // Most of a text's length that finding may look at before it gives up: a pattern such as x*y|x looks at the rest for every match.
    const int EffortMax = 64;
    const int EffortMin = 64 * 1024;

    const string TooLarge = "the pattern is too large";

    readonly PatternMatcher _matcher;
    readonly PatternFinder _finder;

    Pattern(PatternProgram program)
    {
        _matcher = new PatternMatcher(program);
        _finder = new PatternFinder(program);
    }

    /// <summary>Looks whether a text is a pattern, and compiles nothing that would be kept.</summary>
    /// <param name="text">The expression.</param>
    /// <returns>What is wrong. Null: it is one.</returns>
    public static PatternFault? Check(string text)
    {
        if (PatternReader.Read(text, out var fault) is not { } node)
            return fault;

        return PatternCompiler.Compile([node]) is null ? new PatternFault(1, TooLarge) : null;
    }

    /// <summary>Whether expressions that are right each are not too large together.</summary>
    public static bool Fit(IReadOnlyList<string> texts) => PatternCompiler.Compile(Nodes(texts)) is not null;

    /// <summary>Compiles expressions into one pattern that matches where any of them does.</summary>
    /// <param name="texts">Expressions that <see cref="Check"/> found to be right, and that <see cref="Fit"/>.</param>
    /// <returns>Null where there are none.</returns>
    public static Pattern? Of(params IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
            return null;

        return new Pattern(PatternCompiler.Compile(Nodes(texts)) ?? throw new ArgumentException(TooLarge, nameof(texts)));
    }

    /// <summary>Whether it matches anywhere.</summary>
    /// <param name="text">UTF-8.</param>
    public bool IsMatch(ReadOnlySpan<byte> text) => _matcher.IsMatch(text);

    /// <summary>
    /// Finds all matches that are not empty. Where that would take much longer than the text is long, the rest of it counts as one match:
    /// what is looked for here is to be hidden.
    /// </summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="found">Gets the matches, in order and apart from each other.</param>
    public void FindAll(ReadOnlySpan<byte> text, Spans found)
    {
        if (!_matcher.IsMatch(text))
            return;

        var effort = Math.Max(EffortMin, (long)text.Length * EffortMax);
        for (var at = 0; at < text.Length;)
        {
            if (effort < 0)
            {
                found.Add(at, text.Length);
                return;
            }

            if (_finder.Find(text, at, out var examined) is not { } match)
                return;

            effort -= examined - at;
            if (match.End > match.Start)
                found.Add(match.Start, match.End);
            at = match.End > at ? match.End : at + 1;
        }
    }

    static List<PatternNode> Nodes(IReadOnlyList<string> texts)
    {
        var nodes = new List<PatternNode>(texts.Count);
        foreach (var text in texts)
            nodes.Add(PatternReader.Read(text, out var fault) ?? throw new ArgumentException(fault!.ToString(), nameof(texts)));
        return nodes;
    }
}
