using System.Globalization;

namespace LambdaLogs.Emulator.Destination;

/// <summary>What a scripted destination does with a request.</summary>
public sealed record Response
{
    public static readonly Response Ok = new();

    /// <summary>The request is read, nothing comes back, the connection stays open.</summary>
    public static readonly Response Hang = new() { Kind = ResponseKind.Hang };

    /// <summary>The request is read, then the connection is reset.</summary>
    public static readonly Response Reset = new() { Kind = ResponseKind.Reset };

    /// <summary>The connection is reset when the head was read and the body still comes.</summary>
    public static readonly Response ResetMidRequest = new() { Kind = ResponseKind.ResetMidRequest };

    /// <summary>The request is read, then the connection is closed in good order without a response.</summary>
    public static readonly Response Close = new() { Kind = ResponseKind.Close };

    /// <summary>The head of a response promises a body; the connection is closed instead.</summary>
    public static readonly Response CloseAfterHeaders = new() { Kind = ResponseKind.CloseAfterHeaders, Body = "never sent"u8.ToArray() };

    public ResponseKind Kind { get; init; } = ResponseKind.Whole;

    /// <summary>100 to 599. Default 200.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Beside Content-Length, which is always sent.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Waited after the request was read and before the response begins. Default none.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Waited between two bytes of a response that comes byte by byte.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>A response with that status and an empty body.</summary>
    public static Response WithStatus(int status) => new() { Status = status };

    /// <summary>A response with a Retry-After in seconds.</summary>
    public static Response RetryAfter(int status, int seconds) =>
        WithStatus(status).With("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>A redirect.</summary>
    public static Response RedirectTo(Uri target, int status = 302) => WithStatus(status).With("Location", target.ToString());

    /// <summary>A response of which every byte comes alone.</summary>
    public static Response ByteByByte(TimeSpan interval) => new() { Kind = ResponseKind.ByteByByte, Interval = interval };

    /// <summary>The same later.</summary>
    public Response After(TimeSpan delay) => this with { Delay = delay };

    /// <summary>The same with one more header.</summary>
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
