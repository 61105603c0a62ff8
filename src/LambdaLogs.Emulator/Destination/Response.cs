using System.Globalization;

namespace LambdaLogs.Emulator.Destination;

/// <summary>How a scripted destination handles a request.</summary>
public sealed record Response
{
    public static readonly Response Ok = new();

    /// <summary>Reads the request and never responds; the connection stays open.</summary>
    public static readonly Response Hang = new() { Kind = ResponseKind.Hang };

    /// <summary>Reads the request, then resets the connection.</summary>
    public static readonly Response Reset = new() { Kind = ResponseKind.Reset };

    /// <summary>Resets the connection after the head, while the body is being sent.</summary>
    public static readonly Response ResetMidRequest = new() { Kind = ResponseKind.ResetMidRequest };

    /// <summary>Reads the request, then closes the connection without a response.</summary>
    public static readonly Response Close = new() { Kind = ResponseKind.Close };

    /// <summary>Sends the head of a response with a body, then closes the connection without the body.</summary>
    public static readonly Response CloseAfterHeaders = new() { Kind = ResponseKind.CloseAfterHeaders, Body = "never sent"u8.ToArray() };

    public ResponseKind Kind { get; init; } = ResponseKind.Whole;

    /// <summary>The status, 100 to 599. Default 200.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Headers in addition to Content-Length, which is always sent.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The delay between the request and the response. Default none.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The delay between two bytes of a response that is sent byte by byte.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>A response with the given status and an empty body.</summary>
    public static Response WithStatus(int status) => new() { Status = status };

    /// <summary>A response with a Retry-After header in seconds.</summary>
    public static Response RetryAfter(int status, int seconds) =>
        WithStatus(status).With("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>A redirect.</summary>
    public static Response RedirectTo(Uri target, int status = 302) => WithStatus(status).With("Location", target.ToString());

    /// <summary>A response that is sent one byte at a time.</summary>
    public static Response ByteByByte(TimeSpan interval) => new() { Kind = ResponseKind.ByteByByte, Interval = interval };

    /// <summary>This response with a delay.</summary>
    public Response After(TimeSpan delay) => this with { Delay = delay };

    /// <summary>This response with an additional header.</summary>
    public Response With(string name, string value) => this with { Headers = [.. Headers, new(name, value)] };
}

/// <inheritdoc cref="Response"/>
public enum ResponseKind
{
    /// <summary>A normal response.</summary>
    Whole,

    /// <inheritdoc cref="Response.ByteByByte"/>
    ByteByByte,

    /// <inheritdoc cref="Response.Hang"/>
    Hang,

    /// <inheritdoc cref="Response.Reset"/>
    Reset,

    /// <inheritdoc cref="Response.ResetMidRequest"/>
    ResetMidRequest,

    /// <inheritdoc cref="Response.Close"/>
    Close,

    /// <inheritdoc cref="Response.CloseAfterHeaders"/>
    CloseAfterHeaders,
}
