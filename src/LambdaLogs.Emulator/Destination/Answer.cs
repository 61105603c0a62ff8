using System.Globalization;

namespace LambdaLogs.Emulator.Destination;

/// <summary>What a scripted destination does with a request.</summary>
public sealed record Answer
{
    public static readonly Answer Ok = new();

    /// <summary>The request is read, nothing comes back, the connection stays open.</summary>
    public static readonly Answer Hang = new() { Kind = AnswerKind.Hang };

    /// <summary>The request is read, then the connection is reset.</summary>
    public static readonly Answer Reset = new() { Kind = AnswerKind.Reset };

    /// <summary>The connection is reset when the head was read and the body still comes.</summary>
    public static readonly Answer ResetMidRequest = new() { Kind = AnswerKind.ResetMidRequest };

    /// <summary>The request is read, then the connection is closed in good order without an answer.</summary>
    public static readonly Answer Close = new() { Kind = AnswerKind.Close };

    /// <summary>The head of an answer promises a body; the connection is closed instead.</summary>
    public static readonly Answer CloseAfterHeaders = new() { Kind = AnswerKind.CloseAfterHeaders, Body = "never sent"u8.ToArray() };

    public AnswerKind Kind { get; init; } = AnswerKind.Whole;

    /// <summary>100 to 599. Default 200.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Beside Content-Length, which is always sent.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Waited after the request was read and before the answer begins. Default none.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Waited between two bytes of an answer that comes byte by byte.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>An answer with that status and an empty body.</summary>
    public static Answer WithStatus(int status) => new() { Status = status };

    /// <summary>An answer with a Retry-After in seconds.</summary>
    public static Answer RetryAfter(int status, int seconds) =>
        WithStatus(status).With("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>A redirect.</summary>
    public static Answer RedirectTo(Uri target, int status = 302) => WithStatus(status).With("Location", target.ToString());

    /// <summary>An answer of which every byte comes alone.</summary>
    public static Answer ByteByByte(TimeSpan interval) => new() { Kind = AnswerKind.ByteByByte, Interval = interval };

    /// <summary>The same later.</summary>
    public Answer After(TimeSpan delay) => this with { Delay = delay };

    /// <summary>The same with one more header.</summary>
    public Answer With(string name, string value) => this with { Headers = [.. Headers, new(name, value)] };
}

/// <inheritdoc cref="Answer"/>
public enum AnswerKind
{
    /// <summary>A normal answer.</summary>
    Whole,

    /// <inheritdoc cref="Answer.ByteByByte"/>
    ByteByByte,

    /// <inheritdoc cref="Answer.Hang"/>
    Hang,

    /// <inheritdoc cref="Answer.Reset"/>
    Reset,

    /// <inheritdoc cref="Answer.ResetMidRequest"/>
    ResetMidRequest,

    /// <inheritdoc cref="Answer.Close"/>
    Close,

    /// <inheritdoc cref="Answer.CloseAfterHeaders"/>
    CloseAfterHeaders,
}
