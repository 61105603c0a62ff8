namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>
/// Says whether a program matches anywhere in a text: one table look-up for a byte, once the table knows the way. The table is filled as
/// texts come and is bounded; when it is full it starts anew. One thread at a time.
/// </summary>
internal sealed class PatternMatcher
{
    /// <summary>Most states that are kept.</summary>
    public const int StatesMax = 400;

    const ushort Unknown = 0;
    const ushort Matched = 1;
    const ushort FirstState = 2;

    readonly PatternProgram _program;

    // The class of the end of the text stands behind those of bytes.
    readonly int _width;
    readonly Dictionary<string, ushort> _numbers = [];
    readonly List<string> _states = [];
    readonly StepSet _reached;
    readonly Stack<int> _open = new();
    ushort[] _table = [];

    /// <summary>Prepares to match.</summary>
    /// <param name="program">The program.</param>
    public PatternMatcher(PatternProgram program)
    {
        _program = program;
        _width = program.ClassCount + 1;
        _reached = new StepSet(program.Steps.Length);
        AddState("s");
    }

    /// <summary>Whether there is a match.</summary>
    /// <param name="text">UTF-8.</param>
    public bool IsMatch(ReadOnlySpan<byte> text)
    {
        var classes = _program.Classes;
        var state = FirstState;
        var before = Place.None;
        foreach (var value in text)
        {
            var next = _table[((state - FirstState) * _width) + classes[value]];
            if (next == Unknown)
                next = Step(state, before, value);
            if (next == Matched)
                return true;

            state = next;
            before = value;
        }

        var end = _table[((state - FirstState) * _width) + _width - 1];
        return (end == Unknown ? Step(state, before, Place.None) : end) == Matched;
    }

    /// <summary>Finds where a byte leads, and notes it.</summary>
    /// <param name="state">Where from.</param>
    /// <param name="before">The byte before, which the state stands for as well.</param>
    /// <param name="value">The byte, or <see cref="Place.None"/>.</param>
    ushort Step(ushort state, int before, int value)
    {
        var place = new Place(before, value);
        var waiting = _states[state - FirstState];
        var isMatch = Reach(waiting, place);
        var next = Matched;
        if (!isMatch)
        {
            // A table that starts anew has no row of this state any more.
            var kept = _states.Count < StatesMax;
            next = StateOf(value == Place.None ? "" : Taken(value), value);
            if (!kept && _states.Count < StatesMax)
                return next;
        }

        var column = value == Place.None ? _width - 1 : _program.Classes[value];
        _table[((state - FirstState) * _width) + column] = next;
        return next;
    }

    /// <summary>Follows all ways that take no byte, from the steps that wait and from the start.</summary>
    bool Reach(string waiting, Place place)
    {
        _reached.Clear();
        // The first character says what stood before; see StateOf.
        for (var index = 1; index < waiting.Length; index++)
        {
            if (Follow(waiting[index], place))
                return true;
        }

        return Follow(_program.Start, place);
    }

    bool Follow(int start, Place place)
    {
        _open.Clear();
        _open.Push(start);
        while (_open.TryPop(out var number))
        {
            if (!_reached.Add(number))
                continue;

            var step = _program.Steps[number];
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

    /// <summary>The steps that wait behind a byte.</summary>
    string Taken(int value)
    {
        Span<char> waiting = stackalloc char[PatternCompiler.StepsMax + 1];
        var count = 0;
        for (var index = 0; index < _reached.Count; index++)
        {
            var step = _program.Steps[_reached[index]];
            if (step.Kind == StepKind.Take && value >= step.From && value <= step.To)
                waiting[count++] = (char)step.Next;
        }

        waiting = waiting[..count];
        waiting.Sort();
        return new string(waiting);
    }

    /// <summary>The number of a state: the steps that wait, and the kind of byte before them.</summary>
    ushort StateOf(string waiting, int before)
    {
        var kind = before == Place.None ? 's' : before == '\n' ? 'n' : PatternProgram.IsWord(before) ? 'w' : 'o';
        var key = kind + waiting;
        if (_numbers.TryGetValue(key, out var number))
            return number;

        if (_states.Count == StatesMax)
            StartAnew();
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

    void StartAnew()
    {
        _states.Clear();
        _numbers.Clear();
        _table.AsSpan().Clear();
        AddState("s");
    }
}
