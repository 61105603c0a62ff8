using LambdaLogs.Emulator.Sandbox;

namespace LambdaLogs.Emulator.Tests.Sandbox;

public sealed class ReservedVariablesTests
{
    [Theory]
    [InlineData("AWS_REGION")]
    [InlineData("AWS_LAMBDA_RUNTIME_API")]
    [InlineData("AWS_EXECUTION_ENV")]
    [InlineData("LAMBDA_TASK_ROOT")]
    [InlineData("_HANDLER")]
    [InlineData("_ANYTHING")]
    public void What_lambda_sets_itself_is_refused(string name) =>
        Assert.Equal($"--env {name}: reserved; Lambda sets this variable", ReservedVariables.Validate(name));

    [Theory]
    [InlineData("MY-NAME")]
    [InlineData("1ST")]
    [InlineData("a b")]
    public void A_name_has_letters_digits_and_underscores(string name) =>
        Assert.Contains("invalid name", ReservedVariables.Validate(name), StringComparison.Ordinal);

    [Theory]
    [InlineData("LOGS_URL")]
    [InlineData("TZ")]
    [InlineData("PATH")]
    [InlineData("AWS_ACCESS_KEY_ID")]
    [InlineData("AWS_LAMBDA_EXEC_WRAPPER")]
    public void All_others_are_taken(string name) => Assert.Null(ReservedVariables.Validate(name));
}
