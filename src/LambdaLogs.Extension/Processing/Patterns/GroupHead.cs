namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>The text after a <c>(</c> that starts with <c>?</c>.</summary>
/// <param name="Flags">The flags within the group, or from here on if it has no body.</param>
/// <param name="HasNoBody">Whether the group has no body: <c>(?i)</c>, or a comment.</param>
/// <param name="Fault">Why it is not supported. Null: it is.</param>
internal readonly record struct GroupHead(PatternFlags Flags, bool HasNoBody, string? Fault)
{
    /// <summary>Parses it.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="at">Index of the <c>?</c>; afterwards of the text after the head.</param>
    /// <param name="flags">The flags before it.</param>
    public static GroupHead Read(string text, ref int at, PatternFlags flags)
    {
        var rest = text.AsSpan(at + 1);
        if (rest.StartsWith("=") || rest.StartsWith("!") || rest.StartsWith("<=") || rest.StartsWith("<!"))
            return Invalid("looking ahead and behind is not supported: it cannot be matched in linear time");
        if (rest.StartsWith(">"))
            return Invalid("groups that do not give back, (?>, are not supported");
        if (rest.StartsWith("#"))
            return Comment(text, ref at, flags);
        if (rest.StartsWith("<") || rest.StartsWith("P<") || rest.StartsWith("'"))
            return Name(rest, ref at, flags);

        return Letters(rest, ref at, flags);
    }

    static GroupHead Invalid(string fault) => new(PatternFlags.None, false, fault);

    static GroupHead Comment(string text, ref int at, PatternFlags flags)
    {
        var end = text.IndexOf(')', at);
        if (end < 0)
            return Invalid("a comment has no )");

        at = end + 1;
        return new GroupHead(flags, true, null);
    }

    static GroupHead Name(ReadOnlySpan<char> rest, ref int at, PatternFlags flags)
    {
        var start = rest[0] == 'P' ? 2 : 1;
        var end = rest[start..].IndexOf(rest[0] == '\'' ? '\'' : '>');
        if (end <= 0)
            return Invalid("the group's name has no end");

        at += 1 + start + end + 1;
        return new GroupHead(flags, false, null);
    }

    static GroupHead Letters(ReadOnlySpan<char> rest, ref int at, PatternFlags flags)
    {
        var on = true;
        for (var index = 0; index < rest.Length; index++)
        {
            var flag = rest[index] switch
            {
                'i' => PatternFlags.IgnoreCase,
                'm' => PatternFlags.Lines,
                's' => PatternFlags.DotAll,
                _ => PatternFlags.None,
            };
            if (rest[index] is ':' or ')')
            {
                at += index + 2;
                return new GroupHead(flags, rest[index] == ')', null);
            }

            if (rest[index] == '-')
                on = false;
            else if (flag == PatternFlags.None)
                return Invalid($"there is no group (?{rest[index]}");
            flags = on ? flags | flag : flags & ~flag;
        }

        return Invalid("a ( has no )");
    }
}
