using System.Net.Http.Headers;
using System.Text;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>Reads one secret of Secrets Manager or one parameter of Systems Manager. Safe for calls from several threads.</summary>
/// <param name="secret">Which.</param>
/// <param name="options">Where the stores are.</param>
/// <param name="keys">The function's keys.</param>
/// <param name="http">Asks.</param>
/// <param name="time">The wall clock of signatures.</param>
internal sealed class SecretStore(SecretReference secret, AwsOptions options, AwsKeyring keys, AwsHttp http, TimeProvider time)
{
    /// <summary>Reads it.</summary>
    /// <param name="cancel">Ends it at once.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired.</exception>
    public async Task<Fetched<string>> ReadAsync(CancellationToken cancel)
    {
        var key = await keys.GetAsync(cancel).ConfigureAwait(false);
        if (key.Value is null)
            return Fetched<string>.Failed($"{secret.Arn} cannot be read: {key.Failure}");

        // An ARN as it was parsed needs no escaping.
        var body = Encoding.ASCII.GetBytes(secret.IsParameter
            ? $$"""{"Name":"{{secret.Arn}}","WithDecryption":true}"""
            : $$"""{"SecretId":"{{secret.Arn}}"}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, Url()) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        var target = secret.IsParameter ? "AmazonSSM.GetParameter" : "secretsmanager.GetSecretValue";
        request.Headers.TryAddWithoutValidation("X-Amz-Target", target);
        request.Headers.TryAddWithoutValidation("User-Agent", ProductName.UserAgent);
        RequestSigner.Sign(request, body, key.Value, secret.Scope, time.GetUtcNow());
        return SecretAnswer.Read(secret, await http.AskAsync(request, cancel).ConfigureAwait(false));
    }

    string Url() => (secret.IsParameter ? options.SsmUrl : options.SecretsManagerUrl)
        ?? $"https://{secret.Scope.Service}.{secret.Region}.{AwsHost.DomainOf(secret.Partition)}/";
}
