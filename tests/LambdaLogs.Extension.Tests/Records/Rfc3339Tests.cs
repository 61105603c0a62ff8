using System.Globalization;
using System.Text;
using FsCheck.Fluent;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Records;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2026-03-14T09:26:53.101Z")]
    [InlineData("2026-03-14T09:26:53Z")]
    [InlineData("2026-03-14T09:26:53.1Z")]
    [InlineData("2026-11-01T00:00:00.005123456Z")]
    [InlineData("2026-03-14T09:26:53.101+01:00")]
    [InlineData("2026-03-14T09:26:53-23:59")]
    [InlineData("2026-03-14t09:26:53z")]
    [InlineData("2024-02-29T23:59:59.999Z")]
    [InlineData("0001-01-01T00:00:00.000Z")]
    [InlineData("2026-12-31T23:59:59.000Z")]
    public void A_time_is_valid(string text) => Assert.True(Rfc3339.IsValid(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("2026-03-14")]
    [InlineData("2026-03-14T09:26:53")]
    [InlineData("2026-03-14 09:26:53Z")]
    [InlineData("2026-03-14T09:26Z")]
    [InlineData("2026-03-14T09:26:53.Z")]
    [InlineData("2026-03-14T09:26:53.101")]
    [InlineData("2026-03-14T09:26:53.101+0100")]
    [InlineData("2026-03-14T09:26:53.101+24:00")]
    [InlineData("2026-02-29T09:26:53.101Z")]
    [InlineData("2026-04-31T09:26:53.101Z")]
    [InlineData("2026-00-14T09:26:53.101Z")]
    [InlineData("2026-13-14T09:26:53.101Z")]
    [InlineData("2026-03-00T09:26:53.101Z")]
    [InlineData("2026-03-14T24:00:00.000Z")]
    [InlineData("2026-03-14T09:60:53.101Z")]
    [InlineData("2026-03-14T09:26:60.101Z")]
    [InlineData("0000-03-14T09:26:53.101Z")]
    [InlineData("2026-03-14T09:26:53.1a1Z")]
    [InlineData("2026/03/14T09:26:53.101Z")]
    [InlineData("2026-03-14T09:26:53:101Z")]
    [InlineData("１026-03-14T09:26:53.101Z")]
    public void Anything_else_is_no_time(string text) => Assert.False(Rfc3339.IsValid(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_valid_time_is_one_that_the_framework_reads()
    {
        ReadingProperty.Holds(ArbMap.Default.GeneratorFor<DateTime>(), time =>
        {
            var text = time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            Rfc3339.TryParse(Encoding.ASCII.GetBytes(text), out var ticks);
            var expected = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal).Ticks;
            return Rfc3339.IsValid(Encoding.ASCII.GetBytes(text)) && ticks == expected;
        });
    }

    [Fact]
    public void A_time_is_written_in_milliseconds_and_UTC()
    {
        var text = new byte[Rfc3339.Size];
        Rfc3339.Write(new DateTimeOffset(2026, 3, 4, 10, 6, 3, 7, TimeSpan.FromHours(1)), text);
        Assert.Equal("2026-03-04T09:06:03.007Z", Encoding.ASCII.GetString(text));
    }

    [Theory]
    [InlineData("2026-03-14T09:26:53.101Z", "2026-03-14T09:26:53.102Z", -1)]
    [InlineData("2026-03-14T09:26:53.12Z", "2026-03-14T09:26:53.1Z", 1)]
    [InlineData("2026-03-14T10:26:53.101+01:00", "2026-03-14T09:26:53.101Z", 0)]
    [InlineData("2026-03-14T09:26:53Z", "2026-03-14T09:26:53.000000000Z", 0)]
    [InlineData("2026-03-14T09:26:53Z", "2026-03-14T11:26:52+01:00", -1)]
    [InlineData("2026-03-14T09:26:53Z", "no time", 0)]
    public void Times_are_compared_as_instants(string a, string b, int expected) =>
        Assert.Equal(expected, Math.Sign(Rfc3339.Compare(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b))));
}
