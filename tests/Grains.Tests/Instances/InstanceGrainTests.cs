using Waqtor.Conversations;
using Waqtor.Events;
using Waqtor.Grains.Tests.Cluster;
using Waqtor.Instances;

namespace Waqtor.Grains.Tests.Instances;

public sealed class InstanceGrainTests : IAsyncLifetime
{
    private WaqtorCluster _cluster = null!;

    private IInstanceGrain Sut => _cluster.Grain<IInstanceGrain>("shop");

    private IInstanceDirectoryGrain Directory => _cluster.Grain<IInstanceDirectoryGrain>(0);

    public async Task InitializeAsync() => _cluster = await WaqtorCluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task CreateAsync_NewName_IsStoredListedAndEncrypted()
    {
        var record = await _cluster.MakeInstanceAsync(ProviderKind.Evolution);

        record.Id.ShouldStartWith("ins_");
        record.CredentialsSet.ShouldBe(["apiKey"]);
        record.Session.Status.ShouldBe(SessionStatus.Connecting);
        (await Directory.ListAsync()).ShouldBe([new InstanceEntry(record.Id, "shop", ProviderKind.Evolution, null, null, 1)]);
        (await Sut.GetConfigurationAsync())!.Credentials.ApiKey.ShouldBe("topsecret");
        _cluster.Storage.Find("instance/shop")!.ShouldNotContain("topsecret");
        (await Sut.CreateAsync(record.Settings, new InstanceCredentials())).ShouldBeNull();
    }

    [Fact]
    public async Task CreateAsync_StoreFails_NothingIsVisible()
    {
        _cluster.Storage.Fails = grain => grain == "instance/shop";

        await Should.ThrowAsync<OrleansException>(() => _cluster.MakeInstanceAsync());

        (await Sut.GetAsync()).ShouldBeNull();
        (await Directory.ListAsync()).ShouldBeEmpty();
        _cluster.Storage.Fails = _ => false;
        (await _cluster.MakeInstanceAsync()).Version.ShouldBe(1);
    }

    [Fact]
    public async Task CreateAsync_DirectoryFails_IsToldSoonAfter()
    {
        _cluster.Storage.Fails = grain => grain.StartsWith("instance-directory", StringComparison.Ordinal);
        var record = await _cluster.MakeInstanceAsync();
        (await Directory.ListAsync()).ShouldBeEmpty();

        _cluster.Storage.Fails = _ => false;
        await _cluster.AdvanceAsync(5);

        (await Directory.ListAsync()).Single().Id.ShouldBe(record.Id);
    }

    [Fact]
    public async Task CreateAsync_CrashBeforeTheDirectory_IsToldByTheReminder()
    {
        _cluster.Storage.Fails = grain => grain.StartsWith("instance-directory", StringComparison.Ordinal);
        var record = await _cluster.MakeInstanceAsync();

        _cluster.Storage.Fails = _ => false;
        await _cluster.CrashAsync();
        await _cluster.AdvanceAsync(180);

        (await Directory.ListAsync()).Single().Id.ShouldBe(record.Id);
        _cluster.Storage.Find("instance/shop")!.ShouldContain("\"directoryPending\":false");
    }

    [Fact]
    public async Task UpdateAsync_Patch_ChangesWhatItNamesAndRaisesTheVersion()
    {
        var record = await _cluster.MakeInstanceAsync();
        var hints = new List<string>();
        await _cluster.SubscribeAsync<string>(InstanceStreams.Provider, InstanceStreams.Namespace, InstanceStreams.Key, hints.Add);
        var settings = record.Settings with { Provider = ProviderKind.Cloud, Buffer = new BufferRule { Seconds = 3 }, PhoneNumberId = "42" };

        var changed = (await Sut.UpdateAsync(new InstancePatch
        {
            Settings = settings,
            Credentials = new InstanceCredentials { ApiKey = "", VerifyToken = "v" },
        })).Instance;

        changed!.Version.ShouldBe(2);
        changed.Settings.ShouldBe(settings with { Provider = ProviderKind.Sandbox });
        changed.CredentialsSet.ShouldBe(["verifyToken"]);
        (await Directory.ListAsync()).Single().PhoneNumberId.ShouldBe("42");
        await _cluster.WhenIdleAsync();
        hints.Distinct().ShouldBe(["shop"], "a hint may come twice");
        (await Sut.UpdateAsync(new InstancePatch { Settings = settings })).Instance!.Version.ShouldBe(2);
    }

