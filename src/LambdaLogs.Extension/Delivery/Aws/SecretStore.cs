using System.Text;

using LambdaLogs.Extension.Wire;
using LambdaLogs.Extension.Wire.Http;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>Reads one secret of Secrets Manager or one parameter of Systems Manager. For the sender's thread.</summary>
/// <param name="secret">The secret or parameter.</param>
/// <param name="options">The addresses of the stores.</param>
/// <param name="keys">The function's keys.</param>
/// <param name="http">Sends the requests.</param>
/// <param name="time">The wall clock, for signatures.</param>
internal sealed class SecretStore(SecretReference secret, AwsOptions options, AwsCredentialsProvider keys, AwsHttp http, TimeProvider time)
{
    /// <summary>Reads the value.</summary>
    /// <param name="limit">Limits the wait. A request that is cut off continues with the next call.</param>
    public FetchResult<string> Read(WaitLimit limit)
    {
        var key = keys.Get(limit);
        if (key.Value is null)
            return FetchResult<string>.Failed($"{secret.Arn} cannot be read: {key.Failure}", key.IsCutOff);

        // The store, or a proxy, may repeat parts of the request in its response.
        var response = http.Send(() => CreateRequest(key.Value), limit, out var isCutOff);
        return SecretResponse.Read(secret, response, key.Value.Redact) with { IsCutOff = isCutOff };
    }

    /// <summary>See <see cref="AwsHttp.InvalidateConnections"/>.</summary>
    public void InvalidateConnections()
    {
        keys.InvalidateConnections();
        http.InvalidateConnections();
    }

    (HttpRequest Request, byte[] Body) CreateRequest(AwsKeys key)
    {
        // A parsed ARN needs no escaping.
        var body = Encoding.ASCII.GetBytes(secret.IsParameter
            ? $$"""{"Name":"{{secret.Arn}}","WithDecryption":true}"""
            : $$"""{"SecretId":"{{secret.Arn}}"}""");
        var request = new HttpRequest("POST", new Uri(Url(), UriKind.Absolute));
        request.Add("Content-Type", "application/x-amz-json-1.1");
        var target = secret.IsParameter ? "AmazonSSM.GetParameter" : "secretsmanager.GetSecretValue";
        request.Add("X-Amz-Target", target);
        request.Add("User-Agent", ProductName.UserAgent);
        RequestSigner.Sign(request, body, key, secret.Scope, time.GetUtcNow());
        return (request, body);
    }

    string Url() => (secret.IsParameter ? options.SsmUrl : options.SecretsManagerUrl)
        ?? $"https://{secret.Scope.Service}.{secret.Region}.{AwsHost.DomainOf(secret.Partition)}/";
}
