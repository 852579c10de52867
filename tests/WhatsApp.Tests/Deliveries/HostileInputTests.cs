using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Waqtor.WhatsApp.Tests;

/// <summary>No input does more harm than a <see cref="DeliveryFormatException"/>.</summary>
public sealed class HostileInputTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    // What somebody might put where something else belongs.
    private static readonly string[] Nasty =
    [
        "null", "true", "17", "-1", "1e400", "0.5", new string('9', 400), "\"\"", "\"x\"", "\"\\ud800\"", "\"\\u0000\"", "\"@\"", "\"_@_\"",
        "[]", "[null]", "[[]]", "{}", "{\"\\ud800\":1}", "{\"low\":1e99,\"high\":-1}", "{\"id\":{\"id\":{}}}", "[{},{}]",
    ];

    public static TheoryData<string> Names => [.. Samples.Names()];

    public static TheoryData<string> Truncated =>
    [
        "cloud/composed_arabic_emoji_zwj_rtl", "cloud/composed_statuses_out_of_order", "cloud/composed_escapes_nul_lone_surrogate",
        "evolution/v2_upsert_image_base64", "evolution/composed_wrapped_messages", "waha/composed_groups_and_status",
        "waha/composed_gowa_forms", "generic/every_member",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void AnyValueOfASample_ReplacedByAnotherKind_IsReadOrAProblem(string name)
    {
        var sample = Encoding.UTF8.GetString(WireText.Repair(Samples.Read(name)).Span).Replace("1e400", "1", StringComparison.Ordinal);
        var parser = Samples.ParserFor(name);
        foreach (var path in PathsOf(JsonNode.Parse(sample)!))
        {
            foreach (var nasty in Nasty) ShouldBeReadable(parser, Encoding.UTF8.GetBytes(Replace(sample, path, nasty)));
        }
    }

    [Theory]
    [MemberData(nameof(Truncated))]
    public void Sample_CutAtAnyByte_IsAFormatError(string name)
    {
        var body = Samples.Read(name).AsMemory();
        var end = body.Span.LastIndexOfAny("]}"u8);
        var parser = Samples.ParserFor(name);
        for (var length = 0; length <= end; length++)
            Should.Throw<DeliveryFormatException>(() => parser.Parse(body[..length]));
    }

    [Fact]
    public void RandomBytes_Parsed_AreReadableOrAFormatError() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            foreach (var parser in Samples.AllParsers()) ShouldBeReadable(parser, bytes);
        }).Check(Thorough);

    [Fact]
    public void Samples_WithRandomBytesChanged_AreReadableOrAFormatError()
    {
        var names = Samples.Names().ToArray();
        var change = from name in Gen.Elements(names)
                     from edits in Gen.Zip(Gen.Choose(0, int.MaxValue), ArbMap.Default.GeneratorFor<byte>()).ArrayOf()
                     from cut in Gen.Choose(0, int.MaxValue)
                     select (name, edits, cut);
        Prop.ForAll(change.ToArbitrary(), mutation =>
        {
            var body = Samples.Read(mutation.name);
            foreach (var (at, value) in mutation.edits) body[at % body.Length] = value;
            // Now and then a piece is doubled, which breaks nesting.
            if (mutation.cut % 4 == 0) body = [.. body.AsSpan(0, mutation.cut % body.Length), .. body];
            foreach (var parser in Samples.AllParsers()) ShouldBeReadable(parser, body);
        }).Check(Thorough);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"entry\":", "}")]
    [InlineData("{\"message\":{\"ephemeralMessage\":", "}}")]
    public void TenThousandLevels_Parsed_AreTooDeep(string open, string close)
    {
        var closed = Encoding.UTF8.GetBytes(Repeat(open) + "1" + Repeat(close));
        var endless = Encoding.UTF8.GetBytes(Repeat(open));
        foreach (var parser in Samples.AllParsers())
        {
            Should.Throw<DeliveryFormatException>(() => parser.Parse(closed)).Code.ShouldBe("too_deep");
            Should.Throw<DeliveryFormatException>(() => parser.Parse(endless)).Code.ShouldBe("too_deep");
        }

        static string Repeat(string text) => new StringBuilder().Insert(0, text, 10_000).ToString();
    }

    [Fact]
    public void WrappersNestedToTheDepthLimit_Parsed_AreUnsupported()
    {
        var wrapped = string.Concat(Enumerable.Repeat("{\"ephemeralMessage\":{\"message\":", 25)) + "{\"conversation\":\"deep\"}" + new string('}', 50);
        var body = """{"event":"messages.upsert","data":{"key":{"remoteJid":"201000000001@s.whatsapp.net","id":"1"},"message":""" + wrapped + "}}";
        var element = Samples.ParserFor("evolution/").Parse(Encoding.UTF8.GetBytes(body)).Elements.ShouldHaveSingleItem();
        element.Message!.Kind.ShouldBe(Messages.MessageKind.Unsupported);
    }

    [Theory]
    [InlineData("", "empty_body")]
    [InlineData(" \n", "empty_body")]
    [InlineData("nonsense", "broken_json")]
    [InlineData("{} {}", "broken_json")]
    [InlineData("17", "wrong_root")]
    [InlineData("\"text\"", "wrong_root")]
    [InlineData("null", "wrong_root")]
    public void Body_ThatIsNoDelivery_SaysWhy(string body, string code)
    {
        foreach (var parser in Samples.AllParsers())
            Should.Throw<DeliveryFormatException>(() => parser.Parse(Encoding.UTF8.GetBytes(body))).Code.ShouldBe(code);
    }

    [Fact]
    public void Body_WithByteOrderMark_IsRead()
    {
        byte[] body = [0xEF, 0xBB, 0xBF, .. Samples.Read("cloud/pywa_msg_text")];
        Samples.ParserFor("cloud/").Parse(body).Elements.ShouldHaveSingleItem().Message!.Text.ShouldBe("Body Text");
    }

    [Fact]
    public void Text_WithBytesThatAreNoUtf8_IsReadWithReplacementCharacters()
    {
        byte[] body = [.. """{"id":"1","from":"201000000001","text":"a"""u8, 0xC3, 0x28, 0xFF, .. "z\"}"u8];
        Samples.ParserFor("generic/").Parse(body).Elements.ShouldHaveSingleItem().Message!.Text.ShouldBe("a\uFFFD(\uFFFDz");
    }

    [Fact]
    public void Members_ThatAreDoubled_LastOneCounts()
    {
        var body = """{"id":"1","id":"2","from":"201000000001","text":"a","text":"b"}"""u8.ToArray();
        var message = Samples.ParserFor("generic/").Parse(body).Elements.ShouldHaveSingleItem().Message!;
        (message.ProviderMessageId, message.Text).ShouldBe(("2", "b"));
    }

    [Theory]
    [InlineData("cloud", """{"messages":[{"id":"ID","from":"201000000001"}],"statuses":[{"id":"ID","status":"read"}]}""")]
    [InlineData("evolution", """[{"event":"messages.upsert","data":{"key":{"id":"ID","remoteJid":"1234@lid"}}},{"event":"messages.update","data":{"keyId":"ID","status":"READ"}}]""")]
    [InlineData("waha", """[{"event":"message","payload":{"id":"ID","from":"1234@lid"}},{"event":"message.ack","payload":{"id":"ID","ack":3}}]""")]
    [InlineData("generic", """{"messages":[{"id":"ID","from":"201000000001"}],"statuses":[{"id":"ID","status":"read"}]}""")]
    public void MessageId_LongerThanAnyRealOne_IsAProblem(string provider, string body)
    {
        var elements = Samples.ParserFor(provider + "/").Parse(Encoding.UTF8.GetBytes(body.Replace("ID", new string('A', 513), StringComparison.Ordinal))).Elements;
        elements.Select(element => element.Problem).ShouldBe([DeliveryProblem.MessageIdTooLong, DeliveryProblem.MessageIdTooLong]);
    }

    [Theory]
    [InlineData("@lid")]
    [InlineData(":1@lid")]
    [InlineData("@g.us")]
    [InlineData("@")]
    [InlineData("12x4@s.whatsapp.net")]
    public void Address_WithoutAnythingToAddress_IsAProblem(string jid)
    {
        var body = """{"event":"messages.upsert","data":{"key":{"id":"1","remoteJid":"JID"}}}""".Replace("JID", jid, StringComparison.Ordinal);
        Samples.ParserFor("evolution/").Parse(Encoding.UTF8.GetBytes(body)).Elements.ShouldHaveSingleItem().Problem.ShouldBe(DeliveryProblem.UnknownAddress);
    }

    [Fact]
    public void UnknownKind_LargerThanTheLimit_KeepsValidJsonMarkedAsCut()
    {
        var options = new WhatsAppOptions { RawJsonBytesMax = 2_048 };
        foreach (var filler in (string[])["x", "ش", "😀", "\\\\", "\\\"", "\\u0001"])
        {
            var body = $$"""{"id":"1","from":"201000000001","kind":"unsupported","filler":"{{string.Concat(Enumerable.Repeat(filler, 5_000))}}"}""";
            var raw = Samples.ParserFor("generic/", options).Parse(Encoding.UTF8.GetBytes(body)).Elements.ShouldHaveSingleItem().Message!.Content!.RawJson!;
            Encoding.UTF8.GetByteCount(raw).ShouldBeLessThanOrEqualTo(2_048);
            using var document = JsonDocument.Parse(raw);
            document.RootElement.GetProperty("truncated").GetBoolean().ShouldBeTrue();
            document.RootElement.GetProperty("bytes").GetInt32().ShouldBe(Encoding.UTF8.GetByteCount(body));
            document.RootElement.GetProperty("head").GetString().ShouldStartWith("{\"id\":\"1\"");
        }
    }

    private static void ShouldBeReadable(IDeliveryParser parser, byte[] body)
    {
        ParsedDelivery delivery;
        try
        {
            delivery = parser.Parse(body);
        }
        catch (DeliveryFormatException)
        {
            return;
        }

        foreach (var element in delivery.Elements)
        {
            Elements.CountOfKinds(element).ShouldBe(1);
            element.Problem.ShouldNotBe(DeliveryProblem.Unreadable, Encoding.UTF8.GetString(body));
            if (element.Message is not { } message) continue;
            message.Contact.IsEmpty.ShouldBeFalse();
            message.Text?.ShouldNotContain('\0');
        }

        // What follows stores and shows it: infinite numbers and half characters would fail only there.
        Readable.Serialize(delivery).Length.ShouldBeGreaterThan(0);
    }

    private static List<string[]> PathsOf(JsonNode root)
    {
        var paths = new List<string[]>();
        Walk(root, []);
        return paths;

        void Walk(JsonNode? node, string[] path)
        {
            paths.Add(path);
            if (node is JsonObject json)
            {
                foreach (var (name, value) in json) Walk(value, [.. path, name]);
            }
            else if (node is JsonArray array)
            {
                for (var i = 0; i < array.Count; i++) Walk(array[i], [.. path, $"#{i}"]);
            }
        }
    }

    private static string Replace(string sample, string[] path, string value)
    {
        const string Mark = "\u0001here\u0001";
        if (path.Length == 0) return value;
        var root = JsonNode.Parse(sample)!;
        var parent = root;
        foreach (var step in path[..^1]) parent = step[0] == '#' ? parent[int.Parse(step[1..], System.Globalization.CultureInfo.InvariantCulture)]! : parent[step]!;
        if (parent is JsonArray array) array[int.Parse(path[^1][1..], System.Globalization.CultureInfo.InvariantCulture)] = Mark;
        else parent[path[^1]] = Mark;
        return root.ToJsonString().Replace("\"\\u0001here\\u0001\"", value, StringComparison.Ordinal);
    }
}
