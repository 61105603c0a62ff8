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

    [Fact]
    public void Every_name_that_is_promised_exists()
    {
        Assert.Null(FieldPlaceholders.FirstUnknown(FieldPlaceholders.Known));
        Assert.Equal([new("a", "x-blue")], FieldPlaceholders.Fill([new("a", "x-{tenant_id}")], Function, "blue"));
        Assert.Empty(FieldPlaceholders.Fill([new("a", "x-{tenant_id}")], Function));
        Assert.Equal((true, false), (FieldPlaceholders.NameTenant([new("a", "x-{tenant_id}")]), FieldPlaceholders.NameTenant([new("a", "tenant_id")])));
        Assert.Equal("{tenant}", FieldPlaceholders.FirstUnknown("{memory} {tenant}"));
    }
}
