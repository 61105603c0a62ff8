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

        Assert.True(Write(_file, content));

        Assert.Equal(content, Take(_file, 1_000_000));
        Assert.Null(Take(_file, 1_000_000));
        Assert.Empty(Directory.GetFileSystemEntries(_directory));
    }

    [Fact]
    public void Only_the_owner_can_read_it()
    {
        Write(_file, "secret"u8);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_path));
    }

    [Fact]
    public void A_second_text_takes_the_place_of_the_first()
    {
        Write(_file, "a long first text"u8);
        Write(_file, "second"u8);

        Assert.Equal("second"u8, Take(_file, 100)!);
    }

    [Fact]
    public void What_a_killed_process_has_written_until_then_can_be_read()
    {
        Assert.True(_file.Create());
        _file.Append("first "u8);
        _file.Append("second"u8);

        // Not closed: another process reads.
        var next = new PrivateFile(_path);
        Assert.True(next.Open(100));
        var read = new byte[12];
        Assert.True(next.Read(read));
        Assert.Equal("first second"u8, read);
        Assert.False(next.Read(new byte[1]));
        next.Close();
    }

    [Fact]
    public void A_file_that_is_too_large_is_removed_unread()
    {
        Write(_file, "too large"u8);

        Assert.Null(Take(_file, 8));

        Assert.False(File.Exists(_path));
    }

    [Fact]
    public void A_file_that_others_may_read_is_not_ours_and_stays()
    {
        File.WriteAllText(_path, "foreign");
        File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        Assert.Null(Take(_file, 100));

        Assert.Equal("foreign", File.ReadAllText(_path));
    }

    [Fact]
    public void A_link_is_never_followed()
    {
        var target = Path.Combine(_directory, "target");
        File.WriteAllText(target, "theirs");
        File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(_path, target);

        Assert.Null(Take(_file, 100));
        Assert.True(Write(_file, "ours"u8));

        Assert.Equal("theirs", File.ReadAllText(target));
        Assert.Equal("ours"u8, Take(_file, 100)!);
    }

    [Fact]
    public void A_directory_in_its_place_is_no_file()
    {
        Directory.CreateDirectory(_path);

        Assert.Null(Take(_file, 100));
        Assert.False(Write(_file, "x"u8));
    }

    [Fact]
    public async Task A_pipe_in_its_place_keeps_nobody_waiting()
    {
        using var made = System.Diagnostics.Process.Start("mkfifo", ["-m", "600", _path]);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);

        var taken = await Task.Run(() => Take(_file, 100), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        Assert.Null(taken);
    }

    [Fact]
    public void A_directory_that_is_not_there_costs_nothing()
    {
        var file = new PrivateFile(Path.Combine(_directory, "no", "such", "directory"));

        Assert.False(Write(file, "x"u8));
        Assert.Null(Take(file, 100));
    }

    static bool Write(PrivateFile file, ReadOnlySpan<byte> content)
    {
        var isWritten = file.Create() && file.Append(content);
        file.Close();
        return isWritten;
    }

    static byte[]? Take(PrivateFile file, long bytesMax)
    {
        if (!file.Open(bytesMax))
            return null;

        var content = new List<byte>();
        var one = new byte[1];
        while (file.Read(one))
            content.Add(one[0]);
        file.Close();
        return [.. content];
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
