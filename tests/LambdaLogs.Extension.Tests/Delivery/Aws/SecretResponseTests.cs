using System.Text;
using LambdaLogs.Extension.Delivery.Aws;

namespace LambdaLogs.Extension.Tests.Delivery.Aws;

public sealed class SecretResponseTests
{
    const string Secret = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:logs-AbCdEf";
    const string Parameter = "arn:aws:ssm:eu-central-1:123456789012:parameter/logs";

    [Theory]
    [InlineData(Secret, """{"Name":"logs","SecretString":"s3cr3t"}""", "s3cr3t")]
    [InlineData(Secret, """{"SecretString":" s3cr3t\n"}""", "s3cr3t")]
    [InlineData(Secret, """{"SecretString":"\u0073\u00fc"}""", "sü")]
    [InlineData(Secret, """{"SecretString":"[1]"}""", "[1]")]
    [InlineData(Secret + "#key", """{"SecretString":"{\"other\":{\"key\":\"no\"},\"key\":\"yes\"}"}""", "yes")]
    [InlineData(Parameter, """{"Parameter":{"Name":"/logs","Value":"s3cr3t"}}""", "s3cr3t")]
    [InlineData(Parameter + "#key", """{"Parameter":{"Value":"{\"key\":\"yes\"}"},"Value":"no"}""", "yes")]
    public void A_value_is_read(string arn, string body, string value) =>
        Assert.Equal(new FetchResult<string>(value, null), Read(arn, 200, body));

    [Theory]
    [InlineData(Secret, """{"SecretBinary":"AAECAw=="}""", Secret + " is a binary secret; store the credentials as text (SecretString)")]
    [InlineData(Secret, "{}", Secret + ": the response of secretsmanager contains no value")]
    [InlineData(Secret, "<html>", Secret + ": the response of secretsmanager contains no value")]
    [InlineData(Parameter, """{"Value":"x"}""", Parameter + ": the response of ssm contains no value")]
    [InlineData(Secret, """{"SecretString":" "}""", Secret + " is empty")]
    [InlineData(Secret + "#key", """{"SecretString":"{\"key\":\"\"}"}""", Secret + "#key is empty")]
    [InlineData(Secret + "#key", """{"SecretString":"{\"Key\":\"x\"}"}""", Secret + " has no field \"key\"")]
    [InlineData(Secret + "#key", """{"SecretString":"{\"key\":1}"}""", "the field \"key\" of " + Secret + " is not a string")]
    [InlineData(Secret + "#key", """{"SecretString":"{\"key\":{}}"}""", "the field \"key\" of " + Secret + " is not a string")]
    [InlineData(Secret + "#key", """{"SecretString":"plain"}""", Secret + " is not a JSON object, so it has no field \"key\"; remove #key")]
    [InlineData(Secret + "#key", """{"SecretString":"{\"key\":\"\\ud800\"}"}""", Secret + " has no field \"key\"")]
    [InlineData(Secret, """{"SecretString":"{\"password\":\"s3cr3t\"}"}""", Secret + " is a JSON object; add the name of the field with the credentials, for example " + Secret + "#password")]
    public void What_is_no_value_is_reported_without_it(string arn, string body, string logged) =>
        Assert.Equal(FetchResult<string>.Failed(logged), Read(arn, 200, body));

    [Theory]
    [InlineData(Secret, 400, """{"__type":"AccessDeniedException","Message":"User: arn:aws:sts::1:assumed-role/r/f is not authorized to perform: secretsmanager:GetSecretValue on resource: x"}""", "the function's role lacks the permission secretsmanager:GetSecretValue (User:")]
    [InlineData(Secret, 400, """{"__type":"AccessDeniedException","Message":"Access to KMS is not allowed"}""", "the function's role lacks the permission kms:Decrypt for its key (Access to KMS is not allowed)")]
    [InlineData(Secret, 400, """{"__type":"com.amazonaws#AccessDeniedException"}""", "the function's role lacks the permission secretsmanager:GetSecretValue")]
    [InlineData(Parameter, 400, """{"__type":"AccessDeniedException","message":"is not authorized to perform: ssm:GetParameter on resource: x"}""", "the function's role lacks the permission ssm:GetParameter (")]
    [InlineData(Parameter, 400, """{"__type":"InvalidKeyId","message":"The ciphertext refers to a customer master key that does not exist"}""", "the function's role lacks the permission kms:Decrypt for its key (")]
    [InlineData(Secret, 400, """{"__type":"ResourceNotFoundException","Message":"Secrets Manager can't find the specified secret."}""", "it does not exist in eu-central-1 (")]
    [InlineData(Parameter, 400, """{"__type":"ParameterNotFound"}""", "it does not exist in eu-central-1")]
    [InlineData(Secret, 400, """{"__type":"ThrottlingException","message":"Rate exceeded"}""", "the store throttled the request; it will be retried (Rate exceeded)")]
    [InlineData(Secret, 400, """{"__type":"ExpiredTokenException"}""", "the function's AWS keys were refused (ExpiredTokenException)")]
    [InlineData(Secret, 500, """{"__type":"InternalServiceError"}""", "status 500 InternalServiceError")]
    [InlineData(Secret, 503, "<html>", "status 503")]
    public void A_refusal_says_what_is_missing(string arn, int status, string body, string logged) =>
        Assert.StartsWith($"{arn} cannot be read: {logged}", Read(arn, status, body).Failure);

    [Fact]
    public void A_store_that_does_not_respond_is_reported() => Assert.Equal(
        $"{Secret} cannot be read: the store refused the connection",
        SecretResponse.Read(SecretReference.Parse(Secret)!, new AwsResponse(0, [], "the store refused the connection")).Failure);

    static FetchResult<string> Read(string arn, int status, string body) =>
        SecretResponse.Read(SecretReference.Parse(arn)!, new AwsResponse(status, Encoding.UTF8.GetBytes(body), null));
}
