namespace LambdaLogs.Extension.Diagnostics;

/// <summary>Writes one whole line, including its line break, to the extension's own log. Thread-safe.</summary>
/// <param name="line">UTF-8.</param>
internal delegate void LineWriter(ReadOnlySpan<byte> line);
