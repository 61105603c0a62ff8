namespace LambdaLogs.Extension.Settings;

/// <summary>How the value of a variable is parsed.</summary>
internal enum VariableKind
{
    /// <summary>Unchanged; the accepted form is described in words.</summary>
    Text,

    /// <summary>One of a few names, ignoring case; <c>-</c> and <c>_</c> may be left out.</summary>
    Choice,

    /// <summary>true, 1, yes, on or false, 0, no, off, ignoring case.</summary>
    Flag,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A number in the unit of the variable's name, or a number with ms, s or m.</summary>
    Duration,

    /// <summary>A number of bytes, or a number with B, KB, MB or GB; K is 1024.</summary>
    Size,
}
