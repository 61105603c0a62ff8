namespace LambdaLogs.Extension.Formats;

/// <summary>Enumerates the fields of a Protocol Buffers message. Never throws because of its input.</summary>
/// <param name="message">The message's bytes.</param>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    const int VarintType = 0;
    const int Fixed64Type = 1;
    const int BytesType = 2;
    const int Fixed32Type = 5;

    readonly ReadOnlySpan<byte> _message = message;
    int _at;

    /// <summary>Start of the field: its tag.</summary>
    public int Start { get; private set; }

    /// <summary>End of the field.</summary>
    public readonly int End => _at;

    /// <summary>The field's number.</summary>
    public int Field { get; private set; }

    /// <summary>The value of a varint; zero for other types.</summary>
    public ulong Number { get; private set; }

    /// <summary>The bytes of a length-delimited field; empty for other types.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Moves to the next field.</summary>
    /// <returns>False at the end, and if the message is invalid.</returns>
    public bool Next()
    {
        Start = _at;
        Number = 0;
        Bytes = default;
        if (_at >= _message.Length || !TryNumber(out var tag))
            return false;

        Field = (int)(tag >> 3);
        switch ((int)(tag & 7))
        {
            case VarintType when TryNumber(out var number):
                Number = number;
                return true;
            case BytesType when TryNumber(out var length) && length <= (ulong)(_message.Length - _at):
                Bytes = _message.Slice(_at, (int)length);
                _at += (int)length;
                return true;
            case Fixed64Type when _message.Length - _at >= 8:
                _at += 8;
                return true;
            case Fixed32Type when _message.Length - _at >= 4:
                _at += 4;
                return true;
            default:
                return false;
        }
    }

    bool TryNumber(out ulong number)
    {
        number = 0;
        for (var shift = 0; shift < 64 && _at < _message.Length; shift += 7)
        {
            var one = _message[_at++];
            number |= (ulong)(one & 0x7F) << shift;
            if (one < 0x80)
                return true;
        }

        return false;
    }
}
