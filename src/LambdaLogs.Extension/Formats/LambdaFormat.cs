using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>The default payload: <c>{"logs":[…],"source":"aws-lambda-extension","timestamp":"…"}</c>.</summary>
/// <param name="options">Contains the constant fields.</param>
/// <param name="identity">Identifies the function.</param>
internal sealed class LambdaFormat(FormatOptions options, FunctionIdentity identity)
    : LambdaRecordFormat(options, identity, "{\"logs\":["u8.ToArray(), (byte)',')
{
    /// <summary>The number of bytes that <see cref="Seal"/> writes.</summary>
    public const int TailSize = 47 + Rfc3339.Size + 2;

    /// <inheritdoc/>
    public override int Seal(DateTimeOffset now, Span<byte> body, int length)
    {
        Span<byte> time = stackalloc byte[Rfc3339.Size];
        Rfc3339.Write(now, time);
        var writer = new SpanWriter(body[length..]);
        writer.Add("],\"source\":\"aws-lambda-extension\",\"timestamp\":\""u8);
        writer.Add(time);
        writer.Add("\"}"u8);
        return writer.Written;
    }
}
