namespace LambdaLogs.Extension.Diagnostics;

/// <summary>Writes one whole line, its end included, to where own log lines go. Thread-safe.</summary>
/// <param name="line">UTF-8.</param>
internal delegate void LineWriter(ReadOnlySpan<byte> line);
