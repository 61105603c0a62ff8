using LambdaLogs.Extension.Delivery.Aws;

namespace LambdaLogs.Extension.Tests.Delivery.Aws;

public sealed class SettingsReferenceTests
{
    const string Parameter = "arn:aws:ssm:eu-west-1:123456789012:parameter/logs/settings";

    [Fact]
    public void A_parameter_has_its_region()
    {
        var reference = SettingsReference.Parse(Parameter, "us-east-1")!;
        Assert.Equal((false, "eu-west-1", "ssm:GetParameter"), (reference.IsObject, reference.Region, reference.Permission));
    }

    [Theory]
    [InlineData("arn:aws:s3:::bucket/logs.env", "bucket", "logs.env")]
    [InlineData("arn:aws-cn:s3:::my.bucket-1/a/b c/ü.env", "my.bucket-1", "a/b c/ü.env")]
    public void An_object_is_in_the_functions_region(string arn, string bucket, string key)
    {
        var reference = SettingsReference.Parse(arn, "eu-central-1")!;
        Assert.Equal((true, "eu-central-1", bucket, key, "s3:GetObject"), (reference.IsObject, reference.Region, reference.Bucket, reference.Key, reference.Permission));
    }

    [Theory]
    [InlineData("arn:aws:s3:::bucket")]
    [InlineData("arn:aws:s3:::bucket/")]
    [InlineData("arn:aws:s3:::b/key")]
    [InlineData("arn:aws:s3:::Bucket/key")]
    [InlineData("arn:aws:s3:::a..b/key")]
    [InlineData("arn:aws:s3:::bucket/../key")]
    [InlineData("arn:aws:s3:::bucket/a\nb")]
    [InlineData("arn:aws:s3:eu-west-1:123456789012:accesspoint/x/object/y")]
    [InlineData("arn:aws:secretsmanager:us-east-1:123456789012:secret:x")]
    [InlineData(Parameter + "#field")]
    [InlineData("arn:aws:ssm:eu-west-1:1234:parameter/x")]
    [InlineData("arn:aws")]
    [InlineData("")]
    public void Anything_else_is_none(string arn) => Assert.Null(SettingsReference.Parse(arn, "us-east-1"));

    [Fact]
    public void An_object_without_the_functions_region_is_none() => Assert.Null(SettingsReference.Parse("arn:aws:s3:::bucket/key", ""));
}
