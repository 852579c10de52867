using Waqtor.Instances;

namespace Waqtor.Grains.Tests.Instances;

public sealed class SessionMergeTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Start.AddMinutes(1);

    private static readonly SessionRecord Pairing = new()
    {
        Status = SessionStatus.Connecting,
        ChangedAt = Start,
        QrCode = "2@abc",
        PairingCode = "ABCD-1234",
    };

    [Fact]
    public void Of_Ready_EndsThePairing()
    {
        var sut = SessionMerge.Of(Pairing, new SessionUpdate { Status = SessionStatus.Ready, Phone = "5511" }, Later);

        sut.Session.ShouldBe(new SessionRecord { Status = SessionStatus.Ready, ChangedAt = Later, Phone = "5511" });
        sut.StatusChanged.ShouldBeTrue();
        sut.QrChanged.ShouldBeFalse();
    }

    [Fact]
    public void Of_NewQrCode_LeavesTheStatus()
    {
        var sut = SessionMerge.Of(Pairing, new SessionUpdate { QrCode = "2@def" }, Later);

        sut.Session.ShouldBe(Pairing with { QrCode = "2@def" });
        sut.StatusChanged.ShouldBeFalse();
        sut.QrChanged.ShouldBeTrue();
    }

    [Fact]
    public void Of_WhatIsKnown_ChangesNothing()
    {
        var sut = SessionMerge.Of(Pairing, new SessionUpdate { Status = SessionStatus.Connecting, QrCode = "2@abc" }, Later);

        sut.Changed.ShouldBeFalse();
        sut.Session.ShouldBe(Pairing);
    }

    [Fact]
    public void Of_Disconnected_KeepsThePhoneAndTakesTheReason()
    {
        var ready = new SessionRecord { Status = SessionStatus.Ready, ChangedAt = Start, Phone = "5511", ProfileName = "Shop" };

        var sut = SessionMerge.Of(ready, new SessionUpdate { Status = SessionStatus.Disconnected, Reason = "logged out" }, Later);

        sut.Session.ShouldBe(ready with { Status = SessionStatus.Disconnected, ChangedAt = Later, Reason = "logged out" });
    }

    [Fact]
    public void Of_ReadyAgain_ForgetsTheOldReason()
    {
        var broken = new SessionRecord { Status = SessionStatus.Disconnected, ChangedAt = Start, Reason = "logged out" };

        var sut = SessionMerge.Of(broken, new SessionUpdate { Status = SessionStatus.Ready }, Later);

        sut.Session.Reason.ShouldBeNull();
    }
}
