using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>What a line's attributes have to be like for a destination. In all formats the names of one object are unique.</summary>
internal sealed record AttributeRules
{
    /// <summary>Which names are taken.</summary>
    public KeyRule Keys { get; init; }

    /// <summary>
    /// Objects in which a member may lie, the attributes themselves and the dots of names included. What is deeper becomes the text of its
    /// JSON. Default: as deep as any line may be.
    /// </summary>
    public int DepthMax { get; init; } = JsonScanner.DepthMax + 1;

    /// <summary>Members of all objects together. What is beyond them becomes the text of its JSON, under <c>more</c>.</summary>
    public int FieldsMax { get; init; } = int.MaxValue;

    /// <summary>Whether whole numbers beyond 64 bits with sign are texts, as numbers beyond a double are everywhere.</summary>
    public bool LongsOnly { get; init; }

    /// <summary>Names beside which the attributes stand, so that none of them may have one.</summary>
    public IReadOnlyList<string> Taken { get; init; } = [];
}
