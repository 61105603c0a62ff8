namespace LambdaLogs.Extension.Tests.Structure;

public sealed class FileNameTests
{
    [Theory]
    [InlineData("LambdaLogs.Extension")]
    [InlineData("LambdaLogs.Emulator")]
    public void A_file_declares_the_type_that_it_is_named_after(string project) => Repository.ExpectNone(Repository.Sources(project)
        .Where(file => file.Types.Any() && !file.Types.Any(type => SourceFile.NameOf(type) == NameOf(file)))
        .Select(file => $"{project}/{file.Name}: {string.Join(", ", file.Types.Select(SourceFile.NameOf))}"));

    [Fact]
    public void A_part_of_a_type_is_named_after_the_type() =>
        Assert.Equal("LinePrefix", NameOf(new SourceFile("X", "Telemetry/LinePrefix.Forms.cs", "")));

    static string NameOf(SourceFile file) => Path.GetFileName(file.Name).Split('.')[0];
}
