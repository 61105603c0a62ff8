using System.Text;

namespace LambdaLogs.Extension.Diagnostics;

/// <summary>
/// The extension's own log: lines that start with <c>[EXTENSION]</c>. Never one per record: a line about a line would feed back where the
/// extension stream is subscribed. Thread-safe.
/// </summary>
/// <param name="write">Where lines go.</param>
internal sealed class ExtensionLog(LineWriter write)
{
    /// <summary>What is said. Set once, after the settings have been read.</summary>
    public ExtensionLogLevel Level { get; set; } = ExtensionLogLevel.Info;

    /// <summary>The lines that were written.</summary>
    public OwnLines Own { get; } = new();

    /// <summary>Something keeps logs from being delivered.</summary>
    public void Error(string message) => Write(ExtensionLogLevel.Error, "[EXTENSION] ERROR ", message);

    /// <summary>Something should be looked at.</summary>
    public void Warn(string message) => Write(ExtensionLogLevel.Warn, "[EXTENSION] WARN ", message);

    /// <summary>The start, the end.</summary>
    public void Info(string message) => Write(ExtensionLogLevel.Info, "[EXTENSION] INFO ", message);

    /// <summary>A decision.</summary>
    public void Debug(string message) => Write(ExtensionLogLevel.Debug, "[EXTENSION] DEBUG ", message);

    /// <summary>A line that is asked for, whatever the level: the payload in test mode.</summary>
    public void Always(string message) => Write(ExtensionLogLevel.Error, "[EXTENSION] ", message);

    void Write(ExtensionLogLevel level, string prefix, string message)
    {
        if (level > Level)
            return;

        // One line stays one line: what is behind a line break would come without the prefix.
        var line = Encoding.UTF8.GetBytes($"{prefix}{message.ReplaceLineEndings(" ")}\n");
        Own.Note(line);
        write(line);
    }
}
