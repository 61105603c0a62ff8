using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary><c>GET /2021-04-23/credentials</c>: the credentials of a restored snapshot. They are dummy values.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html"/></remarks>
internal static class Credentials
{
    static readonly TimeSpan Lifetime = TimeSpan.FromHours(6);

    public static Task HandleAsync(HttpContext http, SandboxCore core)
    {
        if (http.Header("Authorization") != DummyCredentials.Token)
            return http.RespondAsync(ApiError.Forbidden("AccessDenied", "The authorization token is missing or wrong"));

        return http.RespondAsync(200, ApiError.Object(
            ("AccessKeyId", DummyCredentials.AccessKeyId),
            ("SecretAccessKey", DummyCredentials.SecretAccessKey),
            ("Token", DummyCredentials.Token),
            ("Expiration", ContractTime.Format(core.Clock.Wall() + Lifetime))));
    }
}
