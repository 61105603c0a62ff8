using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Delivery.Aws;
using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Tests.Settings;

/// <summary>Signed requests and stored credentials, as the environment asks for them.</summary>
public sealed class AwsReaderTests
{
    const string OpenSearch = "https://search-logs.eu-central-1.es.amazonaws.com/_bulk";
    const string Arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:logs-AbCdEf";

    [Theory]
    [InlineData(OpenSearch, null, null, "es", "eu-central-1")]
    [InlineData(OpenSearch, "aoss", "us-west-2", "aoss", "us-west-2")]
    [InlineData("https://logs.example.com", "execute-api", null, "execute-api", "us-east-1")]
    [InlineData("https://logs.example.com", "lambda", "eu-west-1", "lambda", "eu-west-1")]
    public void Service_and_region_are_guessed_or_taken(string endpoint, string? service, string? region, string expectedService, string expectedRegion)
    {
        var destination = Read(
            out var problems,
            ("HTTP_ENDPOINT", endpoint),
            ("HTTP_AUTH_TYPE", "SigV4"),
            ("HTTP_AUTH_SIGV4_SERVICE", service),
            ("HTTP_AUTH_SIGV4_REGION", region),
            ("AWS_REGION", "us-east-1"));

        Assert.Empty(problems);
        Assert.Equal(new SigningScope(expectedService, expectedRegion), destination!.Aws!.Signing);
        Assert.Equal(AuthenticationKind.Sigv4, destination.Authentication.Kind);
        Assert.EndsWith($"(signed for {expectedService} in {expectedRegion})", $"{destination}");
    }

    [Fact]
    public void A_service_that_cannot_be_guessed_has_to_be_named() => Fails(
        "HTTP_AUTH_SIGV4_SERVICE: not set; expected the service's name in signatures, such as es, aoss, osis, execute-api, lambda or logs; "
        + "the endpoint's name does not tell it; nothing is sent",
        ("HTTP_ENDPOINT", "https://logs.example.com"),
        ("HTTP_AUTH_TYPE", "sigv4"),
        ("AWS_REGION", "us-east-1"));

    [Fact]
    public void A_region_that_is_known_nowhere_has_to_be_named() => Fails(
        "HTTP_AUTH_SIGV4_REGION: not set; expected a region such as eu-central-1; nothing is sent",
        ("HTTP_ENDPOINT", "https://logs.example.com"),
        ("HTTP_AUTH_TYPE", "sigv4"),
        ("HTTP_AUTH_SIGV4_SERVICE", "es"));

    [Theory]
    [InlineData("HTTP_AUTH_SIGV4_SERVICE", "Open Search", "the service's name in signatures, such as es, aoss, osis, execute-api, lambda or logs")]
    [InlineData("HTTP_AUTH_SIGV4_REGION", "Frankfurt", "a region such as eu-central-1")]
    public void A_name_that_is_none_sends_nothing(string variable, string value, string allowed) => Fails(
        $"{variable}: got \"{value}\"; expected {allowed}; nothing is sent",
        ("HTTP_ENDPOINT", OpenSearch),
        ("HTTP_AUTH_TYPE", "sigv4"),
        (variable, value));

    [Fact]
    public void Credentials_beside_sigv4_are_reported_and_not_used()
    {
        var destination = Read(
            out var problems,
            ("HTTP_ENDPOINT", OpenSearch),
            ("HTTP_AUTH_TYPE", "sigv4"),
            ("HTTP_AUTH_CREDENTIALS", "SECRET"));

        Assert.NotNull(destination);
        Assert.Equal(
            "HTTP_AUTH_CREDENTIALS: got a secret of 6 characters; expected none for sigv4, which takes the function's AWS keys; they are ignored",
            Assert.Single(problems).ToString());
    }

