using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Tests.Support;

namespace LambdaLogs.Emulator.Tests.Sandbox;

public sealed class LayerArchiveTests : IDisposable
{
    readonly TempFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Mode_bits_are_kept()
    {
        var zip = _files.Zip("a.zip", ("extensions/run", "#!/bin/sh\n", 0x1ED), ("extensions/not", "x", 0x1A4));
        LayerArchive.Extract(zip, Path.Combine(_files.Root, "opt"));

        Assert.Null(ExecutableCheck.Problem(Path.Combine(_files.Root, "opt", "extensions", "run")));
        Assert.Contains("not executable", ExecutableCheck.Problem(Path.Combine(_files.Root, "opt", "extensions", "not")));
    }

    [Fact]
    public void A_later_layer_replaces_files_of_an_earlier()
    {
        var opt = Path.Combine(_files.Root, "opt");
        LayerArchive.Extract(_files.Zip("a.zip", ("extensions/e", "old", 0x1ED)), opt);
        LayerArchive.Extract(_files.Zip("b.zip", ("extensions/e", "new", 0x1ED)), opt);
        Assert.Equal("new", File.ReadAllText(Path.Combine(opt, "extensions", "e")));
    }

    [Fact]
    public void A_path_that_leads_out_is_refused()
    {
        var zip = _files.Zip("evil.zip", ("../evil", "x", 0x1ED));
        Assert.Throws<InvalidDataException>(() => LayerArchive.Extract(zip, Path.Combine(_files.Root, "opt")));
    }

    [Fact]
    public void A_layer_needs_an_extension_in_its_place()
    {
        Assert.Null(LayerArchive.Problem(_files.Zip("good.zip", ("extensions/e", "x", 0x1ED))));
        Assert.Contains("holds no file extensions/", LayerArchive.Problem(_files.Zip("root.zip", ("e", "x", 0x1ED))));
        Assert.Contains("holds no file extensions/", LayerArchive.Problem(_files.Zip("deep.zip", ("extensions/a/e", "x", 0x1ED))));
        Assert.Contains("not a zip", LayerArchive.Problem(_files.Write("no.zip", "text")));
        Assert.Contains("no such file", LayerArchive.Problem(Path.Combine(_files.Root, "missing.zip")));
    }
}
