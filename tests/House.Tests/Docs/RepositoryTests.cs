using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Waqtor.House.Tests.Docs;

public sealed partial class RepositoryTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("ARCHITECTURE.md")]
    [InlineData("CHANGELOG.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("SECURITY.md")]
    [InlineData("LICENSE")]
    [InlineData("docs/start.md")]
    [InlineData("docs/glossary.md")]
    [InlineData("docs/operating/running.md")]
    [InlineData(".github/workflows/ci.yml")]
    public void Repository_Has_WhatANewcomerLooksFor(string path) => Repository.Has(path).ShouldBeTrue();

    [Fact]
    public void Changelog_Has_AnUnreleasedPart() => Repository.Read("CHANGELOG.md").ShouldContain("## Unreleased");

    [Fact]
    public void Workflow_Runs_TheSameAsThePerson() => Repository.Read(".github/workflows/ci.yml").ShouldContain("run: .ci/run");

    [Fact]
    public void Decisions_HaveNumbersOfTheirOwn()
    {
        var numbers = Repository.Files("docs/adr", "*.md").Select(path => int.Parse(System.IO.Path.GetFileName(path)[..4])).ToList();

        // A number is taken when a decision is begun, so one that is ready may stand before another.
        numbers.ShouldNotBeEmpty();
        numbers.ShouldBeUnique();
    }

    [Fact]
    public void CommittedFiles_Name_NoMachineOfTheirAuthors()
    {
        var faults = CommittedTextFiles().SelectMany(path => Repository.Read(path).Split('\n')
            .Select((line, index) => (Text: line, Number: index + 1))
            .Where(line => MachinePath().IsMatch(line.Text))
            .Select(line => $"{path}:{line.Number}: {line.Text.Trim()}"));

        faults.ShouldBeEmpty();
    }

    private static IEnumerable<string> CommittedTextFiles()
    {
        var git = new ProcessStartInfo("git", "ls-files") { WorkingDirectory = Repository.Root, RedirectStandardOutput = true };
        using var process = Process.Start(git)!;
        var files = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return files.Where(path => File.Exists(Repository.Path(path)) && !path.EndsWith("RepositoryTests.cs", StringComparison.Ordinal) && IsText(path));
    }

    private static bool IsText(string path) => System.IO.Path.GetExtension(path) is not (".png" or ".ico" or ".woff2" or ".db" or ".gz" or ".zip" or ".jpg");

    [GeneratedRegex(@"(?<![\w.])/(work|root|home/[a-z]+)/", RegexOptions.IgnoreCase)]
    private static partial Regex MachinePath();
}
