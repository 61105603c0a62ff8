namespace LambdaLogs.Extension.Records;

/// <summary>Why a scan stopped.</summary>
internal enum ScanFault
{
    /// <summary>No failure.</summary>
    None,

    /// <summary>The text ends within a value; more text could complete it.</summary>
    Incomplete,

    /// <summary>Not JSON, whatever follows.</summary>
    Invalid,

    /// <summary>Nested deeper than <see cref="JsonScanner.DepthMax"/>.</summary>
    TooDeep,
}
