using System.Text;
using System.Threading.Channels;
using LambdaLogs.Emulator.Feed;

namespace LambdaLogs.Emulator.Tests.Support;

/// <summary>Takes telemetry, and responds to each body when the test says how.</summary>
internal sealed class CollectingSink : ITelemetrySink
{
    readonly Channel<string> _bodies = Channel.CreateUnbounded<string>();
    readonly Channel<string?> _responses = Channel.CreateUnbounded<string?>();

    /// <summary>False: every body waits for <see cref="Response"/>.</summary>
    public bool RespondsAtOnce { get; set; } = true;

    public bool IsDisposed { get; private set; }

    public async Task<string?> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        _bodies.Writer.TryWrite(Encoding.UTF8.GetString(body.Span));
        return RespondsAtOnce ? null : await _responses.Reader.ReadAsync(cancel);
    }

    /// <summary>The oldest body that was not looked at yet.</summary>
    public async Task<string> BodyAsync() => await _bodies.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>True where no body is left to look at.</summary>
    public bool IsEmpty => _bodies.Reader.Count == 0;

    /// <summary>Responds to the oldest waiting body, or the next.</summary>
    public void Response(string? error = null) => _responses.Writer.TryWrite(error);

    public void Dispose() => IsDisposed = true;
}
