using System.IO.Compression;

namespace LambdaLogs.Deployment.Tests.Builds;

/// <summary>The executable of each architecture, as it was built here. One that was not built is skipped: its tools cannot be installed.</summary>
public sealed class ExecutableTests
{
    // Kernels for arm64 have pages of 4, 16 or 64 KB.
    const ulong LargestPageBytes = 64 * 1024;

    public static TheoryData<string> Names => [.. Repository.Architectures];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_for_its_machine_and_asks_for_no_interpreter(string architecture)
    {
        var executable = Built(architecture);

        Assert.Equal(architecture, ElfFile.Architecture(executable));
        Assert.DoesNotContain(ElfFile.Segments(executable), segment => segment.Kind == 3);
    }

    [Fact]
    public void On_arm64_it_can_be_mapped_in_pages_of_16_and_64_KB()
    {
        var loaded = ElfFile.Segments(Built("arm64")).Where(segment => segment.Kind == 1).ToList();

        Assert.NotEmpty(loaded);
        Assert.All(loaded, segment => Assert.True(segment.Alignment >= LargestPageBytes, $"{segment}"));
        Assert.All(loaded, segment => Assert.Equal(segment.Offset % LargestPageBytes, segment.Address % LargestPageBytes));

        // A page has one protection: what differs in it shares none.
        foreach (var (first, second) in loaded.Zip(loaded.Skip(1)).Where(pair => pair.First.Flags != pair.Second.Flags))
            Assert.True((first.Address + first.MemoryBytes - 1) / LargestPageBytes < second.Address / LargestPageBytes, $"{first}\n{second}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_says_its_version_and_architecture(string architecture)
    {
        var executable = Built(architecture);
        string[] command = [executable, "--version"];
        if (architecture != Repository.Architecture)
        {
            var emulator = (await Shell.RunAsync(Repository.Path("scripts/architecture"), [architecture, "emulator"])).Output.Trim();
            Assert.SkipWhen(Shell.Find(emulator) is null, $"{emulator} is not installed");
            command = [emulator, .. command];
        }

        var result = await Shell.RunAsync(command[0], command[1..]);
        var version = (await Shell.RunAsync(Repository.Path("scripts/version"), [])).Output.Trim();

        Assert.True(result.Code == 0, result.All);
        Assert.Matches($@"^{Repository.ExtensionName} {version}\S*, \.NET 10\.\S+, OpenSSL 3\.\d+\.\d+, {architecture}\n$", result.Output);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_zip_holds_it(string architecture)
    {
        var executable = Built(architecture);
        using var zip = ZipFile.OpenRead(Repository.ZipOf(architecture));
        using var entry = new MemoryStream();
        using (var stream = zip.GetEntry($"extensions/{Repository.ExtensionName}")!.Open())
            stream.CopyTo(entry);

        Assert.Equal(File.ReadAllBytes(executable), entry.ToArray());
        Assert.EndsWith($" {architecture}", zip.Comment.TrimEnd());
    }

    static string Built(string architecture)
    {
        var path = Repository.Path("artifacts", architecture, Repository.ExtensionName);
        Assert.SkipUnless(File.Exists(path), $"the {architecture} layer was not built here");
        return path;
    }
}
