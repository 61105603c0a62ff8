using System.Text;
using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Delivery;

/// <summary>
/// Shows what would be sent and sends nothing. Shows no header, so no credentials.
/// </summary>
/// <param name="write">Takes one line of text, without an end of line.</param>
/// <param name="format">Whether bodies are text, and what else they are.</param>
/// <param name="endpoint">Where it would go. Null: none is set, and none is needed.</param>
internal sealed class TestModeDestination(Action<string> write, FormatTraits format, Uri? endpoint) : IDestination
{
    readonly string _where = endpoint is null ? "no endpoint" : EndpointMask.Of(endpoint);

    /// <inheritdoc/>
    public SendResult Send(ReadOnlySpan<byte> body, string batchId, in AttemptLimit limit)
    {
        write($"test mode: would send {body.Length} bytes to {_where}");

        // Bodies are JSON, where an end of line is never inside a text: as a space it means the same.
        write(format.IsText
            ? Encoding.UTF8.GetString(body).Replace('\r', ' ').Replace('\n', ' ').TrimEnd()
            : $"the body is {format.ContentType}, which is not text");
        return new SendResult(Verdict.Delivered, 0, FailureKind.None, null);
    }

    /// <inheritdoc/>
    public void DropConnections()
    {
    }
}
