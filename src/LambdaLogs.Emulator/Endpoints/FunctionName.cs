using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary>The ways to name a function in the invoke path.</summary>
/// <remarks>
/// Source: <see href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#lambda-Invoke-request-FunctionName"/>
/// </remarks>
/// <param name="Name">The function's name alone.</param>
/// <param name="Qualifier">The version or alias behind it. Null for none.</param>
internal sealed record FunctionName(string Name, string? Qualifier)
{
    /// <summary>The name that AWS's Runtime Interface Emulator has for whatever it runs.</summary>
    const string OfAnyFunction = "function";

    /// <summary>
    /// Reads <c>name</c>, <c>name:qualifier</c>, <c>account:function:name</c> and the full ARN, the latter two with or without qualifier.
    /// </summary>
    public static FunctionName Of(string given)
    {
        var parts = given.Split(':');
        var at = parts.Length > 2 ? Array.LastIndexOf(parts, "function", parts.Length - 2) + 1 : 0;
        return new FunctionName(parts[at], at + 1 < parts.Length ? parts[at + 1] : null);
    }

    /// <summary>True where it is that function.</summary>
    public bool IsOf(FunctionIdentity function) => Name == function.Name || Name == OfAnyFunction;

    /// <summary>True where the function has that version. An alias can be any: it stands for the version that runs.</summary>
    public static bool HasQualifier(string? qualifier, FunctionIdentity function) =>
        qualifier is null or "$LATEST" || !qualifier.All(char.IsAsciiDigit) || qualifier == function.Version;
}
