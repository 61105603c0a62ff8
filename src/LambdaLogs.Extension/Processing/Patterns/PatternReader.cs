using System.Text;

namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>
/// Parses a regular expression: the common syntax of .NET, Java, Python and PCRE, except what cannot be matched in linear time. Stops at
/// the first error. For one use.
/// </summary>
/// <param name="text">The expression.</param>
internal sealed class PatternReader(string text)
{
    const int DepthMax = 100;

    int _at;
    int _depth;
    PatternFlags _flags;
    PatternError? _fault;

    /// <summary>Parses an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="fault">The error. Null: none.</param>
    /// <returns>Null if there is an error.</returns>
    public static PatternNode? Read(string text, out PatternError? fault)
    {
        var reader = new PatternReader(text);
        var node = reader.ReadChoice();
        if (reader._fault is null && reader._at < text.Length)
            reader.Fail(reader._at, "there is a ) without its (");
        fault = reader._fault;
        return fault is null ? node : null;
    }

    bool AtEnd => _fault is not null || _at >= text.Length;

    PatternNode ReadChoice()
    {
        List<PatternNode> parts = [ReadSequence()];
        while (!AtEnd && text[_at] == '|')
        {
            _at++;
            parts.Add(ReadSequence());
        }

        return parts.Count == 1 ? parts[0] : new PatternNode.Choice(parts);
    }

    PatternNode ReadSequence()
    {
        List<PatternNode> parts = [];
        while (!AtEnd && text[_at] is not ('|' or ')'))
        {
            var part = ReadPart();
            if (part is not PatternNode.Empty)
                parts.Add(part);
        }

        return parts.Count switch
        {
            0 => new PatternNode.Empty(),
            1 => parts[0],
            _ => new PatternNode.Sequence(parts),
        };
    }

    PatternNode ReadPart()
    {
        var start = _at;
        var part = ReadAtom();
        while (!AtEnd && Quantifiers.TryRead(text, ref _at, out var quantifier))
        {
            if (quantifier.Fault is { } reason)
                return Fail(start, reason);
            if (part is PatternNode.Repeat or PatternNode.Assertion or PatternNode.Empty)
                return Fail(start, part is PatternNode.Repeat ? "a repetition is repeated: put it in ( )" : "there is nothing to repeat");

            part = new PatternNode.Repeat(part, quantifier.Min, quantifier.Max, quantifier.IsLazy);
        }

        return part;
    }

    PatternNode ReadAtom()
    {
        var start = _at;
        var character = text[_at++];
        switch (character)
        {
            case '(':
                return ReadGroup(start);
            case '[':
                return ReadSet(start);
            case '\\':
                return ReadEscape(start);
            case '.':
                return new PatternNode.Set(Has(PatternFlags.DotAll) ? CharacterSet.All() : CharacterSet.AllButLineFeed());
            case '^':
                return new PatternNode.Assertion(Has(PatternFlags.Lines) ? AssertionKind.LineStart : AssertionKind.TextStart);
            case '$':
                return new PatternNode.Assertion(Has(PatternFlags.Lines) ? AssertionKind.LineEnd : AssertionKind.TextEnd);
            case '*' or '+' or '?':
                return Fail(start, $"there is nothing to repeat before {character}");
            default:
                return Character(ReadRune(start));
        }
    }

    int ReadRune(int start)
    {
        Rune.DecodeFromUtf16(text.AsSpan(start), out var rune, out var used);
        _at = start + used;
        return rune.Value;
    }

    PatternNode Character(int value) => Set(CharacterSet.Of((value, value)));

    PatternNode Set(CharacterSet set) => new PatternNode.Set(Has(PatternFlags.IgnoreCase) ? set.InBothCases() : set);

    PatternNode ReadGroup(int start)
    {
        if (++_depth > DepthMax)
            return Fail(start, $"groups are nested deeper than {DepthMax}");

        var outer = _flags;
        if (text.AsSpan(_at).StartsWith("?"))
        {
            var head = GroupHead.Read(text, ref _at, _flags);
            if (head.Fault is { } reason)
                return Fail(start, reason);

            _flags = head.Flags;
            if (head.HasNoBody)
            {
                // The flags apply to the end of the enclosing group.
                _depth--;
                return new PatternNode.Empty();
            }
        }

        var body = ReadChoice();
        _flags = outer;
        _depth--;
        if (_fault is not null)
            return body;
        if (_at >= text.Length)
            return Fail(start, "a ( has no )");

        _at++;
        // A group counts as one part: a** is an error, (a*)* is not.
        return body is PatternNode.Repeat or PatternNode.Assertion or PatternNode.Empty ? new PatternNode.Sequence([body]) : body;
    }

    PatternNode ReadSet(int start)
    {
        var set = new CharacterSet();
        var inverted = _at < text.Length && text[_at] == '^';
        if (inverted)
            _at++;

        for (var first = true; _at < text.Length && (text[_at] != ']' || first); first = false)
        {
            if (!ReadSetItem(set, out var reason))
                return Fail(start, reason);
        }

        if (_at >= text.Length)
            return Fail(start, "a [ has no ]");

        _at++;
        var cased = Has(PatternFlags.IgnoreCase) ? set.InBothCases() : set;
        return new PatternNode.Set(inverted ? cased.Inverted() : cased);
    }

    bool ReadSetItem(CharacterSet set, out string reason)
    {
        var rest = text.AsSpan(_at);
        if (rest.StartsWith("[:") || rest.StartsWith("[.") || rest.StartsWith("[="))
        {
            reason = "names of classes such as [:alpha:] are not supported: write the characters";
            return false;
        }

        if (!ReadSetEnd(out var from, out var known, out reason))
            return false;

        if (known is not null)
        {
            set.Add(known);
            return true;
        }

        var isRange = _at + 1 < text.Length && text[_at] == '-' && text[_at + 1] != ']';
        var to = from;
        if (isRange)
        {
            _at++;
            if (!ReadSetEnd(out to, out known, out reason))
                return false;

            if (known is not null || to < from)
            {
                reason = "a range in [ ] runs backwards or to a class";
                return false;
            }
        }

        set.Add(from, to);
        return true;
    }

    /// <summary>Parses a character of a set, or a class such as <c>\d</c>.</summary>
    bool ReadSetEnd(out int character, out CharacterSet? known, out string reason)
    {
        known = null;
        reason = "";
        var start = _at;
        if (text[_at++] != '\\')
        {
            character = ReadRune(start);
            return true;
        }

        var escape = PatternEscape.Read(text, ref _at, inSet: true);
        character = escape.Character;
        known = escape.Set;
        reason = escape.Fault ?? "";
        return escape.Fault is null;
    }

    PatternNode ReadEscape(int start)
    {
        var escape = PatternEscape.Read(text, ref _at, inSet: false);
        if (escape.Fault is { } reason)
            return Fail(start, reason);
        if (escape.Assertion is { } place)
            return new PatternNode.Assertion(place);

        return escape.Set is { } set ? new PatternNode.Set(set) : Character(escape.Character);
    }

    bool Has(PatternFlags flag) => (_flags & flag) != 0;

    PatternNode.Empty Fail(int at, string reason)
    {
        _fault ??= new PatternError(at + 1, reason);
        return new PatternNode.Empty();
    }
}