    [Theory]
    [InlineData("bearer", AuthenticationKind.Bearer, "Authorization")]
    [InlineData("basic", AuthenticationKind.Basic, "Authorization")]
    [InlineData("api_key", AuthenticationKind.ApiKey, "DD-API-KEY")]
    public void Credentials_may_be_an_ARN(string type, object kind, string header)
    {
        var destination = Read(
            out var problems,
            ("HTTP_ENDPOINT", OpenSearch),
            ("HTTP_AUTH_TYPE", type),
            ("HTTP_AUTH_USERNAME", "me"),
            ("HTTP_AUTH_HEADER_NAME", "DD-API-KEY"),
            ("HTTP_AUTH_CREDENTIALS", Arn + "#key"),
            ("HTTP_AUTH_REFRESH_SECONDS", "60"),
            ("AWS_ACCESS_KEY_ID", "AKID"),
            ("AWS_SECRET_ACCESS_KEY", "SECRET"));

        Assert.Empty(problems);
        Assert.Equal((Arn, "key"), (destination!.Aws!.Secret!.Arn, destination.Aws.Secret.Field));
        Assert.Equal((kind, header), (destination.Aws.Recipe!.Kind, destination.Aws.Recipe.Header));
        Assert.Equal((kind, header), (destination.Authentication.Kind, destination.Authentication.HeaderName));
        Assert.Equal(TimeSpan.FromSeconds(60), destination.Aws.Refresh);
        Assert.DoesNotContain("SECRET", $"{destination}{destination.Aws}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arn:aws:kms:eu-central-1:123456789012:key/1")]
    [InlineData("arn:aws:secretsmanager:eu-central-1:123456789012:secret:logs#")]
    public void An_ARN_of_another_kind_sends_nothing(string arn) => Fails(
        $"HTTP_AUTH_CREDENTIALS: got a secret of {arn.Length} characters; expected {SecretReference.AcceptedForm}; nothing is sent",
        ("HTTP_ENDPOINT", OpenSearch),
        ("HTTP_AUTH_TYPE", "bearer"),
        ("HTTP_AUTH_CREDENTIALS", arn));

    [Fact]
    public void The_stores_may_have_other_addresses()
    {
        var both = Stored(("AWS_ENDPOINT_URL", "http://localhost:4566"));
        Assert.Equal(("http://localhost:4566", "http://localhost:4566"), (both.SecretsManagerUrl, both.SsmUrl));

        var one = Stored(("AWS_ENDPOINT_URL", "http://localhost:4566"), ("AWS_ENDPOINT_URL_SSM", "https://vpce-1.ssm.eu-central-1.vpce.amazonaws.com"));
        Assert.Equal(("http://localhost:4566", "https://vpce-1.ssm.eu-central-1.vpce.amazonaws.com"), (one.SecretsManagerUrl, one.SsmUrl));

        var ignored = Stored(("AWS_ENDPOINT_URL", "http://localhost:4566"), ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"));
        Assert.Null(ignored.SecretsManagerUrl);
    }

    [Fact]
    public void Keys_are_those_of_the_environment_or_of_a_container()
    {
        Assert.Equal(new AwsKeys("AKID", "SECRET", "T"), Stored(("AWS_ACCESS_KEY_ID", "AKID"), ("AWS_SECRET_ACCESS_KEY", "SECRET"), ("AWS_SESSION_TOKEN", "T")).Keys);
        Assert.Null(Stored(("AWS_ACCESS_KEY_ID", "AKID")).Keys);
        Assert.Equal("http://169.254.170.2/v2/x", Stored(("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/x")).ContainerUrl);

        var snapStart = Stored(
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:9001/2021-04-23/credentials"),
            ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "SECRET"));
        Assert.Equal(("http://127.0.0.1:9001/2021-04-23/credentials", "SECRET"), (snapStart.ContainerUrl, snapStart.ContainerToken));
    }

    [Fact]
    public void An_address_that_is_none_is_reported_without_it()
    {
        var destination = Read(
            out var problems,
            ("HTTP_ENDPOINT", OpenSearch),
            ("HTTP_AUTH_TYPE", "bearer"),
            ("HTTP_AUTH_CREDENTIALS", Arn),
            ("AWS_ENDPOINT_URL_SSM", "me:SECRET@x"));

        Assert.Null(destination!.Aws!.Environment.SsmUrl);
        Assert.Equal("AWS_ENDPOINT_URL_SSM: got a text of 11 characters; expected an http:// or https:// URL; it is ignored", Assert.Single(problems).ToString());
    }

    static AwsOptions Stored(params (string, string?)[] variables) =>
        Read(out _, [("HTTP_ENDPOINT", OpenSearch), ("HTTP_AUTH_TYPE", "bearer"), ("HTTP_AUTH_CREDENTIALS", Arn), .. variables])!.Aws!.Environment;

    static void Fails(string logged, params (string, string?)[] variables)
    {
        Assert.Null(Read(out var problems, variables));
        Assert.Equal(logged, Assert.Single(problems).ToString());
    }

    static DestinationOptions? Read(out List<SettingProblem> problems, params (string Name, string? Value)[] variables)
    {
        var values = variables.ToDictionary(variable => variable.Name, variable => variable.Value);
        return SettingsReader.Read(values.GetValueOrDefault, functionMemoryBytes: 0, out problems).Destination;
    }
}
