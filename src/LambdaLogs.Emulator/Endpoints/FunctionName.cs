using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary>The ways to name a function in the invoke path.</summary>
/// <remarks>
/// Source: <see href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#lambda-Invoke-request-FunctionName"/>
/// </remarks>
internal static class FunctionName
{
    /// <summary>
    /// True for <c>name</c>, <c>name:qualifier</c>, <c>account:function:name</c> and the full ARN, with or without qualifier.
    /// </summary>
    public static bool Matches(string given, FunctionIdentity function)
    {
        var parts = given.Split(':');
        var at = Array.LastIndexOf(parts, "function");
        var name = parts[at + 1 < parts.Length ? at + 1 : 0];
        return name == function.Name;
    }
}
