using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Waqtor.House.Tests.Code;

public sealed partial class BannedCallTests
{
    [Fact]
    public void BannedSymbols_AreWired_ForEveryProject()
    {
        var build = XDocument.Parse(Repository.Read("Directory.Build.props"));

        build.Descendants("PackageReference").Select(item => item.Attribute("Include")!.Value)
            .ShouldContain("Microsoft.CodeAnalysis.BannedApiAnalyzers");
        build.Descendants("AdditionalFiles").Select(item => item.Attribute("Include")!.Value)
            .ShouldContain(file => file.EndsWith("BannedSymbols.txt", StringComparison.Ordinal));
        build.Descendants("TreatWarningsAsErrors").Single().Value.ShouldBe("true");
    }

    [Theory]
    [InlineData("P:System.DateTime.UtcNow")]
    [InlineData("P:System.DateTimeOffset.UtcNow")]
    [InlineData("M:System.Threading.Thread.Sleep(System.Int32)")]
    [InlineData("M:System.Threading.Tasks.Task.Delay(System.TimeSpan)")]
    public void BannedSymbols_Hold_TheClockAndSleeping(string symbol) =>
        Repository.Read("BannedSymbols.txt").Split('\n').ShouldContain(line => line.StartsWith(symbol + ";", StringComparison.Ordinal));

    [Fact]
    public void BannedSymbols_AreNotSwitchedOff_ForAWholeFileOrProject()
    {
        var files = Repository.Files(".", "*.csproj").Concat(Repository.Files(".", "*.props")).Append(".editorconfig");

        files.Where(path => Repository.Read(path).Contains("RS0030", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void WarningPragma_InCode_CarriesItsReason()
    {
        var bare = Repository.SourceFiles("src").Concat(Repository.SourceFiles("tests")).SelectMany(path => Repository.Read(path).Split('\n')
            .Where(line => BarePragma().IsMatch(line)).Select(line => $"{path}: {line.Trim()}"));

        bare.ShouldBeEmpty("write why after the rule: #pragma warning disable CA1234 // because ...");
    }

    [Theory]
    [InlineData("src/Grains")]
    [InlineData("src/Grains.Abstractions")]
    [InlineData("src/Api")]
    public void ConditionalCompilation_InGrainsAndApi_DoesNotOccur(string folder) =>
        Find(folder, ConditionalCompilation()).ShouldBeEmpty("the engine is chosen in src/Silo/Engines and the build files");

    [Theory]
    [InlineData("src/Grains")]
    [InlineData("src/Api")]
    [InlineData("src/Silo")]
    [InlineData("src/WhatsApp")]
    public void BlockingOnATask_DoesNotOccur(string folder) => Find(folder, Blocking()).ShouldBeEmpty("a turn that blocks can wait for itself");

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void AsyncVoid_DoesNotOccur(string folder) => Find(folder, AsyncVoid()).ShouldBeEmpty("its exception ends the process");

    [Theory]
    [InlineData("src/Grains")]
    public void ConfigureAwaitFalse_InGrains_DoesNotOccur(string folder) => Find(folder, LeavesTheTurn()).ShouldBeEmpty("it leaves the grain's turn");

    private static IEnumerable<string> Find(string folder, Regex pattern) => Repository.SourceFiles(folder)
        .SelectMany(path => Repository.CodeLines(path)
            .Where(line => pattern.IsMatch(line.Text))
            .Select(line => $"{path}:{line.Number}: {line.Text.Trim()}"));

    [GeneratedRegex(@"#pragma warning disable [A-Z0-9, ]+$")]
    private static partial Regex BarePragma();

    [GeneratedRegex(@"^\s*#(if|elif)\b")]
    private static partial Regex ConditionalCompilation();

    // ".Result" as a member of our own records is a word of the domain only without a task before it, so calls are told apart by name.
    [GeneratedRegex(@"(Async\([^;]*\)|[tT]ask)\.Result\b|\.Wait\(\)|\.GetAwaiter\(\)\.GetResult\(\)")]
    private static partial Regex Blocking();

    [GeneratedRegex(@"\basync\s+void\b")]
    private static partial Regex AsyncVoid();

    [GeneratedRegex(@"ConfigureAwait\(\s*(false|continueOnCapturedContext\s*:\s*false)\s*\)")]
    private static partial Regex LeavesTheTurn();
}
