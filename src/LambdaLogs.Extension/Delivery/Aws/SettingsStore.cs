using System.Text;
using LambdaLogs.Extension.Wire;
using LambdaLogs.Extension.Wire.Http;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>Reads a text with settings from Systems Manager or S3. For one thread.</summary>
/// <param name="reference">Which text.</param>
/// <param name="options">Where the services are.</param>
/// <param name="keys">The function's keys.</param>
/// <param name="http">Asks.</param>
/// <param name="time">The wall clock of signatures.</param>
internal sealed class SettingsStore(
    SettingsReference reference, AwsOptions options, AwsCredentialsProvider keys, AwsHttp http, TimeProvider time)
{
    /// <summary>Reads it.</summary>
    /// <param name="limit">Bounds the waiting.</param>
    public FetchResult<string> Read(WaitLimit limit)
    {
        var key = keys.Get(limit);
        if (key.Value is null)
            return FetchResult<string>.Failed($"{reference.Arn} cannot be read: {key.Failure}", key.IsCutOff) with { MayPass = true };

        var response = http.Send(() => Question(key.Value), limit, out var isCutOff);
        return SettingsResponse.Read(reference, response, key.Value.Redact) with { IsCutOff = isCutOff };
    }

    (HttpRequest Request, byte[] Body) Question(AwsKeys key)
    {
        var body = reference.IsObject ? [] : Encoding.ASCII.GetBytes($$"""{"Name":"{{reference.Arn}}","WithDecryption":true}""");
        var request = new HttpRequest(reference.IsObject ? "GET" : "POST", new Uri(Url(), UriKind.Absolute));
        if (!reference.IsObject)
        {
            request.Add("Content-Type", "application/x-amz-json-1.1");
            request.Add("X-Amz-Target", "AmazonSSM.GetParameter");
        }

        request.Add("User-Agent", ProductName.UserAgent);
        RequestSigner.Sign(request, body, key, new SigningScope(reference.IsObject ? "s3" : "ssm", reference.Region), time.GetUtcNow());
        return (request, body);
    }

    string Url()
    {
        var domain = AwsHost.DomainOf(reference.Partition);
        if (!reference.IsObject)
            return options.SsmUrl ?? $"https://ssm.{reference.Region}.{domain}/";

        // The certificate of S3 is good for one label more, and a name may have dots.
        var isLabel = options.S3Url is null && !reference.Bucket.Contains('.') && !reference.Bucket.Contains('_');
        var host = options.S3Url?.TrimEnd('/') ?? $"https://{(isLabel ? reference.Bucket + "." : "")}s3.{reference.Region}.{domain}";
        return $"{host}/{(isLabel ? "" : reference.Bucket + "/")}{CanonicalUrl.Key(reference.Key)}";
    }
}
