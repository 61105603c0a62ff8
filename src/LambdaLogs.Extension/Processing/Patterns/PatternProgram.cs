namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>A compiled pattern: steps, of which step 0 is the match. Immutable.</summary>
internal sealed class PatternProgram
{
    // Null: the pattern may match the empty string.
    readonly bool[]? _firstBytes;

    /// <summary>Creates a program.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="start">The index of the first step.</param>
    public PatternProgram(PatternStep[] steps, int start)
    {
        Steps = steps;
        Start = start;
        Classes = ClassesOf(steps, out var count);
        ClassCount = count;
        _firstBytes = FirstBytesOf(steps, start);
    }

    /// <summary>The steps.</summary>
    public PatternStep[] Steps { get; }

    /// <summary>The index of the first step.</summary>
    public int Start { get; }

    /// <summary>The class of each byte: bytes of one class are equivalent for every step and assertion.</summary>
    public byte[] Classes { get; }

    /// <summary>The number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>Whether a byte is a word character.</summary>
    public static bool IsWord(int value) => value < 0x80 && (char.IsAsciiLetterOrDigit((char)value) || value == '_');

    /// <summary>Whether a match may start with a byte. True if unknown.</summary>
    public bool MayBegin(byte value) => _firstBytes is null || _firstBytes[value];

    static bool[]? FirstBytesOf(PatternStep[] steps, int start)
    {
        var first = new bool[256];
        var reached = new StepSet(steps.Length);
        reached.Add(start);
        for (var index = 0; index < reached.Count; index++)
        {
            ref readonly var step = ref steps[reached[index]];
            if (step.Kind == StepKind.Match)
                return null;

            if (step.Kind == StepKind.Consume)
            {
                first.AsSpan(step.From, step.To - step.From + 1).Fill(true);
                continue;
            }

            reached.Add(step.Next);
            if (step.Kind == StepKind.Split)
                reached.Add(step.Other);
        }

        return first;
    }

    static byte[] ClassesOf(PatternStep[] steps, out int count)
    {
        var begins = new bool[257];
        foreach (var step in steps)
        {
            if (step.Kind != StepKind.Consume)
                continue;

            begins[step.From] = true;
            begins[step.To + 1] = true;
        }

        // Assertions distinguish line feeds, word characters and UTF-8 continuation bytes.
        begins[0x80] = begins[0xC0] = true;
        foreach (var border in "\n\v09AZ__az"u8)
            begins[border] = true;
        foreach (var border in ":[`{"u8)
            begins[border] = true;

        var classes = new byte[256];
        count = 1;
        for (var value = 1; value < classes.Length; value++)
        {
            if (begins[value])
                count++;
            classes[value] = (byte)(count - 1);
        }

        return classes;
    }
}
