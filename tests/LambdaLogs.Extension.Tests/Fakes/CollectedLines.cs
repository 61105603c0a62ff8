using System.Text;
using LambdaLogs.Extension.Diagnostics;

namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>Keeps the extension's own lines. Thread-safe.</summary>
internal sealed class CollectedLines
{
    readonly List<string> _lines = [];

    public CollectedLines() => Log = new ExtensionLog(Write);

    /// <summary>Writes here.</summary>
    public ExtensionLog Log { get; }

    /// <summary>What was written so far, each with its line end.</summary>
    public IReadOnlyList<string> Written
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    /// <summary>The lines that contain a text.</summary>
    public IReadOnlyList<string> With(string text) => [.. Written.Where(line => line.Contains(text))];

    void Write(ReadOnlySpan<byte> line)
    {
        lock (_lines)
            _lines.Add(Encoding.UTF8.GetString(line));
    }
}
