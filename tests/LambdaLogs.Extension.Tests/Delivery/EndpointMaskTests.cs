using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery;

public sealed class EndpointMaskTests
{
    [Theory]
    [InlineData("https://logs.example.com", "https://logs.example.com/")]
    [InlineData("https://logs.example.com/", "https://logs.example.com/")]
    [InlineData("https://logs.example.com:443/v1", "https://logs.example.com/v1")]
    [InlineData("http://logs.example.com:8080/v1/logs", "http://logs.example.com:8080/v1/…")]
    [InlineData("https://logs.example.com/ingest/", "https://logs.example.com/ingest/")]
    [InlineData("https://hooks.example.com/services/T0000/B0000/SECRET", "https://hooks.example.com/services/…")]
    [InlineData("https://collect.example.com/ZaVnC4dhaV3SECRETSECRET==", "https://collect.example.com/…")]
    [InlineData("https://logs.example.com/v1?token=SECRET", "https://logs.example.com/v1?…")]
    [InlineData("https://user:SECRET@logs.example.com/v1", "https://logs.example.com/v1")]
    [InlineData("https://logs.example.com/v1#SECRET", "https://logs.example.com/v1")]
    [InlineData("http://[::1]:9000/a/b", "http://[::1]:9000/a/…")]
    [InlineData("http://127.0.0.1/", "http://127.0.0.1/")]
    public void Host_and_port_are_shown_and_keys_are_not(string endpoint, string expected) =>
        Assert.Equal(expected, EndpointMask.Of(new Uri(endpoint)));
}
