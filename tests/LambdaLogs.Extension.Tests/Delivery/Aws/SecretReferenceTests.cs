using LambdaLogs.Extension.Delivery.Aws;

namespace LambdaLogs.Extension.Tests.Delivery.Aws;

public sealed class SecretReferenceTests
{
    [Theory]
    [InlineData("arn:aws:secretsmanager:eu-central-1:123456789012:secret:logs/endpoint-AbCdEf", "secretsmanager", "eu-central-1", null)]
    [InlineData("arn:aws:secretsmanager:eu-central-1:123456789012:secret:logs-AbCdEf#password", "secretsmanager", "eu-central-1", "password")]
    [InlineData("arn:aws:ssm:us-east-1:123456789012:parameter/logs/key", "ssm", "us-east-1", null)]
    [InlineData("arn:aws:ssm:us-east-1:123456789012:parameter/logs/key:3#a b", "ssm", "us-east-1", "a b")]
    [InlineData("arn:aws-us-gov:ssm:us-gov-west-1:123456789012:parameter/x", "ssm", "us-gov-west-1", null)]
    [InlineData("arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:x", "secretsmanager", "cn-north-1", null)]
    public void An_ARN_is_taken_apart(string text, string service, string region, string? field)
    {
        var secret = SecretReference.Parse(text)!;

        Assert.Equal(new SigningScope(service, region), secret.Scope);
        Assert.Equal(field, secret.Field);
        Assert.Equal(text, secret.ToString());
        Assert.Equal(text.Split('#')[0], secret.Arn);
    }

    [Theory]
    [InlineData("arn:aws:secretsmanager:eu-central-1:123456789012:secret:")]
    [InlineData("arn:aws:secretsmanager:eu-central-1:123456789012:secret:x#")]
    [InlineData("arn:aws:secretsmanager:eu-central-1:12345678901:secret:x")]
    [InlineData("arn:aws:secretsmanager::123456789012:secret:x")]
    [InlineData("arn:aws:secretsmanager:eu-central-1:123456789012:x")]
    [InlineData("arn:aws:ssm:us-east-1:123456789012:secret:x")]
    [InlineData("arn:aws:ssm:us-east-1:123456789012:parameter/")]
    [InlineData("arn:aws:ssm:us-east-1:123456789012:parameter/x\"y")]
    [InlineData("arn:aws:kms:us-east-1:123456789012:key/1")]
    [InlineData("arn:aws")]
    [InlineData("arn:other:ssm:us-east-1:123456789012:parameter/x")]
    [InlineData("password")]
    public void Another_text_is_none(string text) => Assert.Null(SecretReference.Parse(text));

    [Theory]
    [InlineData("arn:aws:ssm", true)]
    [InlineData("arn:aws-cn:ssm", true)]
    [InlineData("arn", false)]
    [InlineData("Arn:aws:", false)]
    public void What_begins_like_an_ARN_is_meant_as_one(string text, bool isMeant) => Assert.Equal(isMeant, SecretReference.LooksLikeArn(text));
}
