using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Platform;

namespace LambdaLogs.Extension;

/// <summary>The spill file in <c>/tmp</c>: the only directory of an environment that is writable and outlives its processes.</summary>
/// <param name="functionName">Part of the file name: outside of Lambda several functions may share one <c>/tmp</c>.</param>
/// <param name="bytesMax">The largest file that is read, in bytes.</param>
internal sealed class SpillFile(string functionName, long bytesMax) : ISpillStore
{
    readonly PrivateFile _file = new($"/tmp/aws-lambda-logs-http-destination.{functionName.Replace('/', '_')}.spill");

    /// <inheritdoc/>
    public bool Create() => _file.Create();

    /// <inheritdoc/>
    public bool Append(ReadOnlySpan<byte> piece) => _file.Append(piece);

    /// <inheritdoc/>
    public bool Open() => _file.Open(bytesMax);

    /// <inheritdoc/>
    public bool Read(Span<byte> destination) => _file.Read(destination);

    /// <inheritdoc/>
    public void Close() => _file.Close();
}
