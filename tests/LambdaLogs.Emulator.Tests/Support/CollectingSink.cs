using System.Text;
using System.Threading.Channels;
using LambdaLogs.Emulator.Feed;

namespace LambdaLogs.Emulator.Tests.Support;

/// <summary>Takes telemetry, and answers each body when the test says how.</summary>
internal sealed class CollectingSink : ITelemetrySink
{
    readonly Channel<string> _bodies = Channel.CreateUnbounded<string>();
    readonly Channel<string?> _answers = Channel.CreateUnbounded<string?>();

    /// <summary>False: every body waits for <see cref="Answer"/>.</summary>
    public bool AnswersAtOnce { get; set; } = true;

    public bool IsDisposed { get; private set; }

    public async Task<string?> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        _bodies.Writer.TryWrite(Encoding.UTF8.GetString(body.Span));
        return AnswersAtOnce ? null : await _answers.Reader.ReadAsync(cancel);
    }

    /// <summary>The oldest body that was not looked at yet.</summary>
    public async Task<string> BodyAsync() => await _bodies.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>True where no body is left to look at.</summary>
    public bool IsEmpty => _bodies.Reader.Count == 0;

    /// <summary>Answers the oldest waiting body, or the next.</summary>
    public void Answer(string? error = null) => _answers.Writer.TryWrite(error);

    public void Dispose() => IsDisposed = true;
}
