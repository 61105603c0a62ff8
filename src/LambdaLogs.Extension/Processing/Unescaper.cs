using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing;

/// <summary>
/// Returns the unescaped text of the inside of a JSON string. Most have no escapes and are returned unchanged. One user at a time.
/// </summary>
internal sealed class Unescaper
{
    readonly Scratch _scratch = new();

    /// <summary>Unescapes a text; valid until the next call.</summary>
    /// <param name="raw">The inside of a valid JSON string.</param>
    public ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> raw)
    {
        if (!raw.Contains((byte)'\\'))
            return raw;

        var plain = _scratch.Take(raw.Length);
        return plain[..JsonText.Unescape(raw, plain)];
    }
}
