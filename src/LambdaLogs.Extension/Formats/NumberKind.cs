namespace LambdaLogs.Extension.Formats;

/// <summary>What a JSON number is to a typed format.</summary>
internal enum NumberKind
{
    /// <summary>A whole number of 64 bits with sign.</summary>
    Whole,

    /// <summary>Any other number that a double can hold, perhaps rounded.</summary>
    Real,

    /// <summary>Beyond the range of a double.</summary>
    TooLarge,
}
