using LambdaLogs.Extension.Lifecycle;
using LambdaLogs.Extension.Platform;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Tests.Lifecycle;

public sealed class FinalRecordsTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    static readonly Invocation Last = new("r-1", Start, Start.AddSeconds(3));

    [Theory]
    [InlineData("timeout")]
    [InlineData("TIMEOUT")]
    [InlineData("Timeout")]
    public void A_timeout_says_how_long_the_function_ran(string reason)
    {
        var words = FinalRecords.Of(Shutdown(reason), Last, done: null, Start.AddSeconds(10))!;

        Assert.Equal("extension.shutdown", words.LogType);
        Assert.Equal(LogLevel.Error, words.Level);
        Assert.Equal("The function timed out after 3.00 seconds", words.Message);
        Assert.Equal("r-1", words.RequestId);
        Assert.Equal("""{"reason":"timeout"}""", words.Attributes);
    }

    [Fact]
    public void A_timeout_before_the_functions_own_says_what_passed() =>
        Assert.Equal("The function timed out after 1.25 seconds", FinalRecords.Of(Shutdown("timeout"), Last, done: null, Start.AddSeconds(1.25))!.Message);

    [Fact]
    public void A_timeout_without_an_invocation_names_no_time()
    {
        var words = FinalRecords.Of(Shutdown("timeout"), last: null, done: null, Start)!;

        Assert.Equal("The function timed out", words.Message);
        Assert.Equal("", words.RequestId);
    }

    [Theory]
    [InlineData("failure")]
    [InlineData("FAILURE")]
    public void A_crash_says_so(string reason)
    {
        var words = FinalRecords.Of(Shutdown(reason), Last, done: null, Start)!;

        Assert.Equal("The function or an extension crashed; Lambda shut the environment down", words.Message);
        Assert.Equal("""{"reason":"failure"}""", words.Attributes);
        Assert.Equal(LogLevel.Error, words.Level);
    }

    [Theory]
    [InlineData("spindown")]
    [InlineData("")]
    [InlineData("somethingNew")]
    public void An_ordinary_end_needs_no_words(string reason) => Assert.Null(FinalRecords.Of(Shutdown(reason), Last, done: null, Start));

    [Theory]
    [InlineData((int)PlatformStatus.Timeout)]
    [InlineData((int)PlatformStatus.Error)]
    [InlineData((int)PlatformStatus.Failure)]
    public void What_the_platform_has_explained_needs_no_words(int status) =>
        Assert.Null(FinalRecords.Of(Shutdown("timeout"), Last, new RuntimeDone("r-1", (PlatformStatus)status, null, null), Start));

    [Fact]
    public void A_handler_that_ended_well_explains_nothing() =>
        Assert.NotNull(FinalRecords.Of(Shutdown("failure"), Last, new RuntimeDone("r-1", PlatformStatus.Success, null, null), Start));

    static PlatformEvent Shutdown(string reason) => new(PlatformEventKind.Shutdown, 0, "", reason);
}
