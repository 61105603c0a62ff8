using System.Text;

namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>The names whose values are hidden. Without regard to the case of ASCII letters.</summary>
internal sealed class RedactKeys
{
    readonly byte[][] _keys;

    /// <summary>Prepares the names.</summary>
    /// <param name="keys">In plain text.</param>
    public RedactKeys(IReadOnlyList<string> keys)
    {
        _keys = new byte[keys.Count][];
        for (var index = 0; index < _keys.Length; index++)
            _keys[index] = Encoding.UTF8.GetBytes(keys[index]);
    }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _keys.Length == 0;

    /// <summary>Whether a name is one of them.</summary>
    /// <param name="name">As it stands in JSON; one with escapes that need not be is not known.</param>
    public bool Contains(ReadOnlySpan<byte> name)
    {
        foreach (var key in _keys)
        {
            if (key.Length == name.Length && EqualsIgnoreCase(key, name))
                return true;
        }

        return false;
    }

    static bool EqualsIgnoreCase(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        for (var index = 0; index < one.Length; index++)
        {
            if (Lower(one[index]) != Lower(other[index]))
                return false;
        }

        return true;
    }

    static int Lower(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? value | 0x20 : value;
}
