namespace LambdaLogs.Extension.Formats;

/// <summary>
/// Where Splunk stopped reading a body: what stands before the event of that number has been taken, what stands behind it has not been
/// looked at.
/// </summary>
/// Source: <see href="https://docs.splunk.com/Documentation/Splunk/latest/Data/TroubleshootHTTPEventCollector"/>
internal static class SplunkAnswer
{
    /// <summary>Reads an answer that is no 2xx.</summary>
    /// <param name="status">Its status: 400 is the event's fault, any other is not.</param>
    /// <param name="body">Its body.</param>
    /// <returns>Null: it tells no number, so it is about all of them.</returns>
    public static PartialAnswer? Read(int status, ReadOnlySpan<byte> body)
    {
        if (!AnswerJson.IsObject(body) || AnswerJson.Number(body, "invalid-event-number"u8) is not { } number)
            return null;

        if (number is < 0 or >= int.MaxValue)
            return null;

        var isFault = status == 400;
        return new PartialAnswer
        {
            Rejected = isFault ? 1 : 0,
            SendAgainFrom = (int)number + (isFault ? 1 : 0),
            Reason = $"{status} {AnswerJson.Text(body, "text"u8)}",
        };
    }
}
