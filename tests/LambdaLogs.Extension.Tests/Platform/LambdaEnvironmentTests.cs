using LambdaLogs.Extension.Platform;

namespace LambdaLogs.Extension.Tests.Platform;

public sealed class LambdaEnvironmentTests
{
    [Fact]
    public void What_Lambda_says_is_read()
    {
        var environment = With(
            ("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001"),
            ("AWS_LAMBDA_FUNCTION_NAME", "orders"),
            ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
            ("AWS_REGION", "eu-west-1"),
            ("AWS_DEFAULT_REGION", "us-east-1"));

        Assert.Equal("127.0.0.1:9001", environment.RuntimeApi);
        Assert.Equal("orders", environment.FunctionName);
        Assert.Equal("$LATEST", environment.FunctionVersion);
        Assert.Equal("512", environment.MemorySize);
        Assert.Equal(512L * 1024 * 1024, environment.MemoryBytes);
        Assert.Equal("eu-west-1", environment.Region);
        Assert.False(environment.IsManagedInstance);
    }

    [Fact]
    public void What_Lambda_does_not_say_is_empty_and_the_memory_its_smallest()
    {
        var environment = With();

        Assert.Null(environment.RuntimeApi);
        Assert.Equal("", environment.FunctionName + environment.FunctionVersion + environment.MemorySize + environment.Region);
        Assert.Equal(128L * 1024 * 1024, environment.MemoryBytes);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-128")]
    [InlineData("many")]
    [InlineData("")]
    [InlineData("99999999999")]
    public void A_memory_size_that_is_none_counts_as_the_smallest(string text) =>
        Assert.Equal(128L * 1024 * 1024, With(("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", text)).MemoryBytes);

    [Fact]
    public void The_default_region_is_the_second_choice() => Assert.Equal("us-east-1", With(("AWS_DEFAULT_REGION", "us-east-1")).Region);

    [Fact]
    public void An_empty_address_is_none() => Assert.Null(With(("AWS_LAMBDA_RUNTIME_API", "")).RuntimeApi);

    [Theory]
    [InlineData("lambda-managed-instances", true)]
    [InlineData("on-demand", false)]
    [InlineData("provisioned-concurrency", false)]
    [InlineData("snap-start", false)]
    public void Managed_Instances_are_known_by_their_initialization_type(string type, bool expected) =>
        Assert.Equal(expected, With(("AWS_LAMBDA_INITIALIZATION_TYPE", type)).IsManagedInstance);

    [Fact]
    public void The_architecture_is_in_Lambdas_words() => Assert.Contains(LambdaEnvironment.Architecture, (string[])["x86_64", "arm64"]);

    static LambdaEnvironment With(params (string Name, string Value)[] variables)
    {
        var values = variables.ToDictionary(variable => variable.Name, variable => variable.Value);
        return new LambdaEnvironment(name => values.GetValueOrDefault(name));
    }
}
