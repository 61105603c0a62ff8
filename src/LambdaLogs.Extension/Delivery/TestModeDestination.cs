using System.Text;
using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Delivery;

/// <summary>Logs what would be sent, and sends nothing. It logs no header, and so no credentials.</summary>
/// <param name="write">Receives one line of text, without a line break.</param>
/// <param name="format">Whether bodies are text, and their media type.</param>
/// <param name="endpoint">Where it would be sent. Null: no endpoint is set, and none is needed.</param>
internal sealed class TestModeDestination(Action<string> write, FormatTraits format, Uri? endpoint) : IDestination
{
    readonly string _where = endpoint is null ? "no endpoint" : EndpointMask.Of(endpoint);

    /// <inheritdoc/>
    public bool HasOpenConnection => false;

    /// <inheritdoc/>
    public SendResult Send(ReadOnlySpan<byte> body, BatchLabel batch, in AttemptLimit limit)
    {
        write($"test mode: would send {body.Length} bytes to {_where}");

        // Bodies are JSON, in which a line break is never inside a string: a space is equivalent.
        write(format.IsText
            ? Encoding.UTF8.GetString(body).Replace('\r', ' ').Replace('\n', ' ').TrimEnd()
            : $"the body is {format.ContentType}, which is not text");
        return new SendResult(Verdict.Delivered, 0, FailureKind.None, null);
    }

    /// <inheritdoc/>
    public void InvalidateConnections()
    {
    }
}
