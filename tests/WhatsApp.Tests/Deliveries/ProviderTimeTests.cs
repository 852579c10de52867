using System.Text.Json;

namespace Waqtor.WhatsApp.Tests;

public sealed class ProviderTimeTests
{
    [Theory]
    [InlineData("1697043223")]
    [InlineData("\"1697043223\"")]
    [InlineData("1697043223000")]
    [InlineData("\"1697043223000\"")]
    [InlineData("1697043223.0")]
    [InlineData("{\"low\":1697043223,\"high\":0,\"unsigned\":true}")]
    [InlineData("\"2023-10-11T16:53:43Z\"")]
    [InlineData("\"2023-10-11T18:53:43+02:00\"")]
    public void Time_InEachWriting_IsTheSame(string json) => Read(json).ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1_697_043_223));

    [Theory]
    [InlineData("1697043223.5", 500)]
    [InlineData("1697043223500", 500)]
    [InlineData("\"2023-10-11T16:53:43.25Z\"", 250)]
    public void Time_WithFraction_KeepsIt(string json, int milliseconds) => Read(json)!.Value.Millisecond.ShouldBe(milliseconds);

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("1")]
    [InlineData("9999999999999999")]
    [InlineData("1e400")]
    [InlineData("\"\"")]
    [InlineData("\"some-timestamp-here\"")]
    [InlineData("\"10:30:00 AM\"")]
    [InlineData("\"1601-01-01T00:00:00Z\"")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void Time_ThatIsAbsurd_IsNone(string json) => Read(json).ShouldBeNull();

    private static DateTimeOffset? Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return ProviderTime.Read(document.RootElement);
    }
}
