using System.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>OpenTelemetry's <c>partialSuccess</c>: the number of rejected records and the reason. They must not be sent again.</summary>
/// Source: <see href="https://opentelemetry.io/docs/specs/otlp/#partial-success-1"/>
internal static class OtlpResponse
{
    /// <summary>Parses a JSON response.</summary>
    /// <returns>Null: all records were accepted.</returns>
    public static PartialResponse? ReadJson(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
            return null;

        if (!ResponseJson.IsObject(body))
            return PartialResponse.Unreadable;

        var partial = ObjectWalker.Find(body, "partialSuccess"u8);
        if (partial.IsEmpty || partial[0] != '{')
            return null;

        return Rejection(ResponseJson.Number(partial, "rejectedLogRecords"u8) ?? 0, ResponseJson.Text(partial, "errorMessage"u8));
    }

    /// <summary>Parses a Protocol Buffers response.</summary>
    /// <returns>Null: all records were accepted.</returns>
    public static PartialResponse? ReadProtobuf(ReadOnlySpan<byte> body)
    {
        var response = new ProtobufReader(body);
        var rejected = 0L;
        var reason = "";
        var end = 0;
        while (response.Next())
        {
            end = response.End;
            if (response.Field != 1)
                continue;

            var partial = new ProtobufReader(response.Bytes);
            while (partial.Next())
            {
                rejected = partial.Field == 1 ? (long)partial.Number : rejected;
                reason = partial.Field == 2 ? Encoding.UTF8.GetString(partial.Bytes) : reason;
            }
        }

        return end < body.Length ? PartialResponse.Unreadable : Rejection(rejected, reason);
    }

    /// <summary>Reads the message of a <c>google.rpc.Status</c> in Protocol Buffers, which receivers send for an error.</summary>
    /// <param name="body">A body, perhaps truncated.</param>
    /// <returns>Null: it is not such a message, or it has no text.</returns>
    /// Source: <see href="https://github.com/googleapis/googleapis/blob/master/google/rpc/status.proto"/>
    public static string? ReadStatus(ReadOnlySpan<byte> body)
    {
        const int MessageTag = 0x12;
        const int CodeTag = 0x08;
        if (body.IsEmpty || body[0] is not (MessageTag or CodeTag))
            return null;

        var status = new ProtobufReader(body);
        var message = "";
        while (status.Next())
        {
            if (status.Field > 3)
                return null;

            message = status.Field == 2 ? Encoding.UTF8.GetString(status.Bytes) : message;
        }

        return message.Length > 0 ? message : null;
    }

    // A message with zero rejected records is a warning that does not concern them.
    static PartialResponse? Rejection(long rejected, string reason) =>
        rejected > 0 ? new PartialResponse { Rejected = rejected, Reason = reason } : null;
}
