using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Wire;

public sealed class SystemFileTests
{
    [Fact]
    public void A_file_longer_than_one_read_is_read_whole()
    {
        var path = Path.GetTempFileName();
        var text = string.Concat(Enumerable.Range(0, 1000).Select(line => $"10.0.0.1 host-{line}\n"));
        File.WriteAllText(path, text);

        Assert.Equal(text, SystemFile.Read(path));
        File.Delete(path);
    }

    [Theory]
    [InlineData("/no/such/file")]
    [InlineData("/")]
    [InlineData("")]
    public void What_cannot_be_read_is_empty(string path) => Assert.Equal("", SystemFile.Read(path));
}
