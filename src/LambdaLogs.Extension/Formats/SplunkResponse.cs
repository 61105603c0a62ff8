namespace LambdaLogs.Extension.Formats;

/// <summary>
/// Reads where Splunk stopped: events before the reported number were stored, events after it were not read. Splunk 10 numbers from 0 for
/// an invalid event (codes 6, 12, 13, 15) and from 1 for an index that the token does not allow (code 7), which is the same for all
/// events. Other implementations number differently.
/// </summary>
/// Source: <see href="https://docs.splunk.com/Documentation/Splunk/latest/Data/TroubleshootHTTPEventCollector"/>
internal static class SplunkResponse
{
    const int IncorrectIndex = 7;

    /// <summary>Parses a response that is not 2xx.</summary>
    /// <param name="status">Its status: 400 is the event's fault, 429 and 5xx are not.</param>
    /// <param name="body">Its body.</param>
    /// <returns>Null: the status applies to all events.</returns>
    public static PartialResponse? Read(int status, ReadOnlySpan<byte> body)
    {
        var isFault = status == 400;
        if (!(isFault || status is 429 or >= 500) || !ResponseJson.IsObject(body))
            return null;

        var reason = $"{status} {ResponseJson.Text(body, "text"u8)}";
        if (isFault && ResponseJson.Number(body, "code"u8) == IncorrectIndex)
        {
            return new PartialResponse
            {
                IsRefusal = true,
                Reason = reason,
                Advice = "LOGS_SPLUNK_INDEX, or without it the token's own index, has to be one that the token allows",
            };
        }

        if (ResponseJson.Number(body, "invalid-event-number"u8) is not (>= 0 and var number))
            return null;

        return new PartialResponse { StoppedAt = number, StoppedForRecord = isFault, Reason = reason };
    }
}
