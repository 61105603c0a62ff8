namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>
/// The names of JSON members whose values are redacted: single names and paths from the settings, and the names of the presets. Compared
/// unescaped and without case.
/// </summary>
internal sealed class RedactKeys
{
    /// <summary>Most names in all paths together: one bit each.</summary>
    public const int PathNamesMax = 64;

    readonly RedactPresets _presets;
    readonly byte[][] _names;
    readonly byte[][] _pathNames;
    readonly ulong _firsts;
    readonly ulong _lasts;

    /// <summary>Prepares the names.</summary>
    /// <param name="options">The redaction settings.</param>
    public RedactKeys(RedactOptions options)
    {
        _presets = options.Presets & (RedactPresets.Bearer | RedactPresets.AwsKey);
        _names = new byte[options.Keys.Count][];
        for (var index = 0; index < _names.Length; index++)
            _names[index] = MemberName.Of(options.Keys[index]);

        var names = new List<byte[]>();
        foreach (var path in options.Paths)
        {
            _firsts |= 1UL << names.Count;
            foreach (var name in path)
                names.Add(MemberName.Of(name));
            _lasts |= 1UL << (names.Count - 1);
        }

        _pathNames = [.. names];
    }

    /// <summary>Whether there are no names.</summary>
    public bool IsEmpty => _presets == RedactPresets.None && !HasOwn;

    /// <summary>Whether there are names from the settings.</summary>
    public bool HasOwn => _names.Length + _pathNames.Length > 0;

    /// <summary>Whether the value of a member is redacted.</summary>
    /// <param name="raw">The raw name.</param>
    /// <param name="open">The path names that may occur here.</param>
    /// <param name="next">The path names that may occur within its value.</param>
    /// <param name="kind">What a preset says about the value.</param>
    /// <returns>Whether it is a name from the settings.</returns>
    public bool Match(ReadOnlySpan<byte> raw, ulong open, out ulong next, out SecretKind kind)
    {
        next = 0;
        kind = SecretKind.None;
        if (raw.Length > MemberName.RawMax)
            return false;

        Span<byte> plain = stackalloc byte[raw.Length];
        raw.CopyTo(plain);
        plain = plain[..MemberName.Unescape(plain)];
        if (_presets != RedactPresets.None)
            kind = SecretNames.KindOf(plain, _presets);
        if (!HasOwn)
            return false;

        Span<byte> folded = stackalloc byte[MemberName.FoldedMax(plain.Length)];
        folded = folded[..MemberName.Fold(plain, folded)];
        foreach (var name in _names)
        {
            if (folded.SequenceEqual(name))
                return true;
        }

        return MatchPaths(folded, open | _firsts, out next);
    }

    /// <summary>Whether the value behind a name in text is redacted: the name as a whole, or one of its parts between dots.</summary>
    /// <param name="name">The name, without quotes.</param>
    /// <param name="open">The path names that may occur here. Receives those that may occur after it.</param>
    public bool MatchDotted(ReadOnlySpan<byte> name, ref ulong open)
    {
        if (name.IsEmpty)
            return false;

        if (name.Contains((byte)'.') && MatchInText(name, ref open))
            return true;

        foreach (var part in name.Split((byte)'.'))
        {
            if (MatchInText(name[part], ref open))
                return true;
        }

        return false;
    }

    bool MatchInText(ReadOnlySpan<byte> name, ref ulong open)
    {
        var isOwn = Match(name, open, out var next, out _);
        open |= next;
        return isOwn;
    }

    bool MatchPaths(ReadOnlySpan<byte> name, ulong open, out ulong next)
    {
        next = 0;
        for (var index = 0; index < _pathNames.Length; index++)
        {
            var bit = 1UL << index;
            if ((open & bit) == 0 || !name.SequenceEqual(_pathNames[index]))
                continue;
            if ((_lasts & bit) != 0)
                return true;

            next |= bit << 1;
        }

        return false;
    }
}
