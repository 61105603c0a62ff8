namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>
/// Regular expressions over UTF-8 that match in linear time, whatever the expression, so that no pattern can stall a function. A separate
/// engine, because the framework's would make the layer 7 % larger. The syntax is that of .NET, Java and Python without lookaround,
/// backreferences and possessive quantifiers; <c>\d</c>, <c>\w</c>, <c>\s</c> and <c>\b</c> are ASCII only. One thread at a time.
/// </summary>
internal sealed class Pattern
{
    const string TooLarge = "the pattern is too large";

    readonly PatternMatcher _matcher;
    readonly PatternFinder _finder;
    readonly WorkMeter _work;

    Pattern(PatternProgram program, WorkMeter work)
    {
        _work = work;
        _matcher = new PatternMatcher(program, work);
        _finder = new PatternFinder(program, work);
    }

    /// <summary>Validates an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <returns>What is wrong. Null: it is valid.</returns>
    public static PatternError? Validate(string text)
    {
        if (PatternReader.Read(text, out var fault) is not { } node)
            return fault;

        return PatternCompiler.Compile([node]) is null ? new PatternError(1, TooLarge) : null;
    }

    /// <summary>Whether the combination of valid expressions is small enough.</summary>
    public static bool FitTogether(IReadOnlyList<string> texts) => PatternCompiler.Compile(Nodes(texts)) is not null;

    /// <summary>Compiles expressions into one pattern that matches if any of them does.</summary>
    /// <param name="texts">Expressions for which <see cref="Validate"/> returned null and that <see cref="FitTogether"/>.</param>
    /// <param name="work">Counts and limits the steps.</param>
    /// <returns>Null if there are none.</returns>
    public static Pattern? Compile(IReadOnlyList<string> texts, WorkMeter work)
    {
        if (texts.Count == 0)
            return null;

        return new Pattern(PatternCompiler.Compile(Nodes(texts)) ?? throw new ArgumentException(TooLarge, nameof(texts)), work);
    }

    /// <summary>Whether the pattern matches anywhere. Undefined if <see cref="WorkMeter.IsSpent"/>.</summary>
    /// <param name="text">UTF-8.</param>
    public bool IsMatch(ReadOnlySpan<byte> text) => _matcher.IsMatch(text);

    /// <summary>
    /// Finds all non-empty matches. A pattern such as <c>x*y|x</c> scans the rest of the text for every match: if
    /// <see cref="WorkMeter.IsSpent"/>, the last matches are missing.
    /// </summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="found">Receives the matches, in order and disjoint.</param>
    public void FindAll(ReadOnlySpan<byte> text, RangeList found)
    {
        if (!_matcher.IsMatch(text))
            return;

        for (var at = 0; at < text.Length && !_work.IsSpent;)
        {
            if (_finder.Find(text, at) is not { } match)
                return;

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
