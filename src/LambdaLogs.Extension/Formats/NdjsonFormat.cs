using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>The default payload's records, one per line; the last line ends with a line break too.</summary>
/// Source: <see href="https://github.com/ndjson/ndjson-spec"/>
/// <param name="options">Contains the constant fields.</param>
/// <param name="identity">Identifies the function.</param>
internal sealed class NdjsonFormat(FormatOptions options, FunctionIdentity identity)
    : LambdaRecordFormat(options, identity, [], (byte)'\n')
{
    /// <inheritdoc/>
    public override int ResponseBytesMax(int status, bool isJson) => isJson && status is >= 200 and < 300 ? ShortResponse : 0;

    /// <inheritdoc/>
    public override PartialResponse? ReadResponse(int status, ReadOnlySpan<byte> body) => CountResponse.Read(body);

    /// <inheritdoc/>
    public override int Seal(DateTimeOffset now, Span<byte> body, int length)
    {
        body[length] = (byte)'\n';
        return 1;
    }
}
