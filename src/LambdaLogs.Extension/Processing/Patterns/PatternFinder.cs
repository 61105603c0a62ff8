namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>
/// Finds where a program matches, by the rules of Perl and .NET: the leftmost place, and there what the pattern prefers. Goes through the
/// text once with all ways side by side. One thread at a time.
/// </summary>
/// <param name="program">The program.</param>
internal sealed class PatternFinder(PatternProgram program)
{
    // By step: where the way began that waits at it, or that has reached it.
    readonly int[] _waitingStarts = new int[program.Steps.Length];
    readonly int[] _reachedStarts = new int[program.Steps.Length];

    // Both in the order of preference.
    readonly StepSet _waiting = new(program.Steps.Length);
    readonly StepSet _reached = new(program.Steps.Length);
    readonly Stack<int> _open = new();

    /// <summary>Finds the first match.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="from">Where to begin; what stands before it is seen by conditions.</param>
    /// <param name="examined">Up to where the text was looked at.</param>
    /// <returns>Where the match is, perhaps empty. Null: there is none.</returns>
    public (int Start, int End)? Find(ReadOnlySpan<byte> text, int from, out int examined)
    {
        (int Start, int End)? found = null;
        _waiting.Clear();
        for (examined = from; ; examined++)
        {
            var place = new Place(
                examined == 0 ? Place.None : text[examined - 1],
                examined == text.Length ? Place.None : text[examined]);
            if (Reach(place, examined, mayBegin: found is null) is { } start)
                found = (start, examined);
            if (examined == text.Length)
                return found;

            Take(text[examined]);
            if (_waiting.Count == 0 && found is not null)
                return found;
        }
    }

    /// <summary>Follows all ways that take no byte. What is preferred less than a match is given up.</summary>
    /// <returns>Where a match began that ends here. Null: none does.</returns>
    int? Reach(Place place, int at, bool mayBegin)
    {
        _reached.Clear();
        for (var index = 0; index < _waiting.Count; index++)
        {
            var step = _waiting[index];
            if (Follow(step, _waitingStarts[step], place))
                return _waitingStarts[step];
        }

        return mayBegin && Follow(program.Start, at, place) ? at : null;
    }

    bool Follow(int first, int start, Place place)
    {
        _open.Clear();
        _open.Push(first);
        while (_open.TryPop(out var number))
        {
            if (!_reached.Add(number))
                continue;

            _reachedStarts[number] = start;
            var step = program.Steps[number];
            switch (step.Kind)
            {
                case StepKind.Match:
                    return true;
                case StepKind.Split:
                    _open.Push(step.Other);
                    _open.Push(step.Next);
                    break;
                case StepKind.Condition when place.Is(step.Place):
                    _open.Push(step.Next);
                    break;
                default:
                    break;
            }
        }

        return false;
    }

    void Take(byte value)
    {
        _waiting.Clear();
        for (var index = 0; index < _reached.Count; index++)
        {
            var number = _reached[index];
            var step = program.Steps[number];
            if (step.Kind == StepKind.Take && value >= step.From && value <= step.To && _waiting.Add(step.Next))
                _waitingStarts[step.Next] = _reachedStarts[number];
        }
    }
}
