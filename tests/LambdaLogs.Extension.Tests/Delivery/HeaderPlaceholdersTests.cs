using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery;

public sealed class HeaderPlaceholdersTests
{
    static readonly HeaderPlaceholderValues Facts = new() { FunctionName = "shop", FunctionVersion = "$LATEST", Region = "eu-west-1" };

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("{function_name}", "shop")]
    [InlineData("a-{function_name}/{function_version}@{region}-z", "a-shop/$LATEST@eu-west-1-z")]
    [InlineData("{{region}}", "{eu-west-1}")]
    [InlineData("{\"region\":\"{region}\"}", "{\"region\":\"eu-west-1\"}")]
    [InlineData("{} {Region} {region", "{} {Region} {region")]
    [InlineData("{account_id}", null)]
    [InlineData("{region}-{account_id}", null)]
    public void A_placeholder_is_filled_in_or_the_value_is_none(string value, string? expected) =>
        Assert.Equal(expected, HeaderPlaceholders.Fill(value, Facts));

    [Theory]
    [InlineData("{function_name}{region}{account_id}{function_version}", null)]
    [InlineData("{REGION} {} { region }", null)]
    [InlineData("x {regio} {other}", "{regio}")]
    public void A_placeholder_that_does_not_exist_is_found(string value, string? expected) =>
        Assert.Equal(expected, HeaderPlaceholders.FirstUnknown(value));
}
