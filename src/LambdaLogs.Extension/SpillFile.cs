using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Platform;

namespace LambdaLogs.Extension;

/// <summary>
/// The spill as a file in <c>/tmp</c>, the only place of a sandbox that can be written to and that outlives its processes.
/// </summary>
/// <param name="functionName">Part of the file's name: on a machine of their own, several functions share a <c>/tmp</c>.</param>
/// <param name="bytesMax">Largest file that is read.</param>
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
