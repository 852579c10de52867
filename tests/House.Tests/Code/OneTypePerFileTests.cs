using System.Text.RegularExpressions;

namespace Waqtor.House.Tests.Code;

public sealed partial class OneTypePerFileTests
{
    [Fact]
    public void SourceFile_PublicTypes_AreOneAtMost()
    {
        var faults = Repository.SourceFiles("src")
            .Select(path => (Path: path, Types: Repository.CodeLines(path).Where(line => PublicType().IsMatch(line.Text)).Select(line => Name(line.Text)).Distinct().ToList()))
            .Where(file => file.Types.Count > 1)
            .Select(file => $"{file.Path}: {string.Join(", ", file.Types)}");

        faults.ShouldBeEmpty();
    }

    [Fact]
    public void SourceFolder_Name_SaysWhatTheProductDoes()
    {
        string[] vague = ["Helpers", "Utils", "Utilities", "Common", "Misc", "Managers", "Shared"];

        Repository.SourceFiles("src").Where(path => path.Split('/').Intersect(vague).Any()).ShouldBeEmpty();
    }

    // A generic and a plain type of one name (Page and Page<T>) count as one.
    private static string Name(string line) => PublicType().Match(line).Groups["name"].Value;

    [GeneratedRegex(@"^public (static |sealed |abstract |partial |readonly |ref )*(class|record struct|record class|record|struct|interface|enum|delegate [\w<>?,. ]+?) (?<name>\w+)")]
    private static partial Regex PublicType();
}
