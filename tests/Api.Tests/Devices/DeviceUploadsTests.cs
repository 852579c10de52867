using Microsoft.Extensions.Options;
using Waqtor.Api.Devices;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Messages;
using Waqtor.TestKit.Time;

namespace Waqtor.Api.Tests.Devices;

public sealed class DeviceUploadsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Sweep_RemovesWhatNobodyWentOnWith()
    {
        // Files bear the machine's time: the test's clock goes on from there.
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        var uploads = Open(clock, new DeviceMessagesOptions { UploadsMax = 1 });
        (await uploads.BeginAsync("dvs_1", Message("a"))).ShouldNotBeNull();
        (await uploads.BeginAsync("dvs_1", Message("b"))).ShouldBeNull();

        clock.Advance(TimeSpan.FromHours(23));
        uploads.Sweep().ShouldBe(0);
        clock.Advance(TimeSpan.FromHours(2));
        uploads.Sweep().ShouldBe(1);

        (await uploads.FindAsync("dvs_1", "a")).ShouldBeNull();
        (await uploads.BeginAsync("dvs_1", Message("b"))).ShouldNotBeNull();
    }

    [Fact]
    public async Task Sweep_WhatACrashLeftOfAnUpload_Goes()
    {
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        var uploads = Open(clock, new DeviceMessagesOptions());
        await uploads.BeginAsync("dvs_1", Message("torn"));
        await uploads.BeginAsync("dvs_1", Message("bare"));
        var manifests = Directory.GetFiles(_folder.Path, "*.json", SearchOption.AllDirectories);
        await File.WriteAllTextAsync(manifests[0], "{\"Id\":");
        File.Delete(manifests[1]);

        uploads.Sweep().ShouldBe(0);
        Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Length.ShouldBe(3);
        clock.Advance(TimeSpan.FromHours(25));
        uploads.Sweep().ShouldBe(2);

        Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Sweep_SessionWithoutUploadsForLong_ItsFolderGoes()
    {
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        var uploads = Open(clock, new DeviceMessagesOptions());
        await uploads.BeginAsync("dvs_1", Message("a"));
        await uploads.RemoveAsync("dvs_1", "a");

        uploads.Sweep();
        Directory.GetDirectories(_folder.Path).Length.ShouldBe(1, "the next upload needs not make it anew");
        clock.Advance(TimeSpan.FromHours(25));
        uploads.Sweep();

        Directory.GetDirectories(_folder.Path).ShouldBeEmpty();
        (await uploads.BeginAsync("dvs_1", Message("a"))).ShouldNotBeNull();
    }

    [Fact]
    public async Task Open_CountsWhatAnEarlierLifeLeft_AndForgetsWhatIsTorn()
    {
        var clock = new ManualTimeProvider();
        var options = new DeviceMessagesOptions { UploadsMax = 2, SessionUploadsMax = 10 };
        var first = Open(clock, options);
        await first.BeginAsync("dvs_1", Message("a"));
        await first.BeginAsync("dvs_1", Message("b"));
        var torn = Directory.GetFiles(Path.Combine(_folder.Path, "dvs_1"), "*.json")[0];
        await File.WriteAllTextAsync(torn, "{\"Id\":");

        var second = Open(clock, options);

        (await second.BeginAsync("dvs_1", Message("c"))).ShouldNotBeNull();
        (await second.BeginAsync("dvs_1", Message("d"))).ShouldBeNull();
    }

    [Fact]
    public async Task BeginAsync_OtherContentUnderTheSameId_BeginsAnew()
    {
        var uploads = Open(new ManualTimeProvider(), new DeviceMessagesOptions());
        await uploads.BeginAsync("dvs_1", Message("a"));
        await uploads.AppendAsync("dvs_1", "a", 0, new byte[50]);

        (await uploads.BeginAsync("dvs_1", Message("a")))!.Received.ShouldBe(50);
        (await uploads.BeginAsync("dvs_1", Message("a") with { Sha256 = new string('1', 64) }))!.Received.ShouldBe(0);
    }

    [Fact]
    public async Task BeginAsync_AgainWithAnotherPlaceAndOtherWords_KeepsWhatCameAndTakesThem()
    {
        var uploads = Open(new ManualTimeProvider(), new DeviceMessagesOptions());
        await uploads.BeginAsync("dvs_1", Message("a") with { MimeType = "audio/ogg" });
        await uploads.AppendAsync("dvs_1", "a", 0, new byte[50]);
        var again = Message("a") with { Sequence = 2, MimeType = "audio/webm", MetadataJson = """{"mood":"calm"}""" };

        (await uploads.BeginAsync("dvs_1", again)).ShouldBe(new DeviceUpload(again, 50));

        (await uploads.FindAsync("dvs_1", "a")).ShouldBe(new DeviceUpload(again, 50));
        var afterARestart = Open(new ManualTimeProvider(), new DeviceMessagesOptions());
        (await afterARestart.FindAsync("dvs_1", "a")).ShouldBe(new DeviceUpload(again, 50));
        await afterARestart.RemoveAsync("dvs_1", "a");
        Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task BeginAsync_MoreBytesThanThereIsRoom_IsRefused()
    {
        var uploads = Open(new ManualTimeProvider(), new DeviceMessagesOptions { UploadBytesMax = 150 });
        (await uploads.BeginAsync("dvs_1", Message("a"))).ShouldNotBeNull();
        (await uploads.BeginAsync("dvs_2", Message("a"))).ShouldBeNull();
        await uploads.RemoveAsync("dvs_1", "a");
        (await uploads.BeginAsync("dvs_2", Message("a"))).ShouldNotBeNull();
    }

    [Fact]
    public async Task BeginAsync_AnotherNodeEndedWhatThisOneBegan_HasRoomAgain()
    {
        var clock = new ManualTimeProvider();
        var options = new DeviceMessagesOptions { UploadsMax = 1 };
        var (first, second) = (Open(clock, options), Open(clock, options));
        (await first.BeginAsync("dvs_1", Message("a"))).ShouldNotBeNull();
        await second.RemoveAsync("dvs_1", "a");

        (await first.BeginAsync("dvs_1", Message("b"))).ShouldNotBeNull();

        clock.Advance(TimeSpan.FromMinutes(1));
        (await second.BeginAsync("dvs_1", Message("c"))).ShouldNotBeNull("it counts nothing yet, and not less than nothing");
        (await second.BeginAsync("dvs_1", Message("d"))).ShouldBeNull();
    }

    private DeviceUploads Open(TimeProvider clock, DeviceMessagesOptions options)
    {
        var uploads = new DeviceUploads(_folder.Path, clock, Options.Create(options));
        uploads.Open();
        return uploads;
    }

    private static DeviceMessage Message(string id) => new()
    {
        Id = id, Sequence = 1, Kind = MessageKind.Audio, Size = 100, Sha256 = new string('0', 64), UploadSize = 100,
    };
}
