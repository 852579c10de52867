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

    [Theory]
    [InlineData("deploy/nginx.conf")]
    [InlineData("deploy/loopback")]
    public void Balancer_OfEveryDeployment_KeepsAClientOnOneNode(string path)
    {
        var text = Repository.Read(path);
        var hashes = Hash().Matches(text).ToDictionary(match => match.Groups["upstream"].Value, match => match.Groups["by"].Value);

        Location().Matches(text).ToDictionary(match => match.Groups["path"].Value, match => hashes[match.Groups["upstream"].Value])
            .ShouldBe(new Dictionary<string, string> { ["/"] = "client", ["/api/inbound/"] = "uri" }, ignoreOrder: true);
    }

    [Fact]
    public void Service_OfKubernetes_KeepsAClientOnOneNode() =>
        Repository.Read("deploy/kubernetes/waqtor.yaml").Split("---")[0].ShouldContain("sessionAffinity: ClientIP");

    [Fact]
    public void DataFolder_OfKubernetes_IsTheOneOfTheImage() =>
        Repository.Read("deploy/kubernetes/waqtor.yaml").ShouldNotContain("mountPath: /data}", Case.Sensitive, "a volume is root's, and the program does not run as root");

    [Theory]
    [InlineData(".gitignore")]
    [InlineData(".dockerignore")]
    public void Secrets_ThatAnOperatorFillsIn_AreLeftOut(string path) =>
        new[] { "deploy/.env", "deploy/kubernetes/secret.yaml" }.ShouldBeSubsetOf(Repository.Read(path).Split('\n'));

    [GeneratedRegex(@"upstream (?<upstream>\w+) \{[^}]*?hash \\?\$(?<by>\w+)")]
    private static partial Regex Hash();

    [GeneratedRegex(@"location (?<path>\S+) \{\s*proxy_pass http://(?<upstream>\w+)")]
    private static partial Regex Location();

    [GeneratedRegex("Waqtor(__[A-Z][A-Za-z]+)+")]
    private static partial Regex Setting();

    [GeneratedRegex(@"--appendfsync[, ]+(?<when>\w+)")]
    private static partial Regex AppendFsync();
}
