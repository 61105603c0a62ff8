using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Joining;

/// <summary>Says which lines belong to the one before them. Knows only the lines it was shown, in their order.</summary>
internal interface ILineShape
{
    /// <summary>A line begins a record.</summary>
    /// <param name="line">The inside of a JSON string.</param>
    /// <param name="level">Its level.</param>
    void Begin(ReadOnlySpan<byte> line, LogLevel level);

    /// <summary>Whether a line belongs to the ones before it.</summary>
    /// <param name="line">The inside of a JSON string.</param>
    bool Continues(ReadOnlySpan<byte> line);
}
