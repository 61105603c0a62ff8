namespace LambdaLogs.Extension.Formats;

/// <summary>The kinds of JSON numbers in a typed format.</summary>
internal enum NumberKind
{
    /// <summary>A signed 64-bit integer.</summary>
    Whole,

    /// <summary>Any other number within the range of a double, perhaps rounded.</summary>
    Real,

    /// <summary>Beyond the range of a double.</summary>
    TooLarge,
}
