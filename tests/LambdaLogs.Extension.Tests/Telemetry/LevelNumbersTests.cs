using System.Text;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Tests.Telemetry;

public sealed class LevelNumbersTests
{
    [Theory]
    [InlineData(LevelScale.BySize, "10 5000", LogLevel.Trace)]
    [InlineData(LevelScale.BySize, "20 100 10000", LogLevel.Debug)]
    [InlineData(LevelScale.BySize, "30 35 200 250 20000", LogLevel.Info)]
    [InlineData(LevelScale.BySize, "40 300 30000", LogLevel.Warn)]
    [InlineData(LevelScale.BySize, "50 400 40000", LogLevel.Error)]
    [InlineData(LevelScale.BySize, "60 500 550 600 50000", LogLevel.Fatal)]
    [InlineData(LevelScale.Python, "40 45", LogLevel.Error)]
    [InlineData(LevelScale.Syslog, "0 1 2", LogLevel.Fatal)]
    [InlineData(LevelScale.Syslog, "3", LogLevel.Error)]
    [InlineData(LevelScale.Syslog, "5 6", LogLevel.Info)]
    [InlineData(LevelScale.Ascending, "4", LogLevel.Error)]
    [InlineData(LevelScale.Tslog, "0 1", LogLevel.Trace)]
    [InlineData(LevelScale.Tslog, "5", LogLevel.Error)]
    [InlineData(LevelScale.Azure, "3", LogLevel.Error)]
    [InlineData(LevelScale.OpenTelemetry, "17 18 19 20", LogLevel.Error)]
    [InlineData(LevelScale.Google, "500", LogLevel.Error)]
    internal void A_number_is_a_level_as_its_library_counts(LevelScale scale, string numbers, LogLevel expected) =>
        Assert.All(numbers.Split(' '), number =>
        {
            Assert.True(LevelNumbers.TryParse(Encoding.UTF8.GetBytes(number), scale, out var level));
            Assert.Equal(expected, level);
        });

    [Theory]
    [InlineData(LevelScale.BySize, "0 9 61 70 101 3. -5 1e1 999 99999999999999999999")]
    [InlineData(LevelScale.Syslog, "8 -1")]
    [InlineData(LevelScale.Ascending, "6")]
    [InlineData(LevelScale.OpenTelemetry, "0 25")]
    [InlineData(LevelScale.Google, "150 900")]
    internal void Any_other_number_is_none(LevelScale scale, string numbers) => Assert.All(
        numbers.Split(' '),
        number => Assert.False(LevelNumbers.TryParse(Encoding.UTF8.GetBytes(number), scale, out _)));
}
