namespace LambdaLogs.Extension.Settings;

/// <summary>How the text of a variable is read.</summary>
internal enum VariableKind
{
    /// <summary>As it stands; what is allowed is said in words.</summary>
    Text,

    /// <summary>One of a few names, in any case; <c>-</c> and <c>_</c> inside may be left out.</summary>
    Choice,

    /// <summary>true, 1, yes, on or false, 0, no, off, in any case.</summary>
    Flag,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A bare number in the unit of the variable's name, or a number with ms, s or m.</summary>
    Duration,

    /// <summary>A number of bytes, or a number with B, KB, MB or GB; K is 1024.</summary>
    Size,
}
