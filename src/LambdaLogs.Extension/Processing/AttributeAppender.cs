namespace LambdaLogs.Extension.Processing;

/// <summary>Adds a member to a record's attributes. One user at a time.</summary>
internal sealed class AttributeAppender
{
    readonly ByteBuffer _output = new();

    /// <summary>Returns the attributes with one more member; valid until the next call.</summary>
    /// <param name="attributes">A valid JSON object, or empty.</param>
    /// <param name="name">The member's name, without characters that need an escape.</param>
    /// <param name="value">The member's value, valid JSON.</param>
    public ReadOnlySpan<byte> Add(ReadOnlySpan<byte> attributes, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var inside = attributes.IsEmpty ? default : attributes[1..^1].Trim(" \t\r\n"u8);
        _output.Clear();
        _output.Add((byte)'{');
        _output.Add(inside);
        if (!inside.IsEmpty)
            _output.Add((byte)',');
        _output.Add((byte)'"');
        _output.Add(name);
        _output.Add("\":"u8);
        _output.Add(value);
        _output.Add((byte)'}');
        return _output.Written;
    }
}
