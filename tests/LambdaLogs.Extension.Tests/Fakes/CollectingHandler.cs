using System.Text;
using System.Threading.Channels;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>Keeps the bodies that a listener hands on, and notices when two are handed on at once.</summary>
internal sealed class CollectingHandler : IBodyHandler
{
    /// <summary>What stands for a body that was too large.</summary>
    public const string TooLarge = "(too large)";

    readonly Channel<string> _bodies = Channel.CreateUnbounded<string>();
    int _busy;

    /// <summary>Whether it was ever called while it was being called.</summary>
    public bool WasCalledTwiceAtOnce { get; private set; }

    /// <summary>Called with each body; may throw, may take its time.</summary>
    public Action<string> OnBody { get; set; } = _ => { };

    /// <summary>The next body, in the order in which they came; waits for it.</summary>
    public Task<string> NextAsync() => _bodies.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().Within("a telemetry body");

    /// <summary>How many bodies nobody has taken yet.</summary>
    public int Waiting => _bodies.Reader.Count;

    public void Handle(Span<byte> body) => Take(Encoding.Latin1.GetString(body));

    public void HandleTooLarge() => Take(TooLarge);

    void Take(string body)
    {
        WasCalledTwiceAtOnce |= Interlocked.Exchange(ref _busy, 1) == 1;
        try
        {
            OnBody(body);
            _bodies.Writer.TryWrite(body);
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }
}
