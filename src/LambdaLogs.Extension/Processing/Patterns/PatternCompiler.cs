namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>
/// Compiles a pattern to steps over UTF-8 bytes, from the end to the start: every part gets the step that follows it. For one use.
/// </summary>
internal sealed class PatternCompiler
{
    /// <summary>Most steps of one program. They bound the cost of a byte.</summary>
    public const int StepsMax = 3000;

    readonly List<PatternStep> _steps = [new(StepKind.Match, 0, 0, 0, 0)];

    /// <summary>Compiles patterns into one program, which matches if any of them does.</summary>
    /// <param name="patterns">At least one; earlier ones are preferred.</param>
    /// <returns>Null if more than <see cref="StepsMax"/> steps are needed.</returns>
    public static PatternProgram? Compile(params IReadOnlyList<PatternNode> patterns)
    {
        var compiler = new PatternCompiler();
        var start = compiler.Choice(patterns, next: 0);
        return compiler.IsFull ? null : new PatternProgram([.. compiler._steps], start);
    }

    bool IsFull => _steps.Count > StepsMax;

    int Add(PatternStep step)
    {
        // When it is full, the rest is only visited, so that a(b{1000}){1000} ends quickly.
        if (!IsFull)
            _steps.Add(step);
        return _steps.Count - 1;
    }

    int Compile(PatternNode node, int next)
    {
        if (IsFull)
            return next;

        return node switch
        {
            PatternNode.Set set => Utf8Ranges.Compile(set.Characters, next, Add),
            PatternNode.Assertion condition => Add(new PatternStep(StepKind.Assertion, (byte)condition.Kind, 0, next, 0)),
            PatternNode.Sequence sequence => Sequence(sequence.Parts, next),
            PatternNode.Choice choice => Choice(choice.Parts, next),
            PatternNode.Repeat repeat => Repeat(repeat, next),
            _ => next,
        };
    }

    int Sequence(IReadOnlyList<PatternNode> parts, int next)
    {
        for (var index = parts.Count - 1; index >= 0; index--)
            next = Compile(parts[index], next);
        return next;
    }

    int Choice(IReadOnlyList<PatternNode> parts, int next)
    {
        var start = Compile(parts[^1], next);
        for (var index = parts.Count - 2; index >= 0; index--)
            start = Split(Compile(parts[index], next), start);
        return start;
    }

    int Repeat(PatternNode.Repeat repeat, int next)
    {
        var start = next;
        if (repeat.Max is not { } max)
            start = Loop(repeat, next);
        else
            for (var times = repeat.Min; times < max && !IsFull; times++)
                start = Either(repeat.IsLazy, Compile(repeat.Part, start), next);

        for (var times = 0; times < repeat.Min && !IsFull; times++)
            start = Compile(repeat.Part, start);
        return start;
    }

    int Loop(PatternNode.Repeat repeat, int next)
    {
        // The repeated part needs the number of the split before the split is complete.
        var split = Add(default);
        var part = Compile(repeat.Part, split);
        if (!IsFull)
            _steps[split] = repeat.IsLazy ? SplitStep(next, part) : SplitStep(part, next);
        return split;
    }

    int Either(bool isLazy, int part, int next) => isLazy ? Split(next, part) : Split(part, next);

    int Split(int preferred, int other) => Add(SplitStep(preferred, other));

    static PatternStep SplitStep(int preferred, int other) => new(StepKind.Split, 0, 0, preferred, other);
}
