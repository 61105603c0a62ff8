using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LambdaLogs.Extension.Tests.Structure;

/// <summary>The rooms of the extension and what each may import, as <c>ARCHITECTURE.md</c> says.</summary>
internal sealed class RoomTable
{
    /// <summary>The project's namespace, which is also what stands before each room's.</summary>
    public const string Project = "LambdaLogs.Extension";

    readonly Dictionary<string, string[]> _imports = [];

    /// <summary>Reads the page.</summary>
    public RoomTable(string page)
    {
        foreach (var row in ArchitectureTable.Below(page, "The rooms of the extension"))
        {
            foreach (var room in ArchitectureTable.Names(row[0]))
                _imports[room] = row[2] == "all" ? ["*"] : ArchitectureTable.Names(row[2]);
        }
    }

    /// <summary>All rooms, and the files at the root.</summary>
    public IReadOnlyCollection<string> Rooms => _imports.Keys;

    /// <summary>The rooms that are named as an import of another.</summary>
    public IEnumerable<string> Imported => _imports.Values.SelectMany(names => names).Where(name => name != "*").Distinct();

    /// <summary>What each file uses of rooms that its own may not.</summary>
    /// <param name="files">All files of the project: they also say which names are types of which room.</param>
    public IEnumerable<string> Violations(IReadOnlyList<SourceFile> files)
    {
        var types = files.SelectMany(file => file.Types.Select(type => (Room: RoomOf(file), Type: SourceFile.NameOf(type)))).ToHashSet();
        foreach (var file in files)
        {
            var room = RoomOf(file);
            if (!_imports.TryGetValue(room, out var allowed))
            {
                yield return $"{file.Name}: its folder has no row";
                continue;
            }

            foreach (var (used, node) in Uses(file, room, types))
            {
                if (used != room && !allowed.Contains(used) && !allowed.Contains("*"))
                    yield return $"{file.Place(node)}: {room} may not import {used}";
            }
        }
    }

    /// <summary>The room of a file: the longest row that its folder is in; at the root the file's own name.</summary>
    string RoomOf(SourceFile file) => file.Folder.Length == 0 ? Path.GetFileNameWithoutExtension(file.Name) : RoomOf(file.Folder);

    string RoomOf(string folder)
    {
        for (var name = folder; name.Length > 0; name = name[..Math.Max(name.LastIndexOf('.'), 0)])
        {
            if (_imports.ContainsKey(name))
                return name;
        }

        return folder;
    }

    IEnumerable<(string Room, SyntaxNode Node)> Uses(SourceFile file, string room, HashSet<(string Room, string Type)> types)
    {
        foreach (var import in file.Root.DescendantNodes().OfType<UsingDirectiveSyntax>())
        {
            var name = import.NamespaceOrType.ToString();
            if (name.StartsWith(Project + ".", StringComparison.Ordinal))
                yield return (RoomOf(name[(Project.Length + 1)..]), import);
        }

        // The project's namespace is around every file, so that Room.Type needs no using; comments may name types too.
        foreach (var node in file.Root.DescendantNodes(descendIntoTrivia: true))
        {
            if (node is QualifiedNameSyntax or MemberAccessExpressionSyntax or QualifiedCrefSyntax && Qualified(node.ToString(), types) is { } used)
                yield return (used, node);
            else if (node is IdentifierNameSyntax name && OfParent(name, room, types) is { } parent)
                yield return (parent, node);
        }
    }

    /// <summary>The room of <c>Room.Type</c>, with or without the project's name before it. Null: it is something else.</summary>
    string? Qualified(string text, HashSet<(string Room, string Type)> types)
    {
        var global = text.StartsWith("global::", StringComparison.Ordinal) ? text["global::".Length..] : text;
        var name = global.StartsWith(Project + ".", StringComparison.Ordinal) ? global[(Project.Length + 1)..] : global;
        return _imports.Keys.FirstOrDefault(room =>
            name.StartsWith(room + ".", StringComparison.Ordinal) && types.Contains((room, name[(room.Length + 1)..].Split('.', '(', '<', '{')[0])));
    }

    /// <summary>The room around a room within a room, whose types need no using either. Null: the name is none of its types.</summary>
    static string? OfParent(IdentifierNameSyntax name, string room, HashSet<(string Room, string Type)> types)
    {
        var dot = room.LastIndexOf('.');
        var isMember = name.Parent is MemberAccessExpressionSyntax access && access.Name == name;
        return dot > 0 && !isMember && !types.Contains((room, name.Identifier.Text)) && types.Contains((room[..dot], name.Identifier.Text)) ? room[..dot] : null;
    }
}
