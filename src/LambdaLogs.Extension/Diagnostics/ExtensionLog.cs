using System.Text;

namespace LambdaLogs.Extension.Diagnostics;

/// <summary>
/// The extension's own log. Lines start with <c>[EXTENSION]</c>. It never writes a line per record: if the extension stream is subscribed,
/// such lines would feed back. Thread-safe.
/// </summary>
/// <param name="write">Writes one line.</param>
internal sealed class ExtensionLog(LineWriter write)
{
    /// <summary>The lowest severity that is written. Set once, after the settings have been read.</summary>
    public ExtensionLogLevel Level { get; set; } = ExtensionLogLevel.Info;

    /// <summary>The lines that were written.</summary>
    public OwnLines OwnLines { get; } = new();

    /// <summary>Logs a problem that prevents delivery.</summary>
    public void Error(string message) => Write(ExtensionLogLevel.Error, "[EXTENSION] ERROR ", message);

    /// <summary>Logs something to look at.</summary>
    public void Warn(string message) => Write(ExtensionLogLevel.Warn, "[EXTENSION] WARN ", message);

    /// <summary>Logs a start or an end.</summary>
    public void Info(string message) => Write(ExtensionLogLevel.Info, "[EXTENSION] INFO ", message);

    /// <summary>Logs a decision.</summary>
    public void Debug(string message) => Write(ExtensionLogLevel.Debug, "[EXTENSION] DEBUG ", message);

    /// <summary>Logs a line whatever the level is: the payload in test mode.</summary>
    public void Always(string message) => Write(ExtensionLogLevel.Error, "[EXTENSION] ", message);

    void Write(ExtensionLogLevel level, string prefix, string message)
    {
        if (level > Level)
            return;

        // Text after a line break would arrive without the prefix.
        var line = Encoding.UTF8.GetBytes($"{prefix}{message.ReplaceLineEndings(" ")}\n");
        OwnLines.Add(line);
        write(line);
    }
}
