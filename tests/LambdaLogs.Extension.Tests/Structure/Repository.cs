using System.Reflection;

namespace LambdaLogs.Extension.Tests.Structure;

/// <summary>The source tree that these tests are built from.</summary>
internal static class Repository
{
    /// <summary>Its root.</summary>
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>The page that the tests hold the source to.</summary>
    public static string Architecture => File.ReadAllText(Path.Combine(Root, "ARCHITECTURE.md"));

    /// <summary>A folder of the tree.</summary>
    public static string Folder(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    /// <summary>The source files below a folder, without what a build has left there.</summary>
    /// <param name="project">For example <c>LambdaLogs.Extension</c>.</param>
    public static IEnumerable<SourceFile> Sources(string project)
    {
        var folder = Folder("src", project);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path: path, Name: Path.GetRelativePath(folder, path)))
            .Where(file => !file.Name.StartsWith("obj/", StringComparison.Ordinal) && !file.Name.StartsWith("bin/", StringComparison.Ordinal))
            .Select(file => new SourceFile(project, file.Name, File.ReadAllText(file.Path)));
    }

    /// <summary>Fails with all that was found, one a line.</summary>
    public static void ExpectNone(IEnumerable<string> violations)
    {
        var text = string.Join("\n", violations);
        if (text.Length > 0)
            Assert.Fail(text);
    }
}
