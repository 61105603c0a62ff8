using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>The default payload's records as a JSON array: <c>[{…},{…}]</c>.</summary>
/// <param name="options">Contains the constant fields.</param>
/// <param name="identity">Identifies the function.</param>
internal sealed class JsonArrayFormat(FormatOptions options, FunctionIdentity identity)
    : LambdaRecordFormat(options, identity, "["u8.ToArray(), (byte)',')
{
    /// <inheritdoc/>
    public override int ResponseBytesMax(int status, bool isJson) => isJson && status is >= 200 and < 300 ? ShortResponse : 0;

    /// <inheritdoc/>
    public override PartialResponse? ReadResponse(int status, ReadOnlySpan<byte> body) => CountResponse.Read(body);

    /// <inheritdoc/>
    public override int Seal(DateTimeOffset now, Span<byte> body, int length)
    {
        body[length] = (byte)']';
        return 1;
    }
}
