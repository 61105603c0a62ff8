using System.Reflection;

namespace LambdaLogs.Emulator.Page;

/// <summary>The page's files, which are embedded resources.</summary>
internal static class PageAssets
{
    const string Prefix = "page/";

    /// <summary>The file at a path. Null if there is none. Only embedded resources can be returned.</summary>
    public static (byte[] Content, string Type)? Find(string path)
    {
        var name = path == "/" ? "index.html" : path.TrimStart('/');
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name);
        if (resource is null)
            return null;

        using var content = new MemoryStream();
        resource.CopyTo(content);
        return (content.ToArray(), Type(name));
    }

    static string Type(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
