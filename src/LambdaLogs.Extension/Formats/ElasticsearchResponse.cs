using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// Reads the result of each document of a bulk request: stored, already stored (409 for one of our ids: an earlier attempt arrived), busy
/// (429 or 5xx: send again), or rejected.
/// </summary>
/// Source: <see href="https://www.elastic.co/guide/en/elasticsearch/reference/current/docs-bulk.html#bulk-api-response-body"/>
internal static class ElasticsearchResponse
{
    /// <summary>Longest response that is read: for 10 000 failed documents it is about 2 MB.</summary>
    public const int BytesMax = 4 * 1024 * 1024;

    /// <summary>Parses a response.</summary>
    /// <param name="body">The body of a response with status 200.</param>
    /// <returns>Null: all documents were stored.</returns>
    public static PartialResponse? Read(ReadOnlySpan<byte> body)
    {
        if (!ResponseJson.IsObject(body))
            return PartialResponse.Unreadable;

        if (!ObjectWalker.Find(body, "errors"u8).SequenceEqual("true"u8))
            return null;

        var items = ObjectWalker.Find(body, "items"u8);
        if (items.IsEmpty || items[0] != '[')
            return PartialResponse.Unreadable;

        var again = new List<int>();
        var rejected = 0;
        var reason = "";
        var inside = JsonValue.Inside(items);
        for (var index = 0; JsonValue.TryNext(ref inside, hasNames: false, out _, out var item); index++)
        {
            var create = ObjectWalker.Find(item, "create"u8);
            var status = ResponseJson.Number(create, "status"u8) ?? 0;
            if (status is < 400 or 409)
                continue;

            reason = reason.Length == 0 ? ReasonOf(create, status) : reason;
            if (status is 429 or >= 500)
                again.Add(index);
            else
                rejected++;
        }

        return new PartialResponse { RetryIndices = again, Rejected = rejected, Reason = reason, Advice = AdviceFor(reason) };
    }

    // Errors about the index rather than a document apply to all documents.
    static string AdviceFor(string reason) => reason switch
    {
        _ when reason.Contains(" cluster_block_exception:", StringComparison.Ordinal) =>
            "the index is blocked for writes: see its setting index.blocks, and the cluster's free disk space",
        _ when reason.Contains(" index_not_found_exception:", StringComparison.Ordinal)
            || reason.Contains(" index_closed_exception:", StringComparison.Ordinal) =>
            "LOGS_ELASTICSEARCH_INDEX or the URL's path has to name an index that exists and is open, or may be created",
        _ when reason.Contains(" security_exception:", StringComparison.Ordinal) =>
            "the credentials have to allow create_doc for the index",
        _ => "",
    };

    static string ReasonOf(ReadOnlySpan<byte> create, long status)
    {
        var error = ObjectWalker.Find(create, "error"u8);
        return $"{status} {ResponseJson.Text(error, "type"u8)}: {ResponseJson.Text(error, "reason"u8)}";
    }
}
