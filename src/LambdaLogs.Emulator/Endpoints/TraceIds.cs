using System.Security.Cryptography;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary>Generates X-Ray trace headers.</summary>
internal static class TraceIds
{
    /// <summary>A value in the form <c>Root=1-{seconds}-{96 bits};Parent={64 bits};Sampled=1</c>, with hexadecimal numbers.</summary>
    public static string New(DateTimeOffset now)
    {
        var random = RandomNumberGenerator.GetHexString(40, lowercase: true);
        return $"Root=1-{now.ToUnixTimeSeconds():x8}-{random[..24]};Parent={random[24..]};Sampled=1";
    }
}
