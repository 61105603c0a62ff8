using System.Text;
using LambdaLogs.Extension.Delivery.Aws;

namespace LambdaLogs.Extension.Tests.Delivery.Aws;

public sealed class SettingsResponseTests
{
    const string ParameterArn = "arn:aws:ssm:us-east-1:123456789012:parameter/logs";
    const string ObjectArn = "arn:aws:s3:::bucket/logs.env";

    [Theory]
    [InlineData(ParameterArn, """{"Parameter":{"Name":"logs","Value":"LOGS_FORMAT=loki\nA=b"}}""", "LOGS_FORMAT=loki\nA=b")]
    [InlineData(ObjectArn, "LOGS_FORMAT=loki\n# ü\n", "LOGS_FORMAT=loki\n# ü\n")]
    [InlineData(ObjectArn, """{"LOGS_FORMAT":"loki"}""", """{"LOGS_FORMAT":"loki"}""")]
    public void The_text_is_taken_as_it_is(string arn, string body, string text) => Assert.Equal(text, Read(arn, 200, body).Value);

    [Theory]
    [InlineData(ParameterArn, "{}", "the response of ssm holds no text")]
    [InlineData(ParameterArn, "<html>", "the response of ssm holds no text")]
    [InlineData(ParameterArn, """{"Parameter":{"Value":" "}}""", "is empty")]
    [InlineData(ObjectArn, " \n", "is empty")]
    public void A_response_without_settings_is_reported(string arn, string body, string told)
    {
        var fetched = Read(arn, 200, body);
        Assert.Null(fetched.Value);
        Assert.EndsWith(told, fetched.Failure, StringComparison.Ordinal);
        Assert.False(fetched.MayPass);
    }

    [Fact]
    public void A_text_that_is_too_long_is_reported() =>
        Assert.Equal(ObjectArn + " is longer than 64KB", Read(ObjectArn, 200, new string('#', SettingsResponse.BytesMax + 1)).Failure);

    [Fact]
    public void What_is_no_text_is_reported() =>
        Assert.Equal(ObjectArn + " is no text in UTF-8", SettingsResponse.Read(Reference(ObjectArn), new AwsResponse(200, [0x4C, 0xFF, 0xFE], null), text => text).Failure);

    [Theory]
    [InlineData(400, """{"__type":"ParameterNotFound"}""", "it does not exist in us-east-1")]
    [InlineData(400, """{"__type":"AccessDeniedException","Message":"User: x is not authorized to perform: ssm:GetParameter on resource: y"}""", "the function's role lacks the permission ssm:GetParameter (User: x is not authorized to perform: ssm:GetParameter on resource: y)")]
    [InlineData(400, """{"__type":"AccessDeniedException","Message":"The ciphertext refers to a customer master key that does not exist"}""", "the function's role lacks the permission kms:Decrypt for its key (The ciphertext refers to a customer master key that does not exist)")]
    public void A_refusal_of_systems_manager_is_reported_with_what_to_do(int status, string body, string told) =>
        Assert.Equal($"{ParameterArn} cannot be read: {told}", Read(ParameterArn, status, body).Failure);

    [Theory]
    [InlineData(404, "<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>", "there is no object of this key (The specified key does not exist.)")]
    [InlineData(404, "<Error><Code>NoSuchBucket</Code></Error>", "there is no bucket of this name")]
    [InlineData(403, "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>", "the function's role lacks the permission s3:GetObject (Access Denied)")]
    [InlineData(301, "<Error><Code>PermanentRedirect</Code></Error>", "the bucket is in another region than us-east-1")]
    [InlineData(403, "<Error><Code>SignatureDoesNotMatch</Code></Error>", "the function's AWS keys were refused (SignatureDoesNotMatch)")]
    [InlineData(418, "", "status 418")]
    [InlineData(418, "<Error><Code>Half", "status 418")]
    public void A_refusal_of_s3_is_reported_with_what_to_do(int status, string body, string told) =>
        Assert.Equal($"{ObjectArn} cannot be read: {told}", Read(ObjectArn, status, body).Failure);

    [Theory]
    [InlineData(503, "<Error><Code>SlowDown</Code></Error>", true)]
    [InlineData(400, """{"__type":"ThrottlingException"}""", true)]
    [InlineData(429, "", true)]
    [InlineData(500, "", true)]
    [InlineData(403, "", false)]
    [InlineData(400, """{"__type":"ParameterNotFound"}""", false)]
    public void What_may_pass_is_known(int status, string body, bool mayPass) => Assert.Equal(mayPass, Read(ObjectArn, status, body).MayPass);

    [Fact]
    public void Without_a_way_there_it_may_pass()
    {
        var fetched = SettingsResponse.Read(Reference(ObjectArn), new AwsResponse(0, [], "s3 refused the connection"), text => text);
        Assert.Equal((ObjectArn + " cannot be read: s3 refused the connection", true), (fetched.Failure, fetched.MayPass));
    }

    static FetchResult<string> Read(string arn, int status, string body) =>
        SettingsResponse.Read(Reference(arn), new AwsResponse(status, Encoding.UTF8.GetBytes(body), null), text => text);

    static SettingsReference Reference(string arn) => SettingsReference.Parse(arn, "us-east-1")!;
}
