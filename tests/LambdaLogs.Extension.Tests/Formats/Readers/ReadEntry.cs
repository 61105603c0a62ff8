namespace LambdaLogs.Extension.Tests.Formats.Readers;

/// <summary>A record as a destination understands it.</summary>
/// <param name="Message">The message, decoded.</param>
/// <param name="Level">The level in the destination's words.</param>
/// <param name="Milliseconds">The time since 1970.</param>
/// <param name="RequestId">The invocation. Null: there is none.</param>
/// <param name="Attributes">The line's own attributes, in one spelling for all formats. Null: there are none.</param>
internal sealed record ReadEntry(string Message, string Level, long Milliseconds, string? RequestId, string? Attributes);
