using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>The requirements of a destination on a line's attributes. In all formats the names within an object are unique.</summary>
internal sealed record AttributeRules
{
    /// <summary>Which names are valid.</summary>
    public KeyRule Keys { get; init; }

    /// <summary>
    /// Largest nesting depth, including the attributes themselves and the dots of names. Deeper values become a string of JSON. Default:
    /// the limit for lines.
    /// </summary>
    public int DepthMax { get; init; } = JsonScanner.DepthMax + 1;

    /// <summary>Largest number of members in all objects together. Further ones become a string of JSON, named <c>more</c>.</summary>
    public int FieldsMax { get; init; } = int.MaxValue;

    /// <summary>Whether integers beyond signed 64 bits become strings. Numbers beyond a double do in all formats.</summary>
    public bool LongsOnly { get; init; }

    /// <summary>Reserved names: those of the fields beside which the attributes are written.</summary>
    public IReadOnlyList<string> ReservedNames { get; init; } = [];
}
