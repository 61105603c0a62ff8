using LambdaLogs.Extension.Delivery.Aws;

namespace LambdaLogs.Extension.Tests.Delivery.Aws;

public sealed class AwsHostTests
{
    [Theory]
    [InlineData("search-logs-abc.eu-central-1.es.amazonaws.com", "es", "eu-central-1")]
    [InlineData("vpc-logs-abc.us-gov-west-1.es.amazonaws.com", "es", "us-gov-west-1")]
    [InlineData("search-logs-abc.aos.eu-west-1.on.aws", "es", "eu-west-1")]
    [InlineData("abc123.us-east-1.aoss.amazonaws.com", "aoss", "us-east-1")]
    [InlineData("abc123.us-east-1.aoss-fips.amazonaws.com", "aoss", "us-east-1")]
    [InlineData("logs-xyz.us-west-2.osis.amazonaws.com", "osis", "us-west-2")]
    [InlineData("abc.execute-api.ap-southeast-2.amazonaws.com", "execute-api", "ap-southeast-2")]
    [InlineData("vpce-0a-b.execute-api.us-east-1.vpce.amazonaws.com", "execute-api", "us-east-1")]
    [InlineData("abcdef.lambda-url.us-east-1.on.aws", "lambda", "us-east-1")]
    [InlineData("logs.us-east-1.amazonaws.com", "logs", "us-east-1")]
    [InlineData("LOGS.us-east-1.api.aws", "logs", "us-east-1")]
    [InlineData("vpce-0a-b.logs.us-east-1.vpce.amazonaws.com", "logs", "us-east-1")]
    [InlineData("logs.cn-north-1.amazonaws.com.cn", "logs", "cn-north-1")]
    [InlineData("logs.us-iso-east-1.c2s.ic.gov", "logs", "us-iso-east-1")]
    [InlineData("logs.eusc-de-east-1.amazonaws.eu", "logs", "eusc-de-east-1")]
    [InlineData("aps-workspaces.us-east-1.amazonaws.com", "aps", "us-east-1")]
    public void Service_and_region_are_read_off_a_host_of_AWS(string host, string service, string region) =>
        Assert.Equal(new SigningScope(service, region), AwsHost.Read(host));

    [Theory]
    [InlineData("logs.example.com")]
    [InlineData("us-east-1.amazonaws.com")]
    [InlineData("sts.amazonaws.com")]
    [InlineData("d111111abcdef8.cloudfront.net")]
    [InlineData("logs.us-east-1.amazonaws.com.example.com")]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public void Another_host_says_nothing(string host) => Assert.Null(AwsHost.Read(host));

    [Theory]
    [InlineData("us-east-1", true)]
    [InlineData("ap-southeast-10", true)]
    [InlineData("eusc-de-east-1", true)]
    [InlineData("useast1", false)]
    [InlineData("us-east", false)]
    [InlineData("us-east-", false)]
    [InlineData("US-EAST-1", false)]
    [InlineData("us east-1", false)]
    [InlineData("", false)]
    public void A_region_has_a_form(string text, bool isOne) => Assert.Equal(isOne, AwsHost.IsRegion(text));
}
