using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Waqtor.WhatsApp.Tests;

/// <summary>Whatever a batch is made of: as many elements come out as went in, in their order, each in its place.</summary>
public sealed class BatchPropertyTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(500);

    private static readonly Gen<Slot[]> Slots = Gen.Elements(Enum.GetValues<Slot>().Where(slot => slot != Slot.Empty)).ArrayOf();

    [Fact]
    public void CloudBatch_OfAnyMake_KeepsEveryElementInOrder() =>
        Prop.ForAll(Slots.ArrayOf().ArrayOf().ToArbitrary(), entries =>
        {
            var expected = new List<(string Path, Slot Slot, string Id)>();
            var json = new JsonObject
            {
                ["entry"] = Array(entries, (changes, e) => new JsonObject
                {
                    ["changes"] = Array(changes, (slots, c) =>
                    {
                        var path = $"entry[{e}].changes[{c}].value";
                        if (slots.Length == 0) expected.Add((path, Slot.Empty, ""));
                        return new JsonObject
                        {
                            ["field"] = "messages",
                            ["value"] = new JsonObject
                            {
                                ["metadata"] = new JsonObject { ["phone_number_id"] = $"number-{e}-{c}" },
                                ["messages"] = Array(slots, (slot, m) =>
                                {
                                    expected.Add(($"{path}.messages[{m}]", slot, $"{e}/{c}/{m}"));
                                    return CloudMessage(slot, $"{e}/{c}/{m}");
                                }),
                            },
                        };
                    }),
                }),
            };

            var elements = Parse("cloud/", json);
            elements.Select(element => element.Path).ShouldBe(expected.Select(slot => slot.Path));
            foreach (var (element, slot) in elements.Zip(expected)) Check(element, slot.Slot, slot.Id);
            elements.ShouldAllBe(element => element.RouteTo == RouteOf(element.Path));
        }).Check(Thorough);

    [Fact]
    public void EvolutionBatch_OfAnyMake_KeepsEveryElementInOrder() =>
        Prop.ForAll(Slots.ArrayOf().ToArbitrary(), envelopes =>
        {
            var expected = new List<(string Path, Slot Slot, string Id)>();
            var json = Array(envelopes, (slots, e) => new JsonObject
            {
                ["event"] = (e % 3) switch { 0 => "messages.upsert", 1 => "MESSAGES_UPSERT", _ => "messages-upsert" },
                ["data"] = Array(slots, (slot, m) =>
                {
                    expected.Add(($"[{e}].data[{m}]", slot, $"{e}/{m}"));
                    return EvolutionMessage(slot, $"{e}/{m}");
                }),
            });

            var elements = Parse("evolution/", json);
            elements.Select(element => element.Path).ShouldBe(expected.Select(slot => slot.Path));
            foreach (var (element, slot) in elements.Zip(expected)) Check(element, slot.Slot, slot.Id);
        }).Check(Thorough);

    [Fact]
    public void GenericBatch_OfAnyMake_KeepsEveryElementInOrder() =>
        Prop.ForAll(Slots.ToArbitrary(), slots =>
        {
            var json = new JsonObject { ["messages"] = Array(slots, (slot, m) => GenericMessage(slot, $"{m}")) };
            var elements = Parse("generic/", json);
            elements.Select(element => element.Path).ShouldBe(slots.Select((_, m) => $"messages[{m}]"));
            for (var m = 0; m < slots.Length; m++) Check(elements[m], slots[m], $"{m}");
        }).Check(Thorough);

    [Fact]
    public void WahaAck_OfManyIds_KeepsEveryIdInOrder() =>
        Prop.ForAll(ArbMap.Default.GeneratorFor<ushort>().ArrayOf().Where(ids => ids.Length > 0).ToArbitrary(), ids =>
        {
            var json = new JsonObject
            {
                ["event"] = "message.ack",
                ["payload"] = new JsonObject { ["ids"] = Array(ids, (id, _) => JsonValue.Create($"3EB0{id}")), ["receipt_type"] = "read" },
            };
            Parse("waha/", json).Select(element => element.Status?.ProviderMessageId).ShouldBe(ids.Select(id => (string?)$"3EB0{id}"));
        }).Check(Thorough);

    private static System.Collections.Immutable.ImmutableArray<DeliveryElement> Parse(string provider, JsonNode json) =>
        Samples.ParserFor(provider).Parse(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString())).Elements;

    private static string RouteOf(string path)
    {
        var numbers = System.Text.RegularExpressions.Regex.Matches(path, "[0-9]+");
        return $"number-{numbers[0]}-{numbers[1]}";
    }

    private static void Check(DeliveryElement element, Slot slot, string id)
    {
        Elements.CountOfKinds(element).ShouldBe(1);
        switch (slot)
        {
            case Slot.Good or Slot.UnknownKind:
                element.Message!.ProviderMessageId.ShouldBe(id);
                element.Message.Kind.ShouldBe(slot == Slot.Good ? Messages.MessageKind.Text : Messages.MessageKind.Unsupported);
                break;
            case Slot.Empty:
                element.Ignored.ShouldBe(IgnoredReason.Empty);
                break;
            default:
                element.Problem.ShouldBe(slot switch
                {
                    Slot.NoId => DeliveryProblem.MissingMessageId,
                    Slot.NoSender => DeliveryProblem.MissingSender,
                    _ => DeliveryProblem.NotAnObject,
                });
                break;
        }
    }

    private static JsonNode? CloudMessage(Slot slot, string id) => slot switch
    {
        Slot.Good => new JsonObject { ["id"] = id, ["from"] = "201000000001", ["type"] = "text", ["text"] = new JsonObject { ["body"] = id } },
        Slot.UnknownKind => new JsonObject { ["id"] = id, ["from"] = "201000000001", ["type"] = "hologram" },
        Slot.NoId => new JsonObject { ["from"] = "201000000001", ["type"] = "text" },
        Slot.NoSender => new JsonObject { ["id"] = id, ["type"] = "text" },
        Slot.NotAnObject => JsonValue.Create(17),
        _ => null,
    };

    private static JsonNode? EvolutionMessage(Slot slot, string id)
    {
        var key = new JsonObject { ["remoteJid"] = "201000000001@s.whatsapp.net", ["fromMe"] = false, ["id"] = id };
        if (slot == Slot.NoId) key.Remove("id");
        if (slot == Slot.NoSender) key.Remove("remoteJid");
        return slot switch
        {
            Slot.NotAnObject => JsonValue.Create("text"),
            Slot.Null or Slot.Empty => null,
            Slot.UnknownKind => new JsonObject { ["key"] = key, ["message"] = new JsonObject { ["hologramMessage"] = new JsonObject() } },
            _ => new JsonObject { ["key"] = key, ["message"] = new JsonObject { ["conversation"] = id } },
        };
    }

    private static JsonNode? GenericMessage(Slot slot, string id) => slot switch
    {
        Slot.Good => new JsonObject { ["id"] = id, ["from"] = "201000000001", ["text"] = id },
        Slot.UnknownKind => new JsonObject { ["id"] = id, ["from"] = "201000000001", ["kind"] = "unsupported" },
        Slot.NoId => new JsonObject { ["from"] = "201000000001" },
        Slot.NoSender => new JsonObject { ["id"] = id },
        Slot.NotAnObject => new JsonArray(),
        _ => null,
    };

    private static JsonArray Array<T>(T[] items, Func<T, int, JsonNode?> make) => new([.. items.Select(make)]);

    private enum Slot
    {
        Good,
        UnknownKind,
        NoId,
        NoSender,
        NotAnObject,
        Null,
        Empty,
    }
}
