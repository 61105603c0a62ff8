using System.Text.RegularExpressions;

namespace LambdaLogs.Deployment.Tests.Builds;

/// <summary>A folder with exactly what a Dockerfile copies out of the repository: what is built there has nothing else to build from.</summary>
internal sealed partial class SourceCopy : IDisposable
{
    public SourceCopy(string dockerfile)
    {
        foreach (Match copy in Copied().Matches(Repository.Read(dockerfile)))
        {
            var words = copy.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (var source in words[..^1])
                CopyTo(Repository.Path(source), Path.Combine(Root, words[^1].TrimStart('.', '/'), source.EndsWith('/') ? "" : Path.GetFileName(source)));
        }
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("source-").FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);

    static void CopyTo(string source, string target)
    {
        if (!Directory.Exists(source))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(source, target, overwrite: true);
            return;
        }

        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal)))
            CopyTo(file, Path.Combine(target, Path.GetRelativePath(source, file)));
    }

    /// <summary>What comes from the repository and not from another stage.</summary>
    [GeneratedRegex(@"(?m)^COPY (?!--from)(.+)$")]
    private static partial Regex Copied();
}
