using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// An answer that counts what failed, as Axiom's: <c>{"ingested":9,"failed":1,"failures":[{"error":"…"}]}</c>. It does not tell which, so
/// nothing can be sent again. An answer of any other form says nothing.
/// </summary>
/// Source: <see href="https://axiom.co/docs/restapi/endpoints/ingestIntoDataset"/>
internal static class CountAnswer
{
    /// <summary>Reads an answer.</summary>
    /// <returns>Null: it counts no failures.</returns>
    public static PartialAnswer? Read(ReadOnlySpan<byte> body)
    {
        if (!AnswerJson.IsObject(body) || AnswerJson.Number(body, "ingested"u8) is null)
            return null;

        var failed = AnswerJson.Number(body, "failed"u8) ?? 0;
        if (failed <= 0)
            return null;

        var failures = JsonValue.Inside(ObjectWalker.Find(body, "failures"u8));
        var reason = JsonValue.TryNext(ref failures, hasNames: false, out _, out var first) ? AnswerJson.Text(first, "error"u8) : "";
        return new PartialAnswer { Rejected = failed, Reason = reason };
    }
}
