using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary>A function's name as given in the path of an invoke request.</summary>
/// <remarks>
/// Source: <see href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#lambda-Invoke-request-FunctionName"/>
/// </remarks>
/// <param name="Name">The plain function name.</param>
/// <param name="Qualifier">The version or alias. Null for none.</param>
internal sealed record FunctionName(string Name, string? Qualifier)
{
    /// <summary>The function name that AWS's Runtime Interface Emulator uses for every function.</summary>
    const string EmulatorDefaultName = "function";

    /// <summary>
    /// Parses <c>name</c>, <c>name:qualifier</c>, <c>account:function:name</c> and the full ARN; the latter two with or without a
    /// qualifier.
    /// </summary>
    public static FunctionName Of(string given)
    {
        var parts = given.Split(':');
        var at = parts.Length > 2 ? Array.LastIndexOf(parts, "function", parts.Length - 2) + 1 : 0;
        return new FunctionName(parts[at], at + 1 < parts.Length ? parts[at + 1] : null);
    }

    /// <summary>True if the name refers to the given function.</summary>
    public bool IsOf(FunctionIdentity function) => Name == function.Name || Name == EmulatorDefaultName;

    /// <summary>True if the function has that version. Any alias is accepted: it refers to the version that runs.</summary>
    public static bool HasQualifier(string? qualifier, FunctionIdentity function) =>
        qualifier is null or "$LATEST" || !qualifier.All(char.IsAsciiDigit) || qualifier == function.Version;
}
