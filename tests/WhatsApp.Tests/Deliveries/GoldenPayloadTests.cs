namespace Waqtor.WhatsApp.Tests;

/// <summary>
/// What every sample becomes stands beside it as <c>NAME.expected.json</c>. After a change on purpose, run with
/// <c>WAQTOR_WRITE_GOLDEN=1</c> and read the difference.
/// </summary>
public sealed class GoldenPayloadTests
{
    public static TheoryData<string> Names => [.. Samples.Names()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Sample_Parsed_BecomesWhatStandsBesideIt(string name)
    {
        var actual = Readable.Write(Samples.ParserFor(name).Parse(Samples.Read(name)));
        if (Environment.GetEnvironmentVariable("WAQTOR_WRITE_GOLDEN") == "1") Samples.WriteExpected(name, actual);
        else actual.ShouldBe(Samples.ReadExpected(name));
    }

    [Fact]
    public void Samples_OfSharedCollection_AreAllHere() => Samples.Names().Count().ShouldBeGreaterThanOrEqualTo(136);

    [Theory]
    [MemberData(nameof(Names))]
    public void Sample_Parsed_SetsExactlyOneMemberPerElement(string name)
    {
        foreach (var element in Samples.ParserFor(name).Parse(Samples.Read(name)).Elements)
        {
            Elements.CountOfKinds(element).ShouldBe(1, element.Path);
            element.Problem.ShouldNotBe(DeliveryProblem.Unreadable);
        }
    }
}
