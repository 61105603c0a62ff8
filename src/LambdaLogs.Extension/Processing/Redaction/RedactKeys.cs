namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>
/// The names of JSON members whose values are redacted: as they are set, alone or behind the names of what they are in, and those that
/// the presets bring. Compared without escapes and without regard to case.
/// </summary>
internal sealed class RedactKeys
{
    /// <summary>Most names of all paths together: one bit each.</summary>
    public const int PathNamesMax = 64;

    readonly RedactPresets _presets;
    readonly byte[][] _names;
    readonly byte[][] _pathNames;
    readonly ulong _firsts;
    readonly ulong _lasts;

    /// <summary>Prepares the names.</summary>
    /// <param name="options">What is redacted.</param>
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

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _presets == RedactPresets.None && !HasOwn;

    bool HasOwn => _names.Length + _pathNames.Length > 0;

    /// <summary>Whether the value of a member is redacted.</summary>
    /// <param name="raw">Its name, as it stands in a text.</param>
    /// <param name="open">The names of paths that may come next.</param>
    /// <param name="next">The names of paths that may come within its value.</param>
    /// <param name="kind">What the name says of its value, where a preset brings it.</param>
    /// <returns>Whether it is one of the names that are set.</returns>
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
