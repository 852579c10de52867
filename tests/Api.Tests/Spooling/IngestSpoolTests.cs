using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Waqtor.Api.Spooling;
using Waqtor.Api.Tests.Fakes;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Instances;

namespace Waqtor.Api.Tests.Spooling;

public sealed class IngestSpoolTests
{
    private static readonly (string, string)[] Quick = [("Spool:BackoffMilliseconds", "10"), ("Ingest:AnswerMilliseconds", "500")];

    private static FakeCluster Shop() => new FakeCluster().With("shop", ProviderKind.Generic).With("other", ProviderKind.Generic);

    [Fact]
    public async Task StoreDown_DeliveryIsSpooled_AndStoredWhenItIsBack()
    {
        await using var host = await ApiHost.StartAsync(Shop(), Quick);
        await host.DeliverAsync("generic/shop", Samples.Generic("m0"));
        host.Cluster.StoreIsDown = true;

        var response = await host.DeliverAsync("generic/shop", Samples.Generic("m1"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = await ApiHost.ReadAsync(response);
        answer.GetProperty("spooled").GetBoolean().ShouldBeTrue();
        answer.GetProperty("stored").GetInt32().ShouldBe(0);
        host.Cluster.StoreIsDown = false;
        await DrainedAsync(host);
        var command = host.Cluster.ConversationOf("shop", "201000000001").Commands.Last();
        command.DeliveryId.ShouldBe(answer.GetProperty("deliveryId").GetString());
        command.Messages.ShouldHaveSingleItem().ProviderMessageId.ShouldBe("m1");
        new DiskSpoolFiles(Path.Combine(host.Folder.Path, "spool")).List().ShouldBeEmpty();
    }

    [Fact]
    public async Task StoreHangs_DeliveryIsSpooledWithinTheAnswersTime()
    {
        await using var host = await ApiHost.StartAsync(Shop(), Quick);
        await host.DeliverAsync("generic/shop", Samples.Generic("m0"));
        host.Cluster.HoldWrites();
        var started = TimeProvider.System.GetTimestamp();

        var answer = await ApiHost.ReadAsync(await host.DeliverAsync("generic/shop", Samples.Generic("m1")));

        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        answer.GetProperty("spooled").GetBoolean().ShouldBeTrue();
        host.Cluster.ReleaseWrites();
        await DrainedAsync(host);
        host.Cluster.ConversationOf("shop", "201000000001").Messages.Select(message => message.ProviderMessageId).ShouldBe(["m0", "m1"]);
    }

    [Fact]
    public async Task Spool_NotEmpty_NewDeliveriesOfTheInstanceGoBehind_OthersDoNot()
    {
        await using var host = await ApiHost.StartAsync(Shop(), [("Spool:BackoffMilliseconds", "5000"), ("Ingest:AnswerMilliseconds", "500")]);
        await host.DeliverAsync("generic/shop", Samples.Generic("m0"));
        host.Cluster.StoreIsDown = true;
        for (var i = 1; i <= 3; i++) await host.DeliverAsync("generic/shop", Samples.Generic($"m{i}"));
        await Eventually.HappensAsync(() => host.Log.Lines.Any(line => line.Contains("tried again", StringComparison.Ordinal)), "the first replay fails");
        host.Cluster.StoreIsDown = false;

        var behind = await ApiHost.ReadAsync(await host.DeliverAsync("generic/shop", Samples.Generic("m4")));
        var beside = await ApiHost.ReadAsync(await host.DeliverAsync("generic/other", Samples.Generic("x1")));

        behind.GetProperty("spooled").GetBoolean().ShouldBeTrue();
        beside.GetProperty("stored").GetInt32().ShouldBe(1);
        await DrainedAsync(host);
        host.Cluster.ConversationOf("shop", "201000000001").Messages.Select(message => message.ProviderMessageId).ShouldBe(["m0", "m1", "m2", "m3", "m4"]);
    }

    [Fact]
    public async Task Spool_OfManyConversations_KeepsTheOrderOfEach()
    {
        await using var host = await ApiHost.StartAsync(Shop(), Quick);
        await host.DeliverAsync("generic/shop", Samples.Generic("m0"));
        host.Cluster.StoreIsDown = true;
        for (var i = 0; i < 200; i++) await host.DeliverAsync("generic/shop", Samples.Generic($"n{i:D4}", $"20100000001{i % 5}"));
        host.Cluster.StoreIsDown = false;
        await DrainedAsync(host);
        for (var phone = 0; phone < 5; phone++)
        {
            var ids = host.Cluster.ConversationOf("shop", $"20100000001{phone}").Messages.Select(message => message.ProviderMessageId).ToList();
            ids.Count.ShouldBe(40);
            ids.ShouldBe(ids.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Spool_OfAnEarlierRun_IsStoredAfterTheStart()
    {
        using var folder = new TestFolder();
        var cluster = Shop();
        var first = await ApiHost.StartAsync(cluster, Quick, folder: folder);
        await first.DeliverAsync("generic/shop", Samples.Generic("m0"));
        cluster.StoreIsDown = true;
        for (var i = 1; i <= 10; i++) await first.DeliverAsync("generic/shop", Samples.Generic($"m{i}"));
        await first.StopAsync();
        cluster.StoreIsDown = false;

        var second = await ApiHost.StartAsync(cluster, Quick, folder: folder);
        await DrainedAsync(second);
        cluster.ConversationOf("shop", "201000000001").Messages.Count.ShouldBe(11);
        await second.StopAsync();
    }

    [Fact]
    public async Task Spool_Damaged_RefusesTheStart()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "spool"));
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "spool", "0000000000000001.spool"), "not a spool file, and long enough"u8.ToArray());
        (await Should.ThrowAsync<SpoolDamagedException>(ApiHost.StartAsync(folder: folder))).File.ShouldBe("0000000000000001.spool");
    }

