namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>The names of secrets that <see cref="NamedSecrets"/> looks for. Structs, so that a search calls them directly.</summary>
internal interface ISecretNames
{
    /// <summary>Whether the name before this sign counts.</summary>
    /// <param name="text">Unescaped UTF-8.</param>
    /// <param name="sign">The position of the sign between the name and its value.</param>
    bool Includes(ReadOnlySpan<byte> text, int sign);

    /// <summary>The kind of secret behind a name.</summary>
    /// <param name="name">The name, without quotes. Can be empty.</param>
    /// <param name="isParameter">Whether it is a parameter in a URL's query.</param>
    /// <param name="work">Counts the examined bytes.</param>
    SecretKind KindOf(ReadOnlySpan<byte> name, bool isParameter, WorkMeter work);
}

/// <summary>The names of presets.</summary>
internal readonly struct PresetNames(RedactPresets presets) : ISecretNames
{
    public bool Includes(ReadOnlySpan<byte> text, int sign) => true;

    public SecretKind KindOf(ReadOnlySpan<byte> name, bool isParameter, WorkMeter work)
    {
        work.Count(SecretNames.BytesMax);
        return name.IsEmpty ? SecretKind.None : SecretNames.KindOf(name, presets, isParameter);
    }
}

/// <summary>
/// The names of the settings, except in JSON, which <see cref="NamedValueRedactor"/> handles: <c>password=x</c>, <c>password: x</c>,
/// <c>{ user: { password: 'x' } }</c>, <c>user.password = x</c>.
/// </summary>
internal struct ConfiguredNames(RedactKeys keys) : ISecretNames
{
    // The names of paths that have occurred so far.
    ulong _open;

    public readonly bool Includes(ReadOnlySpan<byte> text, int sign)
    {
        var isJson = text[sign] == ':' && text[..sign].TrimEnd(" \t"u8) is [.., (byte)'"'];
        return !isJson && text[sign] != ',';
    }

    public SecretKind KindOf(ReadOnlySpan<byte> name, bool isParameter, WorkMeter work)
    {
        work.Count(name.Length);
        return keys.MatchDotted(name, ref _open) ? SecretKind.Token : SecretKind.None;
    }
}