    [Fact]
    public async Task UpdateAsync_MadeFromAnOlderVersion_ChangesNothing()
    {
        var record = await _cluster.MakeInstanceAsync();
        await Sut.UpdateAsync(new InstancePatch { Settings = record.Settings with { BotEnabled = false }, Version = 1 });

        var stale = await Sut.UpdateAsync(new InstancePatch { Settings = record.Settings with { FallbackText = "hello" }, Version = 1 });

        stale.IsStale.ShouldBeTrue();
        stale.Instance!.Settings.ShouldBe(record.Settings with { BotEnabled = false });
        var update = await Sut.UpdateAsync(new InstancePatch { Settings = stale.Instance.Settings with { FallbackText = "hello" }, Version = 2 });
        update.IsStale.ShouldBeFalse();
        update.Instance!.Settings.ShouldBe(record.Settings with { BotEnabled = false, FallbackText = "hello" });
    }

    [Fact]
    public async Task DeleteAsync_Instance_IsGoneAndItsNameMakesAnother()
    {
        var first = await _cluster.MakeInstanceAsync();

        (await Sut.DeleteAsync()).ShouldBeTrue();

        (await Sut.DeleteAsync()).ShouldBeFalse();
        (await Sut.GetConfigurationAsync()).ShouldBeNull();
        (await Directory.ListAsync()).ShouldBeEmpty();
        _cluster.Storage.Find("instance/shop")!.ShouldNotContain("protectedCredentials");
        var second = await _cluster.MakeInstanceAsync();
        second.Id.ShouldNotBe(first.Id);
        second.Version.ShouldBeGreaterThan(first.Version);
        (await Directory.ListAsync()).Single().Id.ShouldBe(second.Id);
    }

    [Fact]
    public async Task ApplySessionAsync_News_AreToldOnce()
    {
        await _cluster.MakeInstanceAsync(ProviderKind.Evolution);

        await Sut.ApplySessionAsync(new SessionUpdate { QrCode = "2@abc" });
        await Sut.ApplySessionAsync(new SessionUpdate { QrCode = "2@abc" });
        await Sut.ApplySessionAsync(new SessionUpdate { Status = SessionStatus.Ready, Phone = "5511" });
        await Sut.ApplySessionAsync(new SessionUpdate { Status = SessionStatus.Ready });

        await _cluster.WhenIdleAsync();
        var events = _cluster.Archive.Events;
        events.Select(one => one.Name).ShouldBe([EventNames.SessionStatus, EventNames.SessionQr, EventNames.SessionStatus]);
        events[1].Session!.QrCode.ShouldBe("2@abc");
        events[2].Session!.QrCode.ShouldBeNull();
        (await Sut.GetAsync())!.Session.Phone.ShouldBe("5511");
    }

    [Fact]
    public async Task ApplyNoticeAsync_SameNoticeTwice_IsToldOnce()
    {
        await _cluster.MakeInstanceAsync();

        await Sut.ApplyNoticeAsync("dlv_1", "calls", """{"a":1}""");
        await Sut.ApplyNoticeAsync("dlv_1", "calls", """{"a":1}""");
        await Sut.ApplyNoticeAsync("dlv_2", "calls", """{"a":1}""");

        await _cluster.WhenIdleAsync();
        _cluster.Archive.Names.Count(name => name == EventNames.SystemInfo).ShouldBe(2);
    }

    [Fact]
    public async Task ApplySessionAsync_CrashWhileTheArchiveIsDown_IsToldByTheReminder()
    {
        _cluster.Archive.IsDown = true;
        await _cluster.MakeInstanceAsync(ProviderKind.Evolution);
        await Sut.ApplySessionAsync(new SessionUpdate { Status = SessionStatus.Ready });
        await _cluster.CrashAsync();

        _cluster.Archive.IsDown = false;
        await _cluster.AdvanceAsync(180);

        _cluster.Archive.Names.ShouldBe([EventNames.SessionStatus, EventNames.SessionStatus]);
        _cluster.Storage.Find("instance/shop")!.ShouldContain("\"outbox\":[]");
    }
}
