using Xunit.Abstractions;

namespace Waqtor.House.Tests.Code;

public sealed class FileSizeTests(ITestOutputHelper output)
{
    private const int LinesMax = 400;

    [Fact]
    public void SourceFile_Length_StaysUnderTheLimit()
    {
        var sizes = Repository.SourceFiles("src").Select(path => (Path: path, Lines: File.ReadLines(Repository.Path(path)).Count()))
            .OrderByDescending(file => file.Lines).ToList();

        Report(sizes);

        sizes.Where(file => file.Lines > LinesMax).ShouldBeEmpty("two ideas share a file");
    }

    private void Report(List<(string Path, int Lines)> sizes)
    {
        output.WriteLine($"{sizes.Count} files, {sizes.Sum(file => file.Lines)} lines, median {Percentile(sizes, 0.5)}, p90 {Percentile(sizes, 0.9)}");
        foreach (var project in sizes.GroupBy(file => string.Join('/', file.Path.Split('/').Take(2))).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"  {project.Key,-28} {project.Count(),4} files {project.Sum(file => file.Lines),6} lines");
        }

        output.WriteLine("Longest:");
        foreach (var (path, lines) in sizes.Take(10)) output.WriteLine($"  {lines,4} {path}");
    }

    private static int Percentile(List<(string Path, int Lines)> descending, double share) =>
        descending.Count == 0 ? 0 : descending[(int)((descending.Count - 1) * (1 - share))].Lines;
}
