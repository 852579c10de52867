using System.Globalization;
using System.Net;
using System.Text;
using Waqtor.Api.Tests.Fakes;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Instances;

namespace Waqtor.Api.Tests.Inbound;

public sealed class BodyLimitTests
{
    private const int Max = 4_194_304;

    private static FakeCluster Shop() => new FakeCluster().With("shop", ProviderKind.Generic);

    [Fact]
    public async Task Body_OfExactlyTheLimit_IsTaken()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var frame = Samples.Generic("m1", text: "");
        var body = Samples.Generic("m1", text: new string('x', Max - Encoding.UTF8.GetByteCount(frame)));
        Encoding.UTF8.GetByteCount(body).ShouldBe(Max);
        (await host.DeliverAsync("generic/shop", body)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Body_OverTheLimitByLength_Is413BeforeItIsSent()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        using var connection = new RawConnection(host.Address);
        // Only the announcement goes out: the answer must not wait for the body.
        await connection.WriteAsync($"POST /api/inbound/generic/shop HTTP/1.1\r\nHost: x\r\nContent-Length: {Max + 1}\r\n\r\n");
        (await connection.ReadStatusAsync()).ShouldStartWith("HTTP/1.1 413");
    }

    [Fact]
    public async Task Body_OverTheLimitInChunks_Is413()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        using var connection = new RawConnection(host.Address);
        await connection.WriteAsync("POST /api/inbound/generic/shop HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        var chunk = Encoding.ASCII.GetBytes("10000\r\n" + new string('x', 0x10000) + "\r\n");
        for (var sent = 0; sent < 10 * 1024 * 1024; sent += 0x10000) await connection.WriteAsync(chunk);
        (await connection.ReadStatusAsync()).ShouldStartWith("HTTP/1.1 413");
        host.Cluster.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Body_OverTheLimit_SaysSoAsAProblem()
    {
        await using var host = await ApiHost.StartAsync(Shop(), [("Ingest:BodyBytesMax", "2048")]);
        var response = await host.DeliverAsync("generic/shop", Samples.Generic("m1", text: new string('x', 3_000)));
        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await ApiHost.ReadAsync(response)).GetProperty("code").GetString().ShouldBe("body_too_large");
    }

    [Fact]
    public async Task Body_InManyChunks_IsReadWhole()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        using var connection = new RawConnection(host.Address);
        await connection.WriteAsync("POST /api/inbound/generic/shop HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
        foreach (var letter in Samples.Generic("m1")) await connection.WriteAsync($"1\r\n{letter}\r\n");
        await connection.WriteAsync("0\r\n\r\n");
        (await connection.ReadToEndAsync()).ShouldStartWith("HTTP/1.1 200");
        host.Cluster.Received.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Body_ShorterThanAnnouncedAndEnded_StoresNothing()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        using (var connection = new RawConnection(host.Address))
        {
            await connection.WriteAsync($"POST /api/inbound/generic/shop HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{Samples.Generic("m1")}");
        }

        (await host.DeliverAsync("generic/shop", Samples.Generic("m2"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Cluster.Received.ShouldHaveSingleItem().Message.ProviderMessageId.ShouldBe("m2");
    }

    [Fact]
    public async Task Body_LongerThanAnnounced_IsCutThereAndTheRestIsNoRequest()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var body = Samples.Generic("m1");
        using var connection = new RawConnection(host.Address);
        await connection.WriteAsync($"POST /api/inbound/generic/shop HTTP/1.1\r\nHost: x\r\nContent-Length: {body.Length}\r\n\r\n{body}and more of it\r\n\r\n");
        var answer = await connection.ReadToEndAsync();
        answer.ShouldStartWith("HTTP/1.1 200");
        answer.ShouldContain("HTTP/1.1 400");
    }

    [Fact]
    public async Task Bodies_BeyondTheMemoryForThem_Are503AndOthersAreTaken()
    {
        await using var host = await ApiHost.StartAsync(Shop(), [("Ingest:BodyBytesInFlightMax", "1048576")]);
        var large = await host.DeliverAsync("generic/shop", Samples.Generic("m1", text: new string('x', 2_000_000)));
        large.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await host.DeliverAsync("generic/shop", Samples.Generic("m2", text: new string('x', 100_000)))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.DeliverAsync("generic/shop", Samples.Generic("m3", text: new string('x', 100_000)))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("POST /api/inbound/generic/shop HTTP/1.1\r\nHost: x\r\nContent-Length: 400\r\n\r\n{")]
    [InlineData("POST /api/inbound/generic/shop HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n")]
    [InlineData("POST /api/inbound/gen")]
    [InlineData("POST /api/inbound/generic/shop HTTP/1.1\r\nHost: x\r\nX-Slow: ")]
    public async Task Connection_ThatStopsInTheMiddle_IsCutWhileOthersAreServed(string beginning)
    {
        await using var host = await ApiHost.StartAsync(
            Shop(), [("Ingest:BodyGraceSeconds", "2"), ("Ingest:HeaderTimeoutSeconds", "2"), ("Ingest:InFlightMax", "4")]);
        var slow = Enumerable.Range(0, 20).Select(_ => new RawConnection(host.Address)).ToList();
        foreach (var connection in slow) await connection.WriteAsync(beginning);

        for (var i = 0; i < 50; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"m{i}");
            (await host.DeliverAsync("generic/shop", Samples.Generic(id))).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var ends = await Task.WhenAll(slow.Select(connection => connection.ReadToEndAsync()));
        ends.ShouldAllBe(end => end.Length == 0 || end.StartsWith("HTTP/1.1 408", StringComparison.Ordinal));
        slow.ForEach(connection => connection.Dispose());
        host.Cluster.Received.Count.ShouldBe(50);
    }
}
