using System.Net;
using System.Security.Cryptography;
using System.Text;
using Waqtor.Api.Media;
using Waqtor.Api.Tests.Fakes;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Instances;
using Waqtor.Messages;

namespace Waqtor.Api.Tests.Devices;

public sealed class DeviceMessagesTests
{
    private static FakeCluster Shop() => new FakeCluster().With("shop", ProviderKind.Sandbox);

    private static byte[] Bytes(int count) => RandomNumberGenerator.GetBytes(count);

    [Fact]
    public async Task Text_Short_IsDeliveredInOneCall()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var device = await DeviceClient.OpenAsync(host);

        (await DeviceClient.StatusAsync(await device.TextAsync("m-1", 1, "مرحبا 👋"))).ShouldBe("delivered");

        var stored = device.Stored.ShouldHaveSingleItem();
        (stored.MessageId, stored.Kind, stored.Text, stored.Sequence).ShouldBe(("m-1", MessageKind.Text, "مرحبا 👋", 1));
    }

    [Fact]
    public async Task Text_SentAgain_IsStoredOnceAndSaysSo()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var device = await DeviceClient.OpenAsync(host);
        await device.TextAsync("m-1", 1, "hello");

        var again = await DeviceClient.ReadAsync(await device.TextAsync("m-1", 1, "hello"));

        (again.GetProperty("status").GetString(), again.GetProperty("duplicate").GetBoolean()).ShouldBe(("delivered", true));
        device.Stored.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Text_WhosePlaceHasPassed_Is409()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var device = await DeviceClient.OpenAsync(host);
        await device.TextAsync("m-2", 2, "second");

        var late = await device.TextAsync("m-1", 1, "first");

        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await DeviceClient.CodeAsync(late)).ShouldBe("out_of_order");
        device.Stored.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Text_Long_IsShownInPartAndKeptWhole()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var device = await DeviceClient.OpenAsync(host);
        var text = string.Concat(Enumerable.Repeat("0123456789abcde😀", 5_000));
        var content = Encoding.UTF8.GetBytes(text);
        var packed = DeviceClient.Gzip(content);

        var sent = await device.PostAsync("/api/device-messages", new
        {
            id = "long", sequence = 1, kind = "text", size = content.Length, sha256 = DeviceClient.Hash(content), encoding = "gzip",
            content = Convert.ToBase64String(packed), metadata = new { device = new { type = "kiosk" } },
        });

        (await DeviceClient.StatusAsync(sent)).ShouldBe("delivered");
        var stored = device.Stored.ShouldHaveSingleItem();
        text.ShouldStartWith(stored.Text!);
        stored.Text!.Length.ShouldBeInRange(4_095, 4_096);
        stored.Content!.RawJson.ShouldBe("""{"device":{"type":"kiosk"}}""");
        await using var file = host.Get<IMediaStore>().OpenRead(stored.Content.Media!.StoredHash!)!;
        (await SHA256.HashDataAsync(file)).ShouldBe(SHA256.HashData(content));
    }

    [Fact]
    public async Task Upload_InChunks_GoesOnWhereItWasCutAlsoAfterARestart()
    {
        var cluster = Shop();
        using var folder = new TestFolder();
        var audio = Bytes(200_000);
        string token;
        var first = await ApiHost.StartAsync(cluster, folder: folder);
        var device = await DeviceClient.OpenAsync(first);
        (await DeviceClient.StatusAsync(await device.BeginAsync("a-1", 1, audio))).ShouldBe("uploading");
        (await DeviceClient.ReadAsync(await device.ChunkAsync("a-1", 0, audio[..65_536]))).GetProperty("received").GetInt64().ShouldBe(65_536);
        token = device.Token;
        await first.StopAsync();

        var second = await ApiHost.StartAsync(cluster, folder: folder);
        device = new DeviceClient(second, (await device.Session.GetAsync())!.Id, token);
        var begun = await DeviceClient.ReadAsync(await device.BeginAsync("a-1", 1, audio));
        begun.GetProperty("received").GetInt64().ShouldBe(65_536);
        await device.ChunkAsync("a-1", 65_536, audio[65_536..131_072]);
        (await DeviceClient.StatusAsync(await device.ChunkAsync("a-1", 131_072, audio[131_072..]))).ShouldBe("uploaded");
        (await DeviceClient.StatusAsync(await device.CompleteAsync("a-1"))).ShouldBe("delivered");

        var stored = device.Stored.ShouldHaveSingleItem();
        (stored.Kind, stored.Content!.Media!.SizeBytes, stored.Content.Media.StoredHash).ShouldBe((MessageKind.Audio, 200_000, DeviceClient.Hash(audio)));
        Directory.EnumerateFiles(Path.Combine(folder.Path, "uploads"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
        await second.StopAsync();
    }

    [Fact]
    public async Task Upload_OvertakenByALaterMessage_GoesOnAtTheEndOfTheLine()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var device = await DeviceClient.OpenAsync(host);
        var audio = Bytes(100_000);
        await device.BeginAsync("a-1", 1, audio);
        await device.ChunkAsync("a-1", 0, audio[..65_536]);
        (await DeviceClient.StatusAsync(await device.TextAsync("m-2", 2, "later"))).ShouldBe("delivered");

        (await DeviceClient.ReadAsync(await device.BeginAsync("a-1", 3, audio))).GetProperty("received").GetInt64().ShouldBe(65_536);
        await device.ChunkAsync("a-1", 65_536, audio[65_536..]);

        (await DeviceClient.StatusAsync(await device.CompleteAsync("a-1"))).ShouldBe("delivered");
        device.Stored.Select(one => (one.MessageId, one.Sequence)).ShouldBe([("m-2", 2L), ("a-1", 3L)]);
    }

    [Fact]
    public async Task Chunk_SentAgain_ChangesNothing_AndOneWithAGapIsRefused()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var device = await DeviceClient.OpenAsync(host);
        var audio = Bytes(150_000);
        await device.BeginAsync("a-1", 1, audio);
        await device.ChunkAsync("a-1", 0, audio[..65_536]);

        (await DeviceClient.ReadAsync(await device.ChunkAsync("a-1", 0, audio[..65_536]))).GetProperty("received").GetInt64().ShouldBe(65_536);
        var gap = await device.ChunkAsync("a-1", 100_000, audio[100_000..110_000]);
        var tooFar = await device.ChunkAsync("a-1", 65_536, Bytes(100_000));

        (gap.StatusCode, await DeviceClient.CodeAsync(gap)).ShouldBe((HttpStatusCode.Conflict, "upload_offset"));
        tooFar.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await device.CompleteAsync("a-1")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Upload_WhoseBytesAreNotThoseAnnounced_Is422AndBeginsAnew()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var device = await DeviceClient.OpenAsync(host);
        var audio = Bytes(70_000);
        await device.BeginAsync("a-1", 1, audio);
        await device.ChunkAsync("a-1", 0, Bytes(70_000));

        var refused = await device.CompleteAsync("a-1");

        (refused.StatusCode, await DeviceClient.CodeAsync(refused)).ShouldBe((HttpStatusCode.UnprocessableEntity, "content_mismatch"));
        device.Stored.ShouldBeEmpty();
        (await DeviceClient.ReadAsync(await device.BeginAsync("a-1", 1, audio))).GetProperty("received").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task Upload_ThatUnpacksToMoreThanItSays_IsNeverUnpackedWhole()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var device = await DeviceClient.OpenAsync(host);
        var bomb = DeviceClient.Gzip(new byte[16 * 1024 * 1024]);
        var said = new byte[1_000];

        var sent = await device.PostAsync("/api/device-messages", new
        {
            id = "bomb", sequence = 1, kind = "audio", size = said.Length, sha256 = DeviceClient.Hash(said), encoding = "gzip",
            content = Convert.ToBase64String(bomb),
        });

        sent.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        device.Stored.ShouldBeEmpty();
    }

    [Fact]
    public async Task Store_Down_LosesNoUpload()
    {
        var cluster = Shop();
        await using var host = await ApiHost.StartAsync(cluster);
        var device = await DeviceClient.OpenAsync(host);
        var audio = Bytes(70_000);
        await device.BeginAsync("a-1", 1, audio);
        await device.ChunkAsync("a-1", 0, audio);

        cluster.StoreIsDown = true;
        (await device.CompleteAsync("a-1")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        cluster.StoreIsDown = false;

        (await DeviceClient.StatusAsync(await device.CompleteAsync("a-1"))).ShouldBe("delivered");
    }

    [Fact]
    public async Task Uploads_BeyondTheLimitOfASession_WaitTheirTurn()
    {
        await using var host = await ApiHost.StartAsync(Shop(), [("DeviceMessages:SessionUploadsMax", "2")]);
        var device = await DeviceClient.OpenAsync(host);
        await device.BeginAsync("a-1", 1, Bytes(1_000));
        await device.BeginAsync("a-2", 2, Bytes(1_000));

        var third = await device.BeginAsync("a-3", 3, Bytes(1_000));
        await device.SendAsync(HttpMethod.Delete, "/api/device-messages/a-1", null);

        third.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await DeviceClient.StatusAsync(await device.BeginAsync("a-3", 3, Bytes(1_000)))).ShouldBe("uploading");
    }

    [Theory]
    [InlineData("""{"id":"../x","sequence":1,"kind":"text","text":"a","size":1,"sha256":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"}""")]
    [InlineData("""{"id":"m","sequence":0,"kind":"text","text":"a","size":1,"sha256":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"}""")]
    [InlineData("""{"id":"m","sequence":1,"kind":"video","text":"a","size":1,"sha256":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"}""")]
    [InlineData("""{"id":"m","sequence":1,"kind":"text","text":"a","size":1,"sha256":"CA978112"}""")]
    [InlineData("""{"id":"m","sequence":1,"kind":"text","size":1,"sha256":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"}""")]
    [InlineData("""{"id":"m","sequence":1,"kind":"audio","uploadSize":9999999999,"size":1,"sha256":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"}""")]
    [InlineData("""{"id":"m","sequence":1,"kind":"audio","uploadSize":1,"size":99999999,"sha256":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"}""")]
    [InlineData("""{"id":"m","sequence":1,"kind":"audio","mimeType":"text/html","uploadSize":1,"size":1,"sha256":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"}""")]
    [InlineData("""{"id":"m","sequence":1,"kind":"audio","content":"%%","size":1,"sha256":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"}""")]
    [InlineData("""{"id":"m","sequence":1,"kind":"text","text":"a","metadata":[1],"size":1,"sha256":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"}""")]
    public async Task Message_NotValid_Is400(string body)
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var device = await DeviceClient.OpenAsync(host);

        var response = await device.SendAsync(HttpMethod.Post, "/api/device-messages", new StringContent(body, Encoding.UTF8, "application/json"));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        device.Stored.ShouldBeEmpty();
    }

    [Fact]
    public async Task Message_OverTheSizeOfOneCall_Is413()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var device = await DeviceClient.OpenAsync(host);
        (await device.TextAsync("m", 1, new string('a', 600_000))).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        await device.BeginAsync("a", 1, Bytes(400_000));
        (await device.ChunkAsync("a", 0, Bytes(300_000))).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Events_AskedForAfterANumber_AreAcknowledgedUpToIt()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var device = await DeviceClient.OpenAsync(host);
        foreach (var number in new[] { 1, 2 })
        {
            device.Session.Events.Add(new Waqtor.Devices.DeviceEvent
            {
                Number = number, Event = "text_response", Timestamp = host.Cluster.Clock.GetUtcNow(), Response = $"answer {number}", MessageIds = ["m-1"],
            });
        }

        var page = await DeviceClient.ReadAsync(await device.GetAsync("/api/device-events?after=1"));

        page.GetProperty("items").EnumerateArray().Single().GetProperty("response").GetString().ShouldBe("answer 2");
        page.GetProperty("lastEvent").GetInt64().ShouldBe(2);
        device.Session.Acknowledged.ShouldBe([1]);
        (await device.GetAsync("/api/device-events?after=-1")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await device.GetAsync("/api/device-events?waitSeconds=600")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
