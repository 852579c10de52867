using System.Text.RegularExpressions;
using Waqtor.Silo.Configuration;

namespace Waqtor.House.Tests.Docs;

/// <summary>What the files in <c>deploy</c> set exists: a server ignores the variables it does not know.</summary>
public sealed partial class DeployFilesTests
{
    public static TheoryData<string> Files => [.. Repository.Files("deploy", "*")];

    [Theory, MemberData(nameof(Files))]
    public void Setting_InADeployFile_IsAKeyOfTheConfiguration(string path)
    {
        var known = OptionsCatalog.Entries
            .SelectMany(entry => OptionsCatalog.Keys(entry.Type).Select(key => $"{entry.Section}:{key.Name}"))
            .ToHashSet(StringComparer.Ordinal);

        var unknown = Setting().Matches(Repository.Read(path)).Select(match => match.Value.Replace("__", ":", StringComparison.Ordinal)).Where(key => !known.Contains(key));

        unknown.ShouldBeEmpty();
    }

    [Fact]
    public void Redis_InEveryDeployment_SyncsEachWriteAndEvictsNothing()
    {
        foreach (var path in new[] { "deploy/compose.yaml", "deploy/kubernetes/redis.yaml", "deploy/loopback" })
        {
            var text = Repository.Read(path);
            text.ShouldContain("--appendonly", Case.Sensitive, path);
            text.ShouldContain("noeviction", Case.Sensitive, path);
            AppendFsync().Match(text).Groups["when"].Value.ShouldBe("always", path);
        }
    }

    [GeneratedRegex("Waqtor(__[A-Z][A-Za-z]+)+")]
    private static partial Regex Setting();

    [GeneratedRegex(@"--appendfsync[, ]+(?<when>\w+)")]
    private static partial Regex AppendFsync();
}
