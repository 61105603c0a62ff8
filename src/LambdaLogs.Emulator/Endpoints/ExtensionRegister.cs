using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Transcripts;
using LambdaLogs.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary><c>POST /2020-01-01/extension/register</c>.</summary>
/// <remarks>
/// Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html#extensions-registration-api-a"/>
/// </remarks>
internal static class ExtensionRegister
{
    const int BodyBytesMax = 64 * 1024;

    public static async Task HandleAsync(HttpContext http, SandboxCore core)
    {
        var body = await http.ReadBodyAsync(BodyBytesMax);
        var name = http.Header("Lambda-Extension-Name") ?? "";
        var (request, invalid) = RegisterRequest.Read(body ?? default);
        var (id, error) = request is null && name.Length > 0 ? ("", invalid) : core.ExtensionCalls.Register(name, request?.Events ?? []);
        if (error is not null)
        {
            // The emulator's own warm-up requests come before Init.
            if (core.State.Phase is not Phases.Phase.Cold)
            {
                var source = name.Length == 0 ? null : name;
                core.Transcript.Add(TranscriptKind.RegistrationRefused, source, $"{error.Type}: {error.Message}", code: error.Status);
            }

            await http.RespondAsync(error);
            return;
        }

        http.Response.Headers[HttpExchange.IdentifierHeader] = id;
        await http.RespondAsync(200, Response(core.Rules.Function, WantsAccountId(http)));
    }

    static bool WantsAccountId(HttpContext http) =>
        (http.Header("Lambda-Extension-Accept-Feature") ?? "").Split(',', StringSplitOptions.TrimEntries).Contains("accountId");

    static byte[] Response(FunctionIdentity function, bool withAccountId)
    {
        (string, string)[] members =
        [
            ("functionName", function.Name),
            ("functionVersion", function.Version),
            ("handler", function.Handler),
        ];
        return ApiError.Object(withAccountId ? [("accountId", function.AccountId), .. members] : members);
    }
}
