using System.Text;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Platform;

/// <summary>A response from Lambda's APIs, a view that is valid until the next call on the same connection.</summary>
/// <param name="head">Status and headers.</param>
/// <param name="body">The body.</param>
internal readonly ref struct PlatformResponse(HttpHead head, ReadOnlySpan<byte> body)
{
    /// <summary>Status and headers.</summary>
    public HttpHead Head { get; } = head;

    /// <summary>The body.</summary>
    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>The body's first 300 bytes on one line, for a log line.</summary>
    public string Excerpt => Encoding.UTF8.GetString(Body[..Math.Min(Body.Length, 300)]).ReplaceLineEndings(" ").Trim();
}
