using Waqtor.Messages;
using Waqtor.Sandbox;
using Waqtor.Sending;

namespace Waqtor.Grains.Tests.Sandbox;

public sealed class SandboxBehaviourTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Decide_NoFaults_AlwaysSends()
    {
        var random = new Random(1);

        Enumerable.Range(0, 1_000).ShouldAllBe(_ => SandboxBehaviour.Decide(new SandboxFaults(), random) == SendOutcome.Sent);
    }

    [Fact]
    public void Decide_RejectAll_IsFinalWhateverElseIsSet() => SandboxBehaviour
        .Decide(new SandboxFaults { RejectAll = true, ErrorRate = 1, TimeoutRate = 1 }, new Random(1)).ShouldBe(SendOutcome.Final);

    [Fact]
    public void Decide_Rates_AreKeptAndRepeatWithTheSeed()
    {
        var faults = new SandboxFaults { ErrorRate = 0.2, TimeoutRate = 0.5 };

        var one = Decide(faults, seed: 7);

        one.ShouldBe(Decide(faults, seed: 7));
        one.Count(outcome => outcome == SendOutcome.Retry).ShouldBeInRange(1_800, 2_200);
        one.Count(outcome => outcome == SendOutcome.Ambiguous).ShouldBeInRange(3_700, 4_300);
    }

    [Theory]
    [InlineData(false, false, "Delivered@1,Read@2")]
    [InlineData(true, false, "Read@1,Delivered@2")]
    [InlineData(false, true, "Delivered@1")]
    public void Receipts_Faults_SetTheirOrder(bool disorder, bool noRead, string expected)
    {
        var faults = new SandboxFaults { LatencyMilliseconds = 1_000, Disorder = disorder, NoReadReceipts = noRead };

        var receipts = SandboxBehaviour.Receipts(faults, Start);

        string.Join(',', receipts.Select(one => $"{one.Status}@{(one.DueAt - Start).TotalSeconds}")).ShouldBe(expected);
    }

    [Fact]
    public void Answer_LostAnswer_SaysNothingOfTheId()
    {
        var request = new SendRequest
        {
            InstanceId = "ins_1", Instance = "shop", ConversationId = "cnv_1", MessageId = "msg_1", Attempt = 2,
            Contact = new ContactIdentity { Phone = "5511" }, Text = "hi",
        };

        SandboxBehaviour.Answer(request, SendOutcome.Ambiguous, "sbx_1").ProviderMessageId.ShouldBeNull();
        SandboxBehaviour.Answer(request, SendOutcome.Sent, "sbx_1").ProviderMessageId.ShouldBe("sbx_1");
        SandboxBehaviour.Answer(request, SendOutcome.Final, "sbx_1").Error!.Code.ShouldBe("sandbox_rejected");
    }

    [Fact]
    public void Clamp_OutOfRange_IsBroughtIntoIt() => SandboxBehaviour
        .Clamp(new SandboxFaults { LatencyMilliseconds = 100_000, ErrorRate = -1, TimeoutRate = double.NaN, DuplicateRate = 3 })
        .ShouldBe(new SandboxFaults { LatencyMilliseconds = 60_000, DuplicateRate = 1 });

    [Fact]
    public void Parse_WrittenKey_IsTheSame()
    {
        var sut = new SandboxPhoneKey("shop", "5511/2");

        SandboxPhoneKey.Parse(sut.ToString()).ShouldBe(sut);
        Should.Throw<FormatException>(() => SandboxPhoneKey.Parse("shop"));
    }

    private static SendOutcome[] Decide(SandboxFaults faults, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 10_000).Select(_ => SandboxBehaviour.Decide(faults, random))];
    }
}
