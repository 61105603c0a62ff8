using System.Text;

namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>
/// Writes what stands in the place of what is hidden: a constant, or a keyed hash, by which equal values can be told without being known.
/// </summary>
internal sealed class RedactMark
{
    /// <summary>Bytes of a hash that are shown: enough to tell values apart, too few to matter if the salt is lost.</summary>
    const int HashBytes = 8;

    readonly byte[]? _constant;
    readonly byte[] _salt;
    readonly KeyedHash _hash;

    /// <summary>Prepares the mark.</summary>
    /// <param name="options">Which.</param>
    /// <param name="tools">Give a random salt, where it is needed, and the hash.</param>
    public RedactMark(RedactOptions options, RuleTools tools)
    {
        _hash = tools.Hash;
        _constant = options.Mark is { } mark ? Encoding.UTF8.GetBytes(mark) : null;
        _salt = _constant is null ? Encoding.UTF8.GetBytes(options.Salt ?? tools.NewSalt()) : [];
    }

    /// <summary>Writes it, in plain text.</summary>
    /// <param name="hidden">What it stands for, in plain text.</param>
    /// <param name="output">Where to.</param>
    public void Write(ReadOnlySpan<byte> hidden, GrowingBytes output)
    {
        if (_constant is not null)
        {
            output.Add(_constant);
            return;
        }

        output.Add("hash:"u8);
        foreach (var value in _hash(_salt, hidden).AsSpan(0, HashBytes))
        {
            output.Add("0123456789abcdef"u8[value >> 4]);
            output.Add("0123456789abcdef"u8[value & 15]);
        }
    }
}
