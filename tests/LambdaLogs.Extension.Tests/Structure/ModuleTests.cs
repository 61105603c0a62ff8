namespace LambdaLogs.Extension.Tests.Structure;

public sealed class ModuleTests
{
    static readonly ModuleTable Table = new(Repository.Architecture);

    static readonly List<SourceFile> Files = [.. Repository.Sources(ModuleTable.Project)];

    [Fact]
    public void Every_module_imports_only_what_its_row_allows() => Repository.ExpectNone(Table.Violations(Files));

    [Fact]
    public void Every_module_that_is_declared_or_imported_exists()
    {
        var folders = Files.Where(file => file.Folder.Length > 0).Select(file => file.Folder);
        var existing = folders.Concat(Files.Where(file => file.Folder.Length == 0).Select(file => Path.GetFileNameWithoutExtension(file.Name))).ToHashSet();

        Assert.NotEmpty(Table.Modules);
        Assert.All(Table.Modules, module => Assert.Contains(module, existing));
        Assert.All(Table.Imported, module => Assert.Contains(module, Table.Modules));
    }

    [Theory]
    [InlineData("LambdaLogs.Extension")]
    [InlineData("LambdaLogs.Emulator")]
    public void A_folder_is_a_namespace(string project) => Assert.All(
        Repository.Sources(project).Where(file => file.Namespace.Length > 0),
        file => Assert.Equal(file.Folder.Length > 0 ? $"{project}.{file.Folder}" : project, file.Namespace));

    [Fact]
    public void The_modules_of_the_emulator_are_those_of_the_page()
    {
        var declared = ArchitectureTable.Below(Repository.Architecture, "Modules of the emulator").SelectMany(row => ArchitectureTable.Names(row[0]));
        var existing = Repository.Sources("LambdaLogs.Emulator").Select(file => file.Folder.Split('.')[0]).Where(folder => folder.Length > 0).Distinct();

        Assert.Equal(existing.Order(), declared.Order());
    }

    [Theory]
    [InlineData("using LambdaLogs.Extension.Delivery;\nnamespace LambdaLogs.Extension.Records;\nclass X;")]
    [InlineData("using static LambdaLogs.Extension.Delivery.Backoff;\nnamespace LambdaLogs.Extension.Records;\nclass X;")]
    [InlineData("using B = LambdaLogs.Extension.Delivery.Backoff;\nnamespace LambdaLogs.Extension.Records;\nclass X;")]
    [InlineData("namespace LambdaLogs.Extension.Records;\nclass X { int F() => Delivery.Backoff.Delay(); }")]
    [InlineData("namespace LambdaLogs.Extension.Records;\nclass X { Delivery.Backoff? _f; }")]
    [InlineData("namespace LambdaLogs.Extension.Records;\nclass X { global::LambdaLogs.Extension.Delivery.Backoff? _f; }")]
    [InlineData("namespace LambdaLogs.Extension.Records;\n/// <summary>As <see cref=\"Delivery.Backoff\"/>.</summary>\nclass X;")]
    public void An_import_that_is_not_allowed_is_found_in_whichever_way_it_is_written(string text)
    {
        List<SourceFile> files = [File("Delivery/Backoff.cs", "namespace LambdaLogs.Extension.Delivery;\nclass Backoff;"), File("Records/X.cs", text)];

        Assert.Contains(Table.Violations(files), violation => violation.EndsWith("Records may not import Delivery", StringComparison.Ordinal));
    }

    [Fact]
    public void A_module_within_a_module_may_not_use_the_one_around_it_unless_it_says_so()
    {
        List<SourceFile> files =
        [
            File("Outer/Api.cs", "namespace LambdaLogs.Extension.Outer;\nclass Api;"),
            File("Outer/Inner/X.cs", "namespace LambdaLogs.Extension.Outer.Inner;\nclass X { Api? _f; }"),
        ];
        var nested = new ModuleTable("## Modules of the extension\n\n| module | holds | may import |\n|---|---|---|\n| `Outer.Inner` | x | |\n| `Outer` | y | |\n");

        Assert.Equal("LambdaLogs.Extension/Outer/Inner/X.cs:2: Outer.Inner may not import Outer", Assert.Single(nested.Violations(files)));
    }

    [Fact]
    public void A_part_of_a_module_is_not_the_whole()
    {
        List<SourceFile> files =
        [
            File("Telemetry/Good.cs", "using LambdaLogs.Extension.Wire;\nnamespace LambdaLogs.Extension.Telemetry;\nclass Good;"),
            File("Telemetry/Bad.cs", "using LambdaLogs.Extension.Platform;\nnamespace LambdaLogs.Extension.Telemetry;\nclass Bad;"),
        ];

        Assert.Equal("LambdaLogs.Extension/Telemetry/Bad.cs:1: Telemetry may not import Platform", Assert.Single(Table.Violations(files)));
    }

    [Fact]
    public void A_folder_without_a_row_is_found() =>
        Assert.Equal("Utils/X.cs: its folder has no row", Assert.Single(Table.Violations([File("Utils/X.cs", "namespace LambdaLogs.Extension.Utils;\nclass X;")])));

    [Fact]
    public void A_property_with_the_name_of_a_module_is_no_import() =>
        Assert.Empty(Table.Violations([File("Records/X.cs", "namespace LambdaLogs.Extension.Records;\nclass X { int F() => Delivery.Length + this.Delivery.Length; }")]));

    static SourceFile File(string name, string text) => new(ModuleTable.Project, name, text);
}
