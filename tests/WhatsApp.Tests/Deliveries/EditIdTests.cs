using System.Text;

namespace Waqtor.WhatsApp.Tests;

/// <summary>Edits without an id of their own: each one counts, a delivery that comes again does not.</summary>
public sealed class EditIdTests
{
    private static readonly string Waha = """
        {"id":"evt_EVENT","event":"message.edited","session":"shop","timestamp":TIME,
         "payload":{"id":"false_201000000001@c.us_AAAA","from":"201000000001@c.us","fromMe":false,"timestamp":1763578051,"body":"TEXT"MORE}}
        """;

    private static readonly string Evolution = """
        {"event":"messages.update","instance":"shop","data":{"key":{"remoteJid":"201000000001@s.whatsapp.net","fromMe":false,"id":"AAAA"},
         "update":{"message":{"protocolMessage":{"type":14,"key":{"id":"AAAA"},"editedMessage":{"conversation":"TEXT"}}}MORE}}}
        """;

    [Theory]
    [InlineData(null)]
    [InlineData("AAAA")]
    [InlineData("false_201000000001@c.us_AAAA")]
    public void Waha_SeveralEditsOfOneMessage_HaveDifferentIds(string? edited)
    {
        string[] ids = [WahaId("x", 1763578060000, edited), WahaId("y", 1763578070000, edited), WahaId("x", 1763578080000, edited)];

        ids.ShouldBeUnique();
        ids.ShouldAllBe(id => id.StartsWith("edit:false_201000000001@c.us_AAAA:", StringComparison.Ordinal));
        WahaId("y", 1763578070000, edited).ShouldBe(ids[1]);
    }

    [Fact]
    public void Waha_EditsWithoutTheEventsTime_AreToldApartByTheirText()
    {
        WahaId("x", null).ShouldNotBe(WahaId("y", null));
        WahaId("x", null).ShouldBe(WahaId("x", null));
    }

    [Fact]
    public void Evolution_EditTakenBack_HasAnIdOfItsOwn()
    {
        string[] ids = [EvolutionId("x", 1763578060), EvolutionId("y", 1763578070), EvolutionId("x", 1763578080)];

        ids.ShouldBeUnique();
        EvolutionId("y", 1763578070).ShouldBe(ids[1]);
    }

    [Fact]
    public void Evolution_EditsInOneSecondOrWithoutATime_AreToldApartByTheirText()
    {
        EvolutionId("x", 1763578060).ShouldNotBe(EvolutionId("y", 1763578060));
        EvolutionId("x", null).ShouldNotBe(EvolutionId("y", null));
        EvolutionId("x", null).ShouldBe(EvolutionId("x", null));
    }

    private static string WahaId(string text, long? time, string? edited = null) => Id("waha/", Waha
        .Replace("TEXT", text, StringComparison.Ordinal)
        .Replace("TIME", time?.ToString() ?? "null", StringComparison.Ordinal)
        .Replace("MORE", edited is null ? "" : $",\"editedMessageId\":\"{edited}\"", StringComparison.Ordinal));

    private static string EvolutionId(string text, long? time) => Id("evolution/", Evolution
        .Replace("TEXT", text, StringComparison.Ordinal)
        .Replace("MORE", time is null ? "" : $",\"messageTimestamp\":{time}", StringComparison.Ordinal));

    private static string Id(string provider, string json) =>
        Samples.ParserFor(provider).Parse(Encoding.UTF8.GetBytes(json)).Elements.Single().Message!.ProviderMessageId;
}
