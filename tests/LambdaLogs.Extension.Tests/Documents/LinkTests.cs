using LambdaLogs.Extension.Tests.Structure;

namespace LambdaLogs.Extension.Tests.Documents;

/// <summary>Follows every link inside of the repository. Links to other places are not asked: no test needs a network.</summary>
public sealed class LinkTests
{
    [Fact]
    public void Every_link_leads_to_a_file_and_every_anchor_to_a_heading() =>
        Repository.ExpectNone(Page.All.SelectMany(page => page.Links.Where(IsInside).Select(link => Fault(page, link)).OfType<string>()));

    [Fact]
    public void Every_page_below_docs_can_be_reached_from_its_index()
    {
        var reached = new HashSet<string>();
        Follow(Page.Of("docs/README.md"), reached);

        Repository.ExpectNone(Page.All.Select(page => page.Name).Where(name => name.StartsWith("docs/", StringComparison.Ordinal) && !reached.Contains(name)));
    }

    static void Follow(Page page, HashSet<string> reached)
    {
        if (!reached.Add(page.Name))
            return;

        var targets = page.Links.Where(IsInside).Select(link => NameOf(page, link.Split('#')[0])).ToHashSet();
        foreach (var next in Page.All.Where(next => targets.Contains(next.Name)))
            Follow(next, reached);
    }

    static bool IsInside(string link) => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal);

    static string? Fault(Page page, string link)
    {
        var parts = link.Split('#', 2);
        var name = NameOf(page, parts[0]);
        if (!Path.Exists(Repository.Folder(name)))
            return $"{page.Name}: {link}: there is no {name}";

        if (parts.Length == 1)
            return null;

        var target = Page.All.SingleOrDefault(other => other.Name == name);
        return target is null || target.Anchors.Contains(parts[1]) ? null : $"{page.Name}: {link}: {name} has no such heading";
    }

    // A link that is nothing but an anchor stays on its page.
    static string NameOf(Page page, string path) =>
        path.Length == 0 ? page.Name : Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(page.Folder, path))).Replace('\\', '/');
}
