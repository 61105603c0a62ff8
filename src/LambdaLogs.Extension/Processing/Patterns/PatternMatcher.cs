namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>
/// Decides whether a program matches anywhere in a text, by a lazily filled state table (a DFA): one lookup for a byte. The table is
/// bounded and is reset when it is full. One thread at a time.
/// </summary>
internal sealed class PatternMatcher
{
    /// <summary>Most states that are kept.</summary>
    public const int StatesMax = 400;

    const ushort Unknown = 0;
    const ushort Matched = 1;
    const ushort FirstState = 2;

    readonly PatternProgram _program;

    // The class for the end of the text follows those of bytes.
    readonly int _width;
    readonly Dictionary<string, ushort> _numbers = [];
    readonly List<string> _states = [];
    readonly WorkMeter _work;
    readonly PatternWalk _walk;
    readonly StepSet _next;
    ushort[] _table = [];

    /// <summary>Prepares the matcher.</summary>
    /// <param name="program">The program.</param>
    /// <param name="work">Counts the steps.</param>
    public PatternMatcher(PatternProgram program, WorkMeter work)
    {
        _program = program;
        _width = program.ClassCount + 1;
        _work = work;
        _walk = new PatternWalk(program, work);
        _next = new StepSet(program.Steps.Length);
        AddState("s");
    }

    /// <summary>Returns whether there is a match.</summary>
    /// <param name="text">UTF-8.</param>
    /// <returns>Also false if the work limit is reached.</returns>
    public bool IsMatch(ReadOnlySpan<byte> text)
    {
        _work.Count(text.Length);
        var classes = _program.Classes;
        var state = FirstState;
        var before = TextPosition.None;
        foreach (var value in text)
        {
            var next = _table[((state - FirstState) * _width) + classes[value]];
            if (next == Unknown)
            {
                if (_work.IsSpent)
                    return false;

                next = Step(state, before, value);
            }

            if (next == Matched)
                return true;

            state = next;
            before = value;
        }

        var end = _table[((state - FirstState) * _width) + _width - 1];
        return (end == Unknown ? Step(state, before, TextPosition.None) : end) == Matched;
    }

    /// <summary>Computes the next state for a byte, and stores it.</summary>
    /// <param name="state">The current state.</param>
    /// <param name="before">The previous byte, which the state also represents.</param>
    /// <param name="value">The byte, or <see cref="TextPosition.None"/>.</param>
    ushort Step(ushort state, int before, int value)
    {
        var place = new TextPosition(before, value);
        var waiting = _states[state - FirstState];
        var isMatch = Reach(waiting, place);
        var next = Matched;
        if (!isMatch)
        {
            // After a reset the table has no row for this state.
            var kept = _states.Count < StatesMax;
            next = StateOf(value == TextPosition.None ? "" : StepsAfter(value), value);
            if (!kept && _states.Count < StatesMax)
                return next;
        }

        var column = value == TextPosition.None ? _width - 1 : _program.Classes[value];
        _table[((state - FirstState) * _width) + column] = next;
        return next;
    }

    /// <summary>Follows all alternatives that consume no byte, from the pending steps and from the start.</summary>
    bool Reach(string waiting, TextPosition place)
    {
        _walk.Begin();
        // The first character encodes the previous byte; see StateOf.
        for (var index = 1; index < waiting.Length; index++)
        {
            if (_walk.Follow(waiting[index], start: 0, place))
                return true;
        }

        return _walk.Follow(_program.Start, start: 0, place);
    }

    /// <summary>Returns the steps that are pending after a byte.</summary>
    string StepsAfter(int value)
    {
        _walk.Consume(value, _next, default);
        Span<char> waiting = stackalloc char[PatternCompiler.StepsMax + 1];
        for (var index = 0; index < _next.Count; index++)
            waiting[index] = (char)_next[index];

        waiting = waiting[.._next.Count];
        waiting.Sort();
        return new string(waiting);
    }

    /// <summary>Returns the number of a state: the pending steps, and the class of the previous byte.</summary>
    ushort StateOf(string waiting, int before)
    {
        var kind = before == TextPosition.None ? 's' : before == '\n' ? 'n' : PatternProgram.IsWord(before) ? 'w' : 'o';
        var key = kind + waiting;
        if (_numbers.TryGetValue(key, out var number))
            return number;

        if (_states.Count == StatesMax)
            Reset();
        return AddState(key);
    }

    ushort AddState(string key)
    {
        var number = (ushort)(_states.Count + FirstState);
        _states.Add(key);
        _numbers.Add(key, number);
        if (_table.Length < _states.Count * _width)
            Array.Resize(ref _table, Math.Min(StatesMax, _states.Count * 2) * _width);
        return number;
    }

    void Reset()
    {
        _states.Clear();
        _numbers.Clear();
        _table.AsSpan().Clear();
        AddState("s");
    }
}
