using Waqtor.Access;

namespace Waqtor.Grains.Tests.Access;

public sealed class IdempotencyRuleTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false, "a", 0, IdempotencyState.InProgress)]
    [InlineData(false, "b", 0, IdempotencyState.OtherRequest)]
    [InlineData(false, "a", 59, IdempotencyState.InProgress)]
    [InlineData(false, "a", 60, IdempotencyState.New)]
    [InlineData(false, "b", 60, IdempotencyState.New)]
    [InlineData(true, "a", 60, IdempotencyState.Completed)]
    [InlineData(true, "a", 86_399, IdempotencyState.Completed)]
    [InlineData(true, "b", 86_399, IdempotencyState.OtherRequest)]
    [InlineData(true, "b", 86_400, IdempotencyState.New)]
    public void Decide_KnownKey_FollowsTheRule(bool completed, string hash, int seconds, IdempotencyState expected)
    {
        var record = new IdempotencyRecord { RequestHash = "a", BegunAt = Start, Completed = completed };

        IdempotencyRule.Decide(record, hash, Start.AddSeconds(seconds), new AccessOptions()).ShouldBe(expected);
    }

    [Fact]
    public void Decide_UnknownKey_IsNew() =>
        IdempotencyRule.Decide(new IdempotencyRecord(), "a", Start, new AccessOptions()).ShouldBe(IdempotencyState.New);

    [Fact]
    public void For_Hash_IsOneIdThatTellsNothing()
    {
        var id = ApiKeyId.For("0123abcd");

        id.ShouldBe(ApiKeyId.For("0123abcd"));
        id.ShouldStartWith("key_");
        Guid.Parse(id[4..]).Version.ShouldBe(8);
        ApiKeyId.For("0123abce").ShouldNotBe(id);
    }
}
