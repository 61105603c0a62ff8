using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Delivery.Aws;

namespace LambdaLogs.Extension.Tests.Delivery.Aws;

public sealed class SignatureRefusalTests
{
    static readonly SigningScope Scope = new("es", "eu-central-1");

    [Theory]
    [InlineData("""{"message":"The security token included in the request is expired"}""", "the session token of the function's AWS keys has expired: {")]
    [InlineData("""{"message":"The security token included in the request is invalid."}""", "the function's AWS keys are not known to the service: {")]
    [InlineData("""{"message":"Signature expired: 20150830T123600Z is now earlier than 20150830T124000Z"}""", "the endpoint rejects the time of the signature: {")]
    [InlineData("""{"message":"The request signature we calculated does not match the signature you provided."}""", "the signature for es in eu-central-1 does not match; set HTTP_AUTH_SIGV4_SERVICE and HTTP_AUTH_SIGV4_REGION to those of the endpoint: {")]
    [InlineData("""{"message":"Credential should be scoped to a valid region."}""", "the signature for es in eu-central-1 does not match;")]
    [InlineData("""{"Message":"User: x is not authorized to perform: es:ESHttpPost"}""", "the function's role lacks a permission: {")]
    [InlineData("forbidden", "forbidden")]
    public void The_endpoints_words_are_explained(string said, string logged) =>
        Assert.StartsWith(logged, SignatureRefusal.Explain(Refusal(said), Scope));

    [Theory]
    [InlineData(17, "this machine's clock is 17 minutes behind the endpoint's, so its signatures are rejected: no")]
    [InlineData(-6, "this machine's clock is 6 minutes ahead of the endpoint's, so its signatures are rejected: no")]
    [InlineData(2, "no")]
    public void A_clock_that_goes_wrong_is_reported(int minutes, string logged) =>
        Assert.Equal(logged, SignatureRefusal.Explain(Refusal("no") with { ClockSkew = TimeSpan.FromMinutes(minutes) }, Scope));

    [Fact]
    public void Where_nothing_is_known_nothing_is_said() => Assert.Null(SignatureRefusal.Explain(Refusal(null), Scope));

    static SendResult Refusal(string? said) => new(Verdict.Unauthorized, 403, FailureKind.None, null) { Detail = said };
}
