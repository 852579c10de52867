using System.Net;
using System.Text;
using NSubstitute;
using Waqtor.Access;
using Waqtor.Api.Tests.Fakes;
using Waqtor.Api.Tests.Hosting;
using Waqtor.Conversations;
using Waqtor.Instances;
using Waqtor.Messages;

namespace Waqtor.Api.Tests.Messages;

public sealed class MessagesApiTests
{
    private static FakeCluster Shop() => new FakeCluster().With("shop", ProviderKind.Generic).With("meta", ProviderKind.Cloud);

    [Theory]
    [InlineData("201000000001")]
    [InlineData("+20 100 000 0001")]
    [InlineData("201000000001@s.whatsapp.net")]
    [InlineData("201000000001:7@s.whatsapp.net")]
    [InlineData("201000000001@c.us")]
    public async Task Text_ToANumberHoweverWritten_IsAccepted(string chatId)
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var response = await SendAsync(host, $$$"""{"instance":"shop","chatId":"{{{chatId}}}","text":"hi","options":{"quotedMessageId":"wamid.1"}}""");
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var accepted = await ApiHost.ReadAsync(response);
        accepted.GetProperty("messageId").GetString().ShouldBe("msg_1");
        accepted.GetProperty("status").GetString().ShouldBe("pending");
        accepted.GetProperty("timestamp").GetDateTimeOffset().ShouldNotBe(default);
        var command = host.Cluster.ConversationOf("shop", "201000000001").Sends.ShouldHaveSingleItem();
        command.Text.ShouldBe("hi");
        command.Author.ShouldBe(MessageAuthor.Person);
        command.QuotedProviderMessageId.ShouldBe("wamid.1");
        command.EnforceWindow.ShouldBeFalse();
        command.Contact.Phone.ShouldBe("201000000001");
    }

    [Fact]
    public async Task Buttons_Sent_AreKeptWithTheText()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var response = await PostAsync(host, "send-button",
            """{"instance":"shop","chatId":"201000000001","text":"Sure?","header":"Order","footer":"Shop","buttons":[{"id":"yes","title":"Yes"},{"title":"No"}]}""");
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var command = host.Cluster.ConversationOf("shop", "201000000001").Sends.ShouldHaveSingleItem();
        (command.Text, command.Offer!.Header, command.Offer.Footer).ShouldBe(("Sure?", "Order", "Shop"));
        command.Offer.Buttons.ShouldBe([new OfferButton("yes", "Yes"), new OfferButton("2", "No")]);
    }

    [Fact]
    public async Task List_Sent_IsKeptWithTheText()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var response = await PostAsync(host, "send-list",
            """{"instance":"shop","chatId":"201000000001","text":"Pick","button":"Open","sections":[{"title":"A","rows":[{"title":"x"}]},{"title":"B","rows":[{"title":"y","description":"d"}]}]}""");
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var list = host.Cluster.ConversationOf("shop", "201000000001").Sends.ShouldHaveSingleItem().Offer!.List!;
        list.Button.ShouldBe("Open");
        list.Sections.SelectMany(section => section.Rows).ShouldBe([new OfferRow("1", "x"), new OfferRow("2", "y", "d")]);
    }

    [Theory]
    [InlineData("send-button", """{"instance":"shop","chatId":"1555000","text":"a","buttons":[{"title":"1"},{"title":"2"},{"title":"3"},{"title":"4"}]}""", "buttons")]
    [InlineData("send-button", """{"instance":"shop","chatId":"1555000","text":"a","buttons":[{"title":"123456789012345678901"}]}""", "buttons[0].title")]
    [InlineData("send-button", """{"instance":"shop","chatId":"1555000","text":"a","buttons":[null]}""", "buttons")]
    [InlineData("send-button", """{"instance":"shop","chatId":"1555000","buttons":[{"title":"1"}]}""", "text")]
    [InlineData("send-list", """{"instance":"shop","chatId":"1555000","text":"a","button":"b"}""", "sections")]
    [InlineData("send-list", """{"instance":"shop","chatId":"1555000","text":"a","sections":[{"rows":[{"title":"x"}]}]}""", "button")]
    public async Task Offer_OverItsLimits_IsRefusedBeforeItIsStored(string route, string body, string field)
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var response = await PostAsync(host, route, body);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ApiHost.ReadAsync(response)).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
        host.Cluster.Conversations.ShouldAllBe(conversation => conversation.Sends.IsEmpty);
    }

    [Fact]
    public async Task Text_ByCloud_EnforcesTheWindow()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var conversation = host.Cluster.ConversationOf("meta", "201000000001");
        conversation.Refusal = "window_closed";
        var response = await SendAsync(host, """{"instance":"meta","chatId":"201000000001","text":"hi"}""");
        response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await ApiHost.ReadAsync(response)).GetProperty("code").GetString().ShouldBe("window_closed");
        conversation.Sends.ShouldHaveSingleItem().EnforceWindow.ShouldBeTrue();
    }

    [Fact]
    public async Task Text_ToAConversation_GoesToItsContact()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        await host.DeliverAsync("generic/shop", Samples.Generic("m1"));
        var conversation = host.Cluster.ConversationOf("shop", "201000000001");
        (await SendAsync(host, $$"""{"instance":"shop","conversationId":"{{conversation.Id}}","text":"hi"}""")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        conversation.Sends.ShouldHaveSingleItem().Contact.Phone.ShouldBe("201000000001");
    }

    [Fact]
    public async Task Text_ToAMovedConversation_IsFollowed()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var target = host.Cluster.Conversation("cnv_00000000-0000-8000-8000-000000000001");
        host.Cluster.ConversationOf("shop", "201000000001").MovedTo = target.Id;
        (await SendAsync(host, """{"instance":"shop","chatId":"201000000001","text":"hi"}""")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        target.Sends.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Text_ToAConversationOfADeletedInstance_Is404ThoughItsNameIsTakenAgain()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var conversation = host.Cluster.ConversationOf("shop", "201000000001");
        (conversation.Known, conversation.Instance, conversation.InstanceId) = (true, "shop", "ins_deleted");
        (await SendAsync(host, $$"""{"conversationId":"{{conversation.Id}}","text":"hi"}""")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        conversation.Sends.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ins_shop", HttpStatusCode.Accepted)]
    [InlineData("ins_deleted", HttpStatusCode.NotFound)]
    public async Task Text_ToAConversationThatOnlyTheArchiveHas_IsSentWhereItIsOfThisInstance(string instanceId, HttpStatusCode expected)
    {
        var contact = new ContactIdentity { Phone = "201000000001", Lid = "69380000000000" };
        var id = ConversationKey.For(instanceId, new ContactIdentity { Lid = contact.Lid }).Id;
        var cluster = Shop();
        cluster.Archive.GetConversationAsync(id, Arg.Any<CancellationToken>()).Returns(new ConversationRecord
        {
            Id = id,
            Instance = "shop",
            Contact = contact,
            CreatedAt = DateTimeOffset.UnixEpoch,
            LastActivityAt = DateTimeOffset.UnixEpoch,
        });
        await using var host = await ApiHost.StartAsync(cluster);
        (await SendAsync(host, $$"""{"conversationId":"{{id}}","text":"hi"}""")).StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData("201000000001", HttpStatusCode.Accepted)]
    [InlineData("201000000002", HttpStatusCode.BadRequest)]
    public async Task Quoted_Message_MustBeOfTheConversation(string chatId, HttpStatusCode expected)
    {
        var cluster = Shop();
        cluster.Archive.GetMessageAsync("msg_7", Arg.Any<CancellationToken>()).Returns(Message("shop") with
        {
            ProviderMessageId = "wamid.7",
            ConversationId = cluster.ConversationOf("shop", "201000000001").Id,
        });
        await using var host = await ApiHost.StartAsync(cluster);
        var response = await SendAsync(host, $$$"""{"instance":"shop","chatId":"{{{chatId}}}","text":"hi","options":{"quotedMessageId":"msg_7"}}""");
        response.StatusCode.ShouldBe(expected);
        if (expected == HttpStatusCode.Accepted) cluster.ConversationOf("shop", chatId).Sends.ShouldHaveSingleItem().QuotedProviderMessageId.ShouldBe("wamid.7");
        else (await ApiHost.ReadAsync(response)).GetProperty("errors").TryGetProperty("options.quotedMessageId", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Quoted_MessageOfTheConversationThatTheChatMovedTo_IsQuoted()
    {
        var cluster = Shop();
        var target = cluster.Conversation("cnv_00000000-0000-8000-8000-000000000001");
        (target.Known, target.Instance) = (true, "shop");
        var moved = cluster.ConversationOf("shop", "201000000001");
        (moved.Known, moved.Instance, moved.MovedTo) = (true, "shop", target.Id);
        cluster.Archive.GetMessageAsync("msg_7", Arg.Any<CancellationToken>()).Returns(Message("shop") with { ProviderMessageId = "wamid.7", ConversationId = target.Id });
        await using var host = await ApiHost.StartAsync(cluster);
        var response = await SendAsync(host, """{"instance":"shop","chatId":"201000000001","text":"hi","options":{"quotedMessageId":"msg_7"}}""");
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        target.Sends.ShouldHaveSingleItem().QuotedProviderMessageId.ShouldBe("wamid.7");
    }

    [Theory]
    [InlineData("""{"instance":"shop","chatId":"201000000001"}""", "text")]
    [InlineData("""{"instance":"shop","chatId":"201000000001","text":""}""", "text")]
    [InlineData("""{"instance":"shop","chatId":"201000000001","text":" \n "}""", "text")]
    [InlineData("""{"instance":"shop","chatId":"201000000001","text":"a\u0000b"}""", "text")]
    [InlineData("""{"instance":"shop","text":"hi"}""", "chatId")]
    [InlineData("""{"instance":"shop","chatId":"nobody","text":"hi"}""", "chatId")]
    [InlineData("""{"instance":"shop","chatId":"2010","conversationId":"cnv_x","text":"hi"}""", "chatId")]
    [InlineData("""{"chatId":"201000000001","text":"hi"}""", "instance")]
    [InlineData("""{"instance":"shop","chatId":"201000000001","text":"hi","options":{"quotedMessageId":"msg_unknown"}}""", "options.quotedMessageId")]
    public async Task Text_NotValid_SaysWhichField(string body, string field)
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var response = await SendAsync(host, body);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ApiHost.ReadAsync(response)).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Text_ThatMentions_NamesEachPersonOnce()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var response = await SendAsync(host, """
            {"instance":"shop","chatId":"120363000000000000@g.us","text":"@201000000002 look",
             "options":{"mentionedIds":["+20 100 000 0002","201000000002@c.us","69380000000000:3@lid"]}}
            """);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        host.Cluster.Conversations.SelectMany(one => one.Sends).ShouldHaveSingleItem().MentionedIds!.Value.ShouldBe(["201000000002", "69380000000000@lid"]);
    }

    [Fact]
    public async Task Text_ThatMentionsNobody_IsAPlainOne()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        (await SendAsync(host, """{"instance":"meta","chatId":"201000000001","text":"hi","options":{"mentionedIds":[]}}""")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        host.Cluster.ConversationOf("meta", "201000000001").Sends.ShouldHaveSingleItem().MentionedIds.ShouldBeNull();
    }

    [Theory]
    [InlineData("send-text", """{"instance":"shop","chatId":"1555000","text":"a","options":{"mentionedIds":["1555001",null]}}""", "options.mentionedIds[1]")]
    [InlineData("send-text", """{"instance":"shop","chatId":"1555000","text":"a","options":{"mentionedIds":["120363000000000000@g.us"]}}""", "options.mentionedIds[0]")]
    [InlineData("send-text", """{"instance":"shop","chatId":"1555000","text":"a","options":{"mentionedIds":["US.123"]}}""", "options.mentionedIds[0]")]
    [InlineData("send-text", """{"instance":"meta","chatId":"1555000","text":"a","options":{"mentionedIds":["1555001"]}}""", "options.mentionedIds")]
    [InlineData("send-button", """{"instance":"shop","chatId":"1555000","text":"a","buttons":[{"title":"1"}],"options":{"mentionedIds":["1555001"]}}""", "options.mentionedIds")]
    public async Task Mention_ThatCannotBeSent_Is400(string route, string body, string field)
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var response = await PostAsync(host, route, body);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ApiHost.ReadAsync(response)).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData(100, HttpStatusCode.Accepted)]
    [InlineData(101, HttpStatusCode.BadRequest)]
    public async Task Mentions_AreAtMostAHundred(int count, HttpStatusCode expected)
    {
        await using var host = await ApiHost.StartAsync(Shop());
        var ids = string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{201000000100L + i}\""));
        (await SendAsync(host, $$$"""{"instance":"shop","chatId":"201000000001","text":"a","options":{"mentionedIds":[{{{ids}}}]}}""")).StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData("evolution", "US.123", HttpStatusCode.BadRequest)]
    [InlineData("waha", "US.123", HttpStatusCode.BadRequest)]
    [InlineData("meta", "69380000000000@lid", HttpStatusCode.BadRequest)]
    [InlineData("meta", "US.123", HttpStatusCode.Accepted)]
    [InlineData("evolution", "69380000000000@lid", HttpStatusCode.Accepted)]
    [InlineData("shop", "US.123", HttpStatusCode.Accepted)]
    public async Task Text_ToAnIdThatTheProviderCannotAddress_Is400(string instance, string chatId, HttpStatusCode expected)
    {
        await using var host = await ApiHost.StartAsync(Shop().With("evolution", ProviderKind.Evolution).With("waha", ProviderKind.Waha));
        var response = await SendAsync(host, $$"""{"instance":"{{instance}}","chatId":"{{chatId}}","text":"hi"}""");
        response.StatusCode.ShouldBe(expected);
        if (expected == HttpStatusCode.BadRequest) (await ApiHost.ReadAsync(response)).GetProperty("errors").TryGetProperty("chatId", out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData(ProviderKind.Evolution, HttpStatusCode.Conflict)]
    [InlineData(ProviderKind.Waha, HttpStatusCode.Conflict)]
    [InlineData(ProviderKind.Generic, HttpStatusCode.Conflict)]
    [InlineData(ProviderKind.Cloud, HttpStatusCode.Accepted)]
    [InlineData(ProviderKind.Sandbox, HttpStatusCode.Accepted)]
    public async Task Text_ByAnInstanceWithoutTheAddressItNeeds_Is409(ProviderKind provider, HttpStatusCode expected)
    {
        await using var host = await ApiHost.StartAsync(new FakeCluster().With("one", provider, settings: plain => plain with { BaseUrl = null }));
        (await SendAsync(host, """{"instance":"one","chatId":"201000000001","text":"hi"}""")).StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Text_TooLong_Is400()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        (await SendAsync(host, $$"""{"instance":"shop","chatId":"201000000001","text":"{{new string('x', 4_097)}}"}""")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(host, $$"""{"instance":"shop","chatId":"201000000001","text":"{{new string('x', 4_096)}}"}""")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData("""{"instance":"nobody","chatId":"201000000001","text":"hi"}""")]
    [InlineData("""{"instance":"shop","conversationId":"cnv_00000000-0000-8000-8000-000000000001","text":"hi"}""")]
    public async Task Text_ToNobody_Is404(string body)
    {
        await using var host = await ApiHost.StartAsync(Shop());
        (await SendAsync(host, body)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Text_WhenTheQueueIsFull_Is429()
    {
        await using var host = await ApiHost.StartAsync(Shop());
        host.Cluster.ConversationOf("shop", "201000000001").Refusal = "queue_full";
        var response = await SendAsync(host, """{"instance":"shop","chatId":"201000000001","text":"hi"}""");
        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task Message_JustAccepted_IsFoundThoughTheArchiveFollowsLater()
    {
        var cluster = Shop();
        cluster.Archive.GetMessageAsync("msg_1", Arg.Any<CancellationToken>()).Returns(null, null, Message("shop"));
        await using var host = await ApiHost.StartAsync(cluster);
        var response = await host.Client.GetAsync("/api/messages/msg_1");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var message = await ApiHost.ReadAsync(response);
        message.GetProperty("status").GetString().ShouldBe("sent");
        message.GetProperty("history")[0].GetProperty("status").GetString().ShouldBe("sent");
        message.GetProperty("direction").GetString().ShouldBe("outbound");
    }

    [Fact]
    public async Task Message_OfAnotherInstanceOrNone_Is404()
    {
        var cluster = Shop();
        cluster.Archive.GetMessageAsync("msg_1", Arg.Any<CancellationToken>()).Returns(Message("shop"));
        await using var host = await ApiHost.StartAsync(cluster);
        using var client = await host.ClientAsync(Role.Viewer, "meta");
        (await client.GetAsync("/api/messages/msg_1")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await host.Client.GetAsync("/api/messages/msg_2")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static MessageRecord Message(string instance) => new()
    {
        Id = "msg_1",
        Instance = instance,
        ConversationId = "cnv_1",
        Direction = MessageDirection.Outbound,
        Kind = MessageKind.Text,
        Text = "hi",
        Status = MessageStatus.Sent,
        Timestamp = DateTimeOffset.UnixEpoch,
        ReceivedAt = DateTimeOffset.UnixEpoch,
        Sequence = 1,
        History = [new StatusChange { Status = MessageStatus.Sent, At = DateTimeOffset.UnixEpoch }],
    };

    private static Task<HttpResponseMessage> SendAsync(ApiHost host, string body) => PostAsync(host, "send-text", body);

    private static Task<HttpResponseMessage> PostAsync(ApiHost host, string route, string body) =>
        host.Client.PostAsync($"/api/messages/{route}", new StringContent(body, Encoding.UTF8, "application/json"));
}
