using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LambdaLogs.Extension.Tests.Structure;

/// <summary>Modules of the extension and what each may import, as <c>ARCHITECTURE.md</c> says.</summary>
internal sealed class ModuleTable
{
    /// <summary>The project's namespace, which is also what stands before each module's.</summary>
    public const string Project = "LambdaLogs.Extension";

    readonly Dictionary<string, string[]> _imports = [];

    /// <summary>Reads the page.</summary>
    public ModuleTable(string page)
    {
        foreach (var row in ArchitectureTable.Below(page, "Modules of the extension"))
        {
            foreach (var module in ArchitectureTable.Names(row[0]))
                _imports[module] = row[2] == "all" ? ["*"] : ArchitectureTable.Names(row[2]);
        }
    }

    /// <summary>All modules, and the files at the root.</summary>
    public IReadOnlyCollection<string> Modules => _imports.Keys;

    /// <summary>The modules that are named as an import of another.</summary>
    public IEnumerable<string> Imported => _imports.Values.SelectMany(names => names).Where(name => name != "*").Distinct();

    /// <summary>What each file uses of modules that its own may not.</summary>
    /// <param name="files">All files of the project: they also say which names are types of which module.</param>
    public IEnumerable<string> Violations(IReadOnlyList<SourceFile> files)
    {
        var types = files.SelectMany(file => file.Types.Select(type => (Module: ModuleOf(file), Type: SourceFile.NameOf(type)))).ToHashSet();
        foreach (var file in files)
        {
            var module = ModuleOf(file);
            if (!_imports.TryGetValue(module, out var allowed))
            {
                yield return $"{file.Name}: its folder has no row";
                continue;
            }

            foreach (var (used, node) in Uses(file, module, types))
            {
                if (used != module && !allowed.Contains(used) && !allowed.Contains("*"))
                    yield return $"{file.Place(node)}: {module} may not import {used}";
            }
        }
    }

    /// <summary>The module of a file: the longest row that its folder is in; at the root the file's own name.</summary>
    string ModuleOf(SourceFile file) => file.Folder.Length == 0 ? Path.GetFileNameWithoutExtension(file.Name) : ModuleOf(file.Folder);

    string ModuleOf(string folder)
    {
        for (var name = folder; name.Length > 0; name = name[..Math.Max(name.LastIndexOf('.'), 0)])
        {
            if (_imports.ContainsKey(name))
                return name;
        }

        return folder;
    }

    IEnumerable<(string Module, SyntaxNode Node)> Uses(SourceFile file, string module, HashSet<(string Module, string Type)> types)
    {
        foreach (var import in file.Root.DescendantNodes().OfType<UsingDirectiveSyntax>())
        {
            var name = import.NamespaceOrType.ToString();
            if (name.StartsWith(Project + ".", StringComparison.Ordinal))
                yield return (ModuleOf(name[(Project.Length + 1)..]), import);
        }

        // The project's namespace is around every file, so that Module.Type needs no using; comments may name types too.
        foreach (var node in file.Root.DescendantNodes(descendIntoTrivia: true))
        {
            if (node is QualifiedNameSyntax or MemberAccessExpressionSyntax or QualifiedCrefSyntax && Qualified(node.ToString(), types) is { } used)
                yield return (used, node);
            else if (node is IdentifierNameSyntax name && OfParent(name, module, types) is { } parent)
                yield return (parent, node);
        }
    }

    /// <summary>The module of <c>Module.Type</c>, with or without the project's name before it. Null: it is something else.</summary>
    string? Qualified(string text, HashSet<(string Module, string Type)> types)
    {
        var global = text.StartsWith("global::", StringComparison.Ordinal) ? text["global::".Length..] : text;
        var name = global.StartsWith(Project + ".", StringComparison.Ordinal) ? global[(Project.Length + 1)..] : global;
        return _imports.Keys.FirstOrDefault(module =>
            name.StartsWith(module + ".", StringComparison.Ordinal) && types.Contains((module, name[(module.Length + 1)..].Split('.', '(', '<', '{')[0])));
    }

    /// <summary>The module around a module within a module, whose types need no using either. Null: the name is none of its types.</summary>
    static string? OfParent(IdentifierNameSyntax name, string module, HashSet<(string Module, string Type)> types)
    {
        var dot = module.LastIndexOf('.');
        var isMember = name.Parent is MemberAccessExpressionSyntax access && access.Name == name;
        return dot > 0 && !isMember && !types.Contains((module, name.Identifier.Text)) && types.Contains((module[..dot], name.Identifier.Text)) ? module[..dot] : null;
    }
}
