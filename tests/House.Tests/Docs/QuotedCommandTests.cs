using System.Text.RegularExpressions;
using Waqtor.Silo.Commands;

namespace Waqtor.House.Tests.Docs;

public sealed partial class QuotedCommandTests
{
    public static TheoryData<string> Pages => [.. Repository.Files("docs", "*.md").Concat(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"]).Where(Repository.Has)];

    [Theory, MemberData(nameof(Pages))]
    public void Command_QuotedInAPage_Exists(string page)
    {
        var text = Repository.Read(page);

        foreach (Match match in RunProject().Matches(text))
        {
            Repository.Files(match.Groups["project"].Value, "*.csproj").ShouldNotBeEmpty(match.Value);
            if (match.Groups["command"].Success) CommandLine.Commands.Keys.ShouldContain(match.Groups["command"].Value, match.Value);
        }

        foreach (Match match in Script().Matches(text)) Repository.Has(match.Groups["path"].Value).ShouldBeTrue(match.Value);
    }

    [Theory, MemberData(nameof(Pages))]
    public void Link_InAPage_LeadsSomewhere(string page)
    {
        var folder = System.IO.Path.GetDirectoryName(page) ?? "";
        var broken = Link().Matches(Repository.Read(page)).Select(match => match.Groups["target"].Value)
            .Where(target => !Repository.Has(System.IO.Path.Combine(folder, target)));

        broken.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("./test")]
    [InlineData(".ci/run")]
    public void Script_OfTheRepository_CanBeRun(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        (File.GetUnixFileMode(Repository.Path(path)) & UnixFileMode.UserExecute).ShouldNotBe(UnixFileMode.None);
    }

    [GeneratedRegex(@"dotnet run --project (?<project>[\w./-]+?)(?=[`\s])( -c \w+)?( -- (?<command>[a-z][\w-]*))?")]
    private static partial Regex RunProject();

    // A script of ours at the start of a line or of inline code.
    [GeneratedRegex(@"(?<=^\s*|`)(?<path>\.(/|ci/)[\w][\w./-]*)", RegexOptions.Multiline)]
    private static partial Regex Script();

    [GeneratedRegex(@"\]\((?!https?:|mailto:|#)(?<target>[^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
