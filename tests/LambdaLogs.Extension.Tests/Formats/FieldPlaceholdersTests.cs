using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Tests.Formats;

public sealed class FieldPlaceholdersTests
{
    static readonly FunctionIdentity Function = new()
    {
        Name = "orders",
        Version = "7",
        Region = "eu-central-1",
        MemorySize = "256",
        EnvironmentId = "0f3c",
    };

    [Theory]
    [InlineData("{function_name}:{function_version}", "orders:7")]
    [InlineData("{region}/{memory}", "eu-central-1/256")]
    [InlineData("{environment_id}", "0f3c")]
    [InlineData("{other} {", "{other} {")]
    public void Names_in_braces_are_filled_in(string value, string expected) =>
        Assert.Equal([new("x", expected)], FieldPlaceholders.Fill([new("x", value)], Function));

    [Fact]
    public void A_field_whose_fact_is_not_known_is_left_out() =>
        Assert.Equal([new("b", "c")], FieldPlaceholders.Fill([new("a", "{account_id}"), new("b", "c")], Function));

    [Theory]
    [InlineData("{Region}", "{Region}")]
    [InlineData("a-{AWS_REGION}", "{AWS_REGION}")]
    [InlineData("{function-name}", "{function-name}")]
    [InlineData("{function.name}", "{function.name}")]
    [InlineData("{ region }", "{ region }")]
    [InlineData("{region1}", "{region1}")]
    [InlineData("${region}", "${region}")]
    [InlineData("${AWS_REGION}", "${AWS_REGION}")]
    [InlineData("{region} {acount_id}", "{acount_id}")]
    [InlineData("{region}", null)]
    [InlineData("{}", null)]
    [InlineData("{1,3}", null)]
    [InlineData("{\"a\":1}", null)]
    [InlineData("{", null)]
    [InlineData("$5 {", null)]
    public void What_was_meant_as_a_placeholder_and_is_none_is_found(string value, string? unknown) => Assert.Equal(unknown, FieldPlaceholders.FirstMistaken(value));

    [Fact]
    public void Every_name_that_is_promised_exists()
    {
        Assert.Null(FieldPlaceholders.FirstMistaken(FieldPlaceholders.Known));
        Assert.Equal([new("a", "x-blue")], FieldPlaceholders.Fill([new("a", "x-{tenant_id}")], Function, "blue"));
        Assert.Empty(FieldPlaceholders.Fill([new("a", "x-{tenant_id}")], Function));
        Assert.Equal((true, false), (FieldPlaceholders.NameTenant([new("a", "x-{tenant_id}")]), FieldPlaceholders.NameTenant([new("a", "tenant_id")])));
        Assert.Equal("{tenant}", FieldPlaceholders.FirstMistaken("{memory} {tenant}"));
    }
}
