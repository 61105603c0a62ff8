using System.Runtime.Versioning;
using LambdaLogs.Extension.Platform;

namespace LambdaLogs.Extension.Tests.Platform;

[SupportedOSPlatform("linux")]
public sealed class PrivateFileTests : IDisposable
{
    readonly string _directory = Directory.CreateTempSubdirectory("private-file-").FullName;
    readonly string _path;
    readonly PrivateFile _file;

    public PrivateFileTests()
    {
        _path = Path.Combine(_directory, "kept");
        _file = new PrivateFile(_path);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public void What_is_written_is_taken_once(int size)
    {
        var content = new byte[size];
        new Random(1).NextBytes(content);

        Assert.True(_file.Write(content));

        Assert.Equal(content, _file.Take(bytesMax: 1_000_000));
        Assert.Null(_file.Take(bytesMax: 1_000_000));
        Assert.Empty(Directory.GetFileSystemEntries(_directory));
    }

    [Fact]
    public void Only_the_owner_can_read_it()
    {
        _file.Write("secret"u8);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_path));
    }

    [Fact]
    public void A_second_text_takes_the_place_of_the_first()
    {
        _file.Write("a long first text"u8);
        _file.Write("second"u8);

        Assert.Equal("second"u8, _file.Take(100)!);
    }

    [Fact]
    public void What_a_killed_process_has_left_half_written_is_no_hindrance()
    {
        File.WriteAllText(_path + ".new", "half");

        Assert.True(_file.Write("whole"u8));

        Assert.Equal("whole"u8, _file.Take(100)!);
    }

    [Fact]
    public void A_file_that_is_too_large_is_removed_unread()
    {
        _file.Write("too large"u8);

        Assert.Null(_file.Take(bytesMax: 8));

        Assert.False(File.Exists(_path));
    }

    [Fact]
    public void A_file_that_others_may_read_is_not_ours_and_stays()
    {
        File.WriteAllText(_path, "foreign");
        File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        Assert.Null(_file.Take(100));

        Assert.Equal("foreign", File.ReadAllText(_path));
    }

    [Fact]
    public void A_link_is_never_followed()
    {
        var target = Path.Combine(_directory, "target");
        File.WriteAllText(target, "theirs");
        File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(_path, target);
        File.CreateSymbolicLink(_path + ".new", target);

        Assert.Null(_file.Take(100));
        Assert.True(_file.Write("ours"u8));

        Assert.Equal("theirs", File.ReadAllText(target));
        Assert.Equal("ours"u8, _file.Take(100)!);
    }

    [Fact]
    public void A_directory_in_its_place_is_no_file()
    {
        Directory.CreateDirectory(_path);

        Assert.Null(_file.Take(100));
        Assert.False(_file.Write("x"u8));
    }

    [Fact]
    public async Task A_pipe_in_its_place_keeps_nobody_waiting()
    {
        using var made = System.Diagnostics.Process.Start("mkfifo", ["-m", "600", _path]);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);

        var taken = await Task.Run(() => _file.Take(100), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        Assert.Null(taken);
    }

    [Fact]
    public void A_directory_that_is_not_there_costs_nothing()
    {
        var file = new PrivateFile(Path.Combine(_directory, "no", "such", "directory"));

        Assert.False(file.Write("x"u8));
        Assert.Null(file.Take(100));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
