using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Waqtor.House.Tests.Arrows;

public sealed partial class ProjectArrowsTests
{
    public static TheoryData<string> Projects => [.. Repository.Files("src", "*.csproj")];

    [Theory, MemberData(nameof(Projects))]
    public void ProjectFile_References_OnlyWhatTheTableAllows(string path)
    {
        var project = System.IO.Path.GetFileNameWithoutExtension(path);
        var references = XDocument.Parse(Repository.Read(path)).Descendants("ProjectReference")
            .Select(reference => System.IO.Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        ProjectArrows.Allowed.Keys.ShouldContain(project, $"{path} is not in the table of ARCHITECTURE.md");
        references.ShouldBeSubsetOf(ProjectArrows.Allowed[project]);
    }

    [Theory, MemberData(nameof(Projects))]
    public void Assembly_References_OnlyWhatTheTableAllows(string path)
    {
        var project = System.IO.Path.GetFileNameWithoutExtension(path);

        var references = OwnAssemblies.ByProject[project].GetReferencedAssemblies()
            .Select(name => OwnAssemblies.ProjectOf(name.Name)).OfType<string>();

        references.ShouldBeSubsetOf(ProjectArrows.Allowed[project]);
    }

    [Fact]
    public void Engine_IsNamed_ByTheOneSwitchOnly()
    {
        var mentions = Repository.Files(".", "*.csproj")
            .Where(path => Repository.Read(path).Contains("EmbeddedOrleans.csproj", StringComparison.Ordinal));

        mentions.ShouldBeEmpty("a project asks for an engine by <UsesOrleans>, see Directory.Build.targets");
    }

    [Fact]
    public void EmbeddedEngine_IsUsed_ByItsHostingAndTestsOnly()
    {
        string[] allowed = ["src/EmbeddedOrleans/", "src/Silo/Engines/Embedded/", "tests/EmbeddedOrleans.Tests/", "tests/TestKit/", "tests/Simulation/"];
        var users = Repository.SourceFiles("src").Concat(Repository.SourceFiles("tests"))
            .Where(path => !allowed.Any(path.StartsWith))
            .Where(path => UsesEmbeddedNamespace().IsMatch(Repository.Read(path)));

        users.ShouldBeEmpty("only the hosting of an engine may name it; all else is written to the Orleans API");
    }

    [GeneratedRegex(@"^\s*(global )?using (static )?EmbeddedOrleans\b", RegexOptions.Multiline)]
    private static partial Regex UsesEmbeddedNamespace();
}
