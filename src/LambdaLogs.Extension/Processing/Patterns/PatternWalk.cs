namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>
/// Walks the steps of a program that consume no byte, and then those that consume one. Every step is visited at most once between two
/// bytes, so that a byte costs at most as many visits as the program has steps. One thread at a time.
/// </summary>
/// <param name="program">The program.</param>
/// <param name="work">Counts the visits.</param>
internal sealed class PatternWalk(PatternProgram program, WorkMeter work)
{
    // For each step the start of the match that has reached it.
    readonly int[] _starts = new int[program.Steps.Length];
    readonly StepSet _reached = new(program.Steps.Length);

    // A step is expanded once and adds at most two.
    readonly int[] _open = new int[(2 * program.Steps.Length) + 1];

    /// <summary>Starts at another index of the text.</summary>
    public void Begin() => _reached.Clear();

    /// <summary>Visits a step and all steps that can be reached from it without consuming a byte, in order of priority.</summary>
    /// <param name="first">The step to start with.</param>
    /// <param name="start">The start of the match.</param>
    /// <param name="place">The bytes before and after the index.</param>
    /// <returns>Whether the match was reached. Steps with lower priority are then not visited.</returns>
    public bool Follow(int first, int start, TextPosition place)
    {
        var open = 0;
        var visits = 0;
        _open[open++] = first;
        while (open > 0)
        {
            var number = _open[--open];
            visits++;
            if (!_reached.Add(number))
                continue;

            _starts[number] = start;
            ref readonly var step = ref program.Steps[number];
            if (step.Kind == StepKind.Match)
            {
                work.Count(visits);
                return true;
            }

            if (step.Kind == StepKind.Split)
                _open[open++] = step.Other;
            if (step.Kind == StepKind.Split || (step.Kind == StepKind.Assertion && place.Satisfies(step.Assertion)))
                _open[open++] = step.Next;
        }

        work.Count(visits);
        return false;
    }

    /// <summary>Finds the steps after a byte.</summary>
    /// <param name="value">The byte.</param>
    /// <param name="next">Receives the steps, in order of priority.</param>
    /// <param name="starts">Receives the start of the match for each of them. Empty: not needed.</param>
    public void Consume(int value, StepSet next, Span<int> starts)
    {
        next.Clear();
        work.Count(_reached.Count);
        for (var index = 0; index < _reached.Count; index++)
        {
            var number = _reached[index];
            ref readonly var step = ref program.Steps[number];
            if (step.Kind == StepKind.Consume && value >= step.From && value <= step.To && next.Add(step.Next) && !starts.IsEmpty)
                starts[step.Next] = _starts[number];
        }
    }
}
