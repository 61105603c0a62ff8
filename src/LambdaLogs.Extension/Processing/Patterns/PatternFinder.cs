namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>
/// Finds the positions of matches by the rules of Perl and .NET: the leftmost match, and of those the one that the pattern prefers. Scans
/// the text once, with all alternatives in parallel. One thread at a time.
/// </summary>
/// <param name="program">The program.</param>
/// <param name="work">Counts the steps.</param>
internal sealed class PatternFinder(PatternProgram program, WorkMeter work)
{
    // For each step the start of the match that has reached it.
    readonly int[] _starts = new int[program.Steps.Length];
    readonly StepSet _waiting = new(program.Steps.Length);
    readonly PatternWalk _walk = new(program, work);

    /// <summary>Finds the first match.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="from">Where to start. Assertions see the text before it.</param>
    /// <returns>The match, perhaps empty. Null: none, or the work limit is reached.</returns>
    public (int Start, int End)? Find(ReadOnlySpan<byte> text, int from)
    {
        (int Start, int End)? found = null;
        _waiting.Clear();
        for (var at = from; ; at++)
        {
            if (_waiting.Count == 0 && found is null)
                at = SkipToFirst(text, at);
            var place = new TextPosition(at == 0 ? TextPosition.None : text[at - 1], at == text.Length ? TextPosition.None : text[at]);
            if (Reach(place, at, mayBegin: found is null) is { } start)
                found = (start, at);
            if (at == text.Length)
                return found;
            if (work.IsSpent)
                return null;

            _walk.Consume(text[at], _waiting, _starts);
            if (_waiting.Count == 0 && found is not null)
                return found;
        }
    }

    /// <summary>The next index at which a match may start.</summary>
    int SkipToFirst(ReadOnlySpan<byte> text, int from)
    {
        var at = from;
        while (at < text.Length && !program.MayBegin(text[at]))
            at++;
        work.Count(at - from);
        return at;
    }

    /// <summary>Follows all alternatives that consume no byte. Alternatives with lower priority than a match are dropped.</summary>
    /// <returns>The start of a match that ends here. Null: none.</returns>
    int? Reach(TextPosition place, int at, bool mayBegin)
    {
        _walk.Begin();
        for (var index = 0; index < _waiting.Count; index++)
        {
            var step = _waiting[index];
            if (_walk.Follow(step, _starts[step], place))
                return _starts[step];
        }

        return mayBegin && _walk.Follow(program.Start, at, place) ? at : null;
    }
}
