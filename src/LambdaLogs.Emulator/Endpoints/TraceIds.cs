using System.Security.Cryptography;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary>Trace headers as X-Ray makes them.</summary>
internal static class TraceIds
{
    /// <summary><c>Root=1-{seconds}-{96 bits};Parent={64 bits};Sampled=1</c>, numbers in hex.</summary>
    public static string New(DateTimeOffset now)
    {
        var random = RandomNumberGenerator.GetHexString(40, lowercase: true);
        return $"Root=1-{now.ToUnixTimeSeconds():x8}-{random[..24]};Parent={random[24..]};Sampled=1";
    }
}