    [Fact]
    public async Task StoreAndSpoolDown_Is503WithRetryAfter_AndNothingHeld()
    {
        var files = new MemorySpoolFiles { SyncFails = true };
        await using var host = await ApiHost.StartAsync(Shop(), Quick, services => services.AddSingleton<ISpoolFiles>(files));
        await host.DeliverAsync("generic/shop", Samples.Generic("m0"));
        host.Cluster.StoreIsDown = true;

        var response = await host.DeliverAsync("generic/shop", Samples.Generic("m1"));

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.ShouldNotBeNull();
        (await ApiHost.ReadAsync(response)).GetProperty("code").GetString().ShouldBe("store_unavailable");
        host.Cluster.StoreIsDown = false;
        (await ApiHost.ReadAsync(await host.DeliverAsync("generic/shop", Samples.Generic("m1")))).GetProperty("stored").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task SpoolSyncStalls_AnswerStillComesInTime()
    {
        var files = new MemorySpoolFiles();
        await using var host = await ApiHost.StartAsync(Shop(), Quick, services => services.AddSingleton<ISpoolFiles>(files));
        await host.DeliverAsync("generic/shop", Samples.Generic("m0"));
        host.Cluster.StoreIsDown = true;
        files.SyncMayGo.Reset();
        (await host.DeliverAsync("generic/shop", Samples.Generic("m1"))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        files.SyncMayGo.Set();
        host.Cluster.StoreIsDown = false;
        await DrainedAsync(host);
    }

    [Fact]
    public async Task No200_LeavesBeforeTheSpoolsSync()
    {
        var files = new MemorySpoolFiles();
        await using var host = await ApiHost.StartAsync(Shop(), [("Spool:BackoffMilliseconds", "10")], services => services.AddSingleton<ISpoolFiles>(files));
        await host.DeliverAsync("generic/shop", Samples.Generic("m0"));
        host.Cluster.StoreIsDown = true;
        files.SyncMayGo.Reset();

        var waiting = Enumerable.Range(0, 64).Select(i => host.DeliverAsync("generic/shop", Samples.Generic($"w{i}"))).ToArray();
        await Eventually.HappensAsync(() => host.Get<Spool>().Pending == 64, "64 deliveries wait for the sync");
        waiting.ShouldAllBe(response => !response.IsCompleted);
        files.AfterPowerCut().Names.ShouldAllBe(name => files.AfterPowerCut().Read(name).Length == 0);

        files.SyncMayGo.Set();
        (await Task.WhenAll(waiting)).ShouldAllBe(response => response.StatusCode == HttpStatusCode.OK);
        host.Cluster.StoreIsDown = false;
        await DrainedAsync(host);
        host.Cluster.Received.Count.ShouldBe(65);
    }

    [Fact]
    public async Task Poison_InTheSpool_IsParkedAndTheRestGoesOn()
    {
        await using var host = await ApiHost.StartAsync(Shop(), [.. Quick, ("Spool:TriesMax", "2")]);
        await host.DeliverAsync("generic/shop", Samples.Generic("m0"));
        host.Cluster.Poison["bad"] = 1;

        (await ApiHost.ReadAsync(await host.DeliverAsync("generic/shop", Samples.Generic("bad")))).GetProperty("spooled").GetBoolean().ShouldBeTrue();
        await host.DeliverAsync("generic/shop", Samples.Generic("m1"));

        await DrainedAsync(host);
        host.Cluster.Parked.ShouldHaveSingleItem().Reason.ShouldBe("not_storable");
        host.Cluster.ConversationOf("shop", "201000000001").Messages.Select(message => message.ProviderMessageId).ShouldBe(["m0", "m1"]);
    }

    [Fact]
    public async Task Spooled_DeliveryForAnotherInstance_IsRoutedThereWithoutItsHeaders()
    {
        var cluster = new FakeCluster()
            .With("one", ProviderKind.Cloud, settings: plain => plain with { PhoneNumberId = "111" })
            .With("two", ProviderKind.Cloud, settings: plain => plain with { PhoneNumberId = "222" });
        await using var host = await ApiHost.StartAsync(cluster, Quick);
        cluster.StoreIsDown = true;
        await host.DeliverAsync("cloud/one", Samples.Cloud(("111", "a"), ("222", "b")));
        cluster.StoreIsDown = false;
        await DrainedAsync(host);
        cluster.ConversationOf("one", "201000000001").Messages.ShouldHaveSingleItem().ProviderMessageId.ShouldBe("a");
        cluster.ConversationOf("two", "201000000001").Messages.ShouldHaveSingleItem().ProviderMessageId.ShouldBe("b");
        cluster.Parked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Spooled_DeliveryOfADeletedInstance_IsParkedNotDropped()
    {
        await using var host = await ApiHost.StartAsync(Shop(), Quick);
        host.Cluster.StoreIsDown = true;
        await host.DeliverAsync("generic/shop", Samples.Generic("m1"));
        await host.Client.DeleteAsync("/api/instances/shop");
        host.Cluster.StoreIsDown = false;
        await DrainedAsync(host);
        host.Cluster.Parked.ShouldHaveSingleItem().Reason.ShouldBe("unknown_instance");
    }

    [Fact]
    public async Task Spool_OfOneConversation_IsStoredTogether()
    {
        await using var host = await ApiHost.StartAsync(Shop(), Quick);
        host.Cluster.StoreIsDown = true;
        for (var i = 1; i <= 6; i++) await host.DeliverAsync("generic/shop", Samples.Generic($"m{i}"));
        await host.DeliverAsync("generic/shop", Samples.Generic("x1", "201000000002"));
        host.Cluster.StoreIsDown = false;
        await DrainedAsync(host);
        var conversation = host.Cluster.ConversationOf("shop", "201000000001");
        conversation.Messages.Select(message => message.ProviderMessageId).ShouldBe(["m1", "m2", "m3", "m4", "m5", "m6"]);
        conversation.Groups.ShouldHaveSingleItem().ShouldBe(6);
        conversation.Commands.ShouldAllBe(command => command.Waited > TimeSpan.Zero);
        host.Cluster.ConversationOf("shop", "201000000002").Messages.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Poison_AmongOthersOfItsConversation_IsParkedAloneAndTheOrderStays()
    {
        await using var host = await ApiHost.StartAsync(Shop(), [.. Quick, ("Spool:TriesMax", "2")]);
        host.Cluster.Poison["bad"] = 1;
        host.Cluster.StoreIsDown = true;
        foreach (var id in new[] { "m1", "m2", "bad", "m3" }) await host.DeliverAsync("generic/shop", Samples.Generic(id));
        host.Cluster.StoreIsDown = false;

        await DrainedAsync(host);
        host.Cluster.Parked.ShouldHaveSingleItem().Reason.ShouldBe("not_storable");
        host.Cluster.ConversationOf("shop", "201000000001").Messages.Select(message => message.ProviderMessageId).ShouldBe(["m1", "m2", "m3"]);
    }

    // The store may come back between the last try and the parking: what is acknowledged must not wait for a person then.
    [Fact]
    public async Task Parked_JustAsTheStoreCameBack_IsStoredAfterAll()
    {
        await using var host = await ApiHost.StartAsync(Shop(), [.. Quick, ("Spool:TriesMax", "1")]);
        await host.DeliverAsync("generic/shop", Samples.Generic("m0"));
        host.Cluster.Poison["m1"] = 1;
        host.Cluster.OnParked = () => host.Cluster.Poison.Clear();

        await host.DeliverAsync("generic/shop", Samples.Generic("m1"));

        await DrainedAsync(host);
        host.Cluster.ConversationOf("shop", "201000000001").Messages.Select(message => message.ProviderMessageId).ShouldBe(["m0", "m1"]);
    }

    private static Task DrainedAsync(ApiHost host) =>
        Eventually.HappensAsync(() => host.Get<Spool>().Pending == 0 && host.Get<Spool>().Bytes == 0, "the spool is empty");
}
