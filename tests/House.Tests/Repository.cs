using System.Text.RegularExpressions;

namespace Waqtor.House.Tests;

/// <summary>The working tree that the tests were built from.</summary>
internal static partial class Repository
{
    private static readonly string[] Skipped = [".git", "artifacts", "node_modules", "data", "TestResults", "bin", "obj"];

    public static string Root { get; } = FindRoot();

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(Path(relative));

    public static bool Has(string relative) => File.Exists(Path(relative)) || Directory.Exists(Path(relative));

    /// <summary>Paths relative to the root, with forward slashes.</summary>
    public static IEnumerable<string> Files(string folder, string pattern = "*") => !Directory.Exists(Path(folder)) ? [] : Walk(new DirectoryInfo(Path(folder)), pattern)
        .Select(file => System.IO.Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    public static IEnumerable<string> SourceFiles(string folder) => Files(folder, "*.cs");

    /// <summary>Lines of code with the text of comments and strings blanked, so that words in them are not taken for calls.</summary>
    public static IEnumerable<(int Number, string Text)> CodeLines(string relative) =>
        Blank(Read(relative)).Split('\n').Select((line, index) => (index + 1, line));

    private static string Blank(string source) => CommentsAndStrings().Replace(
        source, match => Regex.Replace(match.Value, "[^\n]", " "));

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder, string pattern) => folder.EnumerateFiles(pattern)
        .Concat(folder.EnumerateDirectories().Where(child => !Skipped.Contains(child.Name)).SelectMany(child => Walk(child, pattern)));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Orleans.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("Orleans.sln was not found above the tests.");
    }

    // Raw strings, block comments, line comments, verbatim and plain strings, in the order in which they must be tried.
    [GeneratedRegex("\"\"\"[\\s\\S]*?\"\"\"|/\\*[\\s\\S]*?\\*/|//[^\n]*|@\"(?:[^\"]|\"\")*\"|\"(?:\\\\.|[^\"\\\\\n])*\"")]
    private static partial Regex CommentsAndStrings();
}
