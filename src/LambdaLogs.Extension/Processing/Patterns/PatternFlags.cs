namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>Flags of a part of a pattern: the letters of <c>(?ims)</c>.</summary>
[Flags]
internal enum PatternFlags
{
    /// <summary>No flags.</summary>
    None = 0,

    /// <summary><c>i</c>: letters match in both cases.</summary>
    IgnoreCase = 1,

    /// <summary><c>m</c>: <c>^</c> and <c>$</c> match at every line.</summary>
    Lines = 2,

    /// <summary><c>s</c>: <c>.</c> matches line feeds as well.</summary>
    DotAll = 4,
}
