using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Waqtor.Instances;

namespace Waqtor.WhatsApp.Tests;

public sealed class MetaHandshakeTests
{
    [Theory]
    [InlineData("?hub.mode=subscribe&hub.verify_token=T&hub.challenge=1158201444", "1158201444")]
    [InlineData("?hub.mode=subscribe&hub.verify_token=t&hub.challenge=1", null)]
    [InlineData("?hub.mode=subscribe&hub.verify_token=&hub.challenge=1", null)]
    [InlineData("?hub.mode=unsubscribe&hub.verify_token=T&hub.challenge=1", null)]
    [InlineData("?hub.mode=subscribe&hub.verify_token=T", null)]
    [InlineData("", null)]
    public void Handshake_Answered_GivesTheChallengeForTheRightTokenOnly(string query, string? answer) =>
        MetaHandshake.Answer(new InstanceCredentials { VerifyToken = "T" }, Query(query)).ShouldBe(answer);

    [Fact]
    public void Handshake_WithoutTokenConfigured_IsRefused() =>
        MetaHandshake.Answer(new InstanceCredentials(), Query("?hub.mode=subscribe&hub.verify_token=&hub.challenge=1")).ShouldBeNull();

    [Fact]
    public void Handshake_WithEndlessChallenge_IsRefused() =>
        MetaHandshake.Answer(new InstanceCredentials { VerifyToken = "T" },
            Query("?hub.mode=subscribe&hub.verify_token=T&hub.challenge=" + new string('1', 2_000))).ShouldBeNull();

    private static QueryCollection Query(string query) => new(QueryHelpers.ParseQuery(query));
}
