using System.Runtime.Versioning;

namespace LambdaLogs.Extension.Tests;

[SupportedOSPlatform("linux")]
public sealed class SettingsFileTests : IDisposable
{
    const string Arn = "arn:aws:s3:::bucket/logs.env";
    const string Text = "LOGS_FORMAT=loki\nLOGS_FIELDS=a=ü\n";

    static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_773_480_413);

    readonly string _name = $"test/{Guid.NewGuid():N}";

    string Path => $"/tmp/aws-lambda-logs-http-destination.{_name.Replace('/', '_')}.config";

    public void Dispose() => File.Delete(Path);

    [Fact]
    public void Settings_are_kept_for_every_further_process_and_its_owner_only()
    {
        new SettingsFile(_name).Write(Arn, Text, Now);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        for (var process = 0; process < 3; process++)
            Assert.Equal(Text, new SettingsFile(_name).Read(Arn, Now.AddMinutes(process)));
    }

    [Fact]
    public void They_are_kept_for_an_hour_from_when_they_were_read_out_of_AWS()
    {
        new SettingsFile(_name).Write(Arn, Text, Now);
        Assert.NotNull(new SettingsFile(_name).Read(Arn, Now.AddMinutes(59)));
        Assert.Null(new SettingsFile(_name).Read(Arn, Now.AddMinutes(61)));
    }

    [Fact]
    public void Those_of_another_place_or_of_the_future_are_not_taken()
    {
        new SettingsFile(_name).Write(Arn, Text, Now);
        Assert.Null(new SettingsFile(_name).Read(Arn + "2", Now));
        new SettingsFile(_name).Write(Arn, Text, Now);
        Assert.Null(new SettingsFile(_name).Read(Arn, Now.AddMinutes(-1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\n")]
    [InlineData("x\n16\narn:aws:s3:::bucket/logs.env\nLOGS_FORMAT=loki")]
    [InlineData("1773480413\n17\narn:aws:s3:::bucket/logs.env\nLOGS_FORMAT=loki")]
    public void What_is_not_whole_is_not_taken(string content)
    {
        File.WriteAllText(Path, content);
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Null(new SettingsFile(_name).Read(Arn, Now));
    }

    [Fact]
    public void A_file_that_others_may_write_to_is_not_taken()
    {
        new SettingsFile(_name).Write(Arn, Text, Now);
        File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.OtherWrite);
        Assert.Null(new SettingsFile(_name).Read(Arn, Now));
    }

    [Fact]
    public void Without_a_file_there_is_nothing() => Assert.Null(new SettingsFile(_name).Read(Arn, Now));
}
