using System.Text;

namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>
/// Writes the replacement of a redacted value: a constant, or a keyed hash, which allows equal values to be recognised without revealing
/// them.
/// </summary>
internal sealed class RedactMark
{
    /// <summary>Bytes of a hash that are written: enough to distinguish values, too few to matter if the salt is lost.</summary>
    const int HashBytes = 8;

    readonly byte[]? _constant;
    readonly byte[] _salt;
    readonly KeyedHash _hash;

    /// <summary>Prepares the mark.</summary>
    /// <param name="options">The redaction settings.</param>
    /// <param name="services">Provides a random salt if needed, and the hash.</param>
    public RedactMark(RedactOptions options, RuleServices services)
    {
        _hash = services.Hash;
        _constant = options.Mark is { } mark ? Encoding.UTF8.GetBytes(mark) : null;
        _salt = _constant is null ? Encoding.UTF8.GetBytes(options.Salt ?? services.NewSalt()) : [];
    }

    /// <summary>Writes the mark as plain text.</summary>
    /// <param name="hidden">The value that it replaces, as plain text.</param>
    /// <param name="output">Receives the mark.</param>
    public void Write(ReadOnlySpan<byte> hidden, ByteBuffer output)
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
