using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// A response that counts failures, such as Axiom's: <c>{"ingested":9,"failed":1,"failures":[{"error":"…"}]}</c>. It does not identify the
/// failed records, so they cannot be sent again. Other responses are ignored.
/// </summary>
/// Source: <see href="https://axiom.co/docs/restapi/endpoints/ingestIntoDataset"/>
internal static class CountResponse
{
    /// <summary>Parses a response.</summary>
    /// <returns>Null: it counts no failures.</returns>
    public static PartialResponse? Read(ReadOnlySpan<byte> body)
    {
        if (!ResponseJson.IsObject(body) || ResponseJson.Number(body, "ingested"u8) is null)
            return null;

        var failed = ResponseJson.Number(body, "failed"u8) ?? 0;
        if (failed <= 0)
            return null;

        var failures = JsonValue.Inside(ObjectWalker.Find(body, "failures"u8));
        var reason = JsonValue.TryNext(ref failures, hasNames: false, out _, out var first) ? ResponseJson.Text(first, "error"u8) : "";
        return new PartialResponse { Rejected = failed, Reason = reason };
    }
}
