using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Waqtor.Events;
using Waqtor.Grains.Tests.Cluster;
using Waqtor.Instances;
using Waqtor.SmartBot;

namespace Waqtor.Grains.Tests.SmartBot;

/// <summary>Rules, their model and its versions, and what a person teaches.</summary>
public sealed class SmartBotGrainTests : IAsyncLifetime
{
    private WaqtorCluster _cluster = null!;
    private InstanceRecord _instance = null!;

    private ISmartBotGrain Sut => _cluster.Grain<ISmartBotGrain>(_instance.Id);

    public async Task InitializeAsync()
    {
        _cluster = await WaqtorCluster.StartAsync();
        _instance = await _cluster.MakeInstanceAsync();
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task PutRuleAsync_BurstOfEdits_IsLearntOnceWithinTwoSeconds()
    {
        foreach (var rule in Shop())
        {
            (await Sut.PutRuleAsync(rule)).Rule!.Id.ShouldStartWith("rul_");
            await _cluster.AdvanceAsync(0.2);
        }

        (await Sut.GetModelAsync()).ModelVersion.ShouldBe(0);
        await _cluster.AdvanceAsync(2);

        var model = await Sut.GetModelAsync();
        (model.ModelVersion, model.Training, model.Versions.Length).ShouldBe((1, false, 1));
        (model.Versions[0].Rules, model.Versions[0].Phrases).ShouldBe((3, 12));
        _cluster.Archive.Events.Where(one => one.Name == EventNames.SmartBotRuleUpdated).Select(one => one.Rule!.Change)
            .ShouldBe(["created", "created", "created", "trained"]);
    }

    [Fact]
    public async Task PutRuleAsync_OnlyTheReplyChanged_NeedsNoTraining()
    {
        await LearnShopAsync();
        var rule = (await Sut.ListRulesAsync())[0];
        var stamp = (await Sut.GetSnapshotAsync(-1))!.Stamp;

        await Sut.PutRuleAsync(rule with { Reply = "new words" });
        await _cluster.AdvanceAsync(3);

        (await Sut.GetModelAsync()).ModelVersion.ShouldBe(1);
        (await Sut.GetSnapshotAsync(stamp))!.Rules.ShouldContain(one => one.Reply == "new words");
        (await Sut.GetSnapshotAsync((await Sut.GetSnapshotAsync(-1))!.Stamp)).ShouldBeNull();
    }

    [Theory]
    [InlineData("", "a phrase", "a reply", "name")]
    [InlineData("name", "", "a reply", "phrases")]
    [InlineData("name", "a phrase", "", "reply")]
    [InlineData("name", "a phrase", "{{#if x}}", "reply")]
    public async Task PutRuleAsync_Unusable_IsRefusedByField(string name, string phrase, string reply, string field)
    {
        var change = await Sut.PutRuleAsync(new BotRule { Instance = "shop", Name = name, Phrases = [phrase], Reply = reply });
        (change.Rule, change.RefusalCode, change.Field).ShouldBe((null, "invalid", field));
        (await Sut.ListRulesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task PutRuleAsync_CrashBeforeTheTraining_IsLearntAfterwards()
    {
        foreach (var rule in Shop()) await Sut.PutRuleAsync(rule);

        await _cluster.CrashAsync();
        await _cluster.AdvanceAsync(120);

        (await Sut.GetModelAsync()).ModelVersion.ShouldBe(1);
    }

    [Fact]
    public async Task RollBackAsync_OlderVersion_BringsItsRulesBackAsANewOne()
    {
        await LearnShopAsync();
        await Sut.DeleteRuleAsync("shop", (await Sut.ListRulesAsync())[0].Id);
        await _cluster.AdvanceAsync(3);
        (await Sut.ListRulesAsync()).Length.ShouldBe(2);

        (await Sut.RollBackAsync(9)).ShouldBeFalse();
        (await Sut.RollBackAsync(1)).ShouldBeTrue();
        await _cluster.AdvanceAsync(3);

        (await Sut.ListRulesAsync()).Length.ShouldBe(3);
        var model = await Sut.GetModelAsync();
        (model.ModelVersion, model.Versions[0].RestoredFrom).ShouldBe((3, 1));
    }

    [Fact]
    public async Task CompleteTrainingAsync_WouldCostTooMuch_KeepsTheLiveModelUntilAPersonLetsItIn()
    {
        await LearnShopAsync();
        var rule = (await Sut.ListRulesAsync())[0];
        await Sut.PutRuleAsync(rule with { Phrases = rule.Phrases.Add("something else") });

        await Sut.CompleteTrainingAsync(new TrainingResult
        {
            Revision = 4, Version = 2, Refused = new RefusedSwap(_cluster.Now, 0.9, 0.8, "It would lose 10 points."),
        });
        await _cluster.AdvanceAsync(3);

        var refused = await Sut.GetModelAsync();
        (refused.ModelVersion, refused.Refused!.Before, refused.Refused.After).ShouldBe((1, 0.9, 0.8));
        (await Sut.GetSnapshotAsync(-1))!.Learnt.ShouldNotContain(one => one.Phrases.Contains("something else"));
        (await Sut.PublishAsync()).ShouldBeTrue();
        await _cluster.AdvanceAsync(3);
        var published = await Sut.GetModelAsync();
        (published.ModelVersion, published.Refused).ShouldBe((2, null));
    }

    [Fact]
    public async Task AcceptSuggestionAsync_PhrasesThatSpoilOtherRules_AreRefusedByCrossValidation()
    {
        var hours = (await Sut.PutRuleAsync(Rule("hours", "when do you open", "what are your opening hours", "when do you close", "opening hours on friday", "are you open today", "open hours please"))).Rule!;
        string[] delivery = ["how much is delivery", "do you deliver to my house", "delivery price", "is delivery free", "deliver to my home", "delivery cost please"];
        string[] returns = ["I want to return my order", "return an item", "how to return shoes", "return and refund", "can I return it", "return my purchase"];
        await Sut.PutRuleAsync(Rule("delivery", delivery));
        await Sut.PutRuleAsync(Rule("returns", returns));
        await Sut.PutRuleAsync(Rule("payment", "can I pay by card", "pay with visa", "do you take cash payment", "payment by card", "pay online", "how can I pay"));
        await Sut.PutRuleAsync(Rule("sizes", "which sizes do you have", "do you have size 42", "size chart please", "is it true to size", "small or medium size", "my size is missing"));
        await Sut.PutRuleAsync(Rule("discounts", "any discount today", "do you have a coupon", "discount code please", "is there a sale", "coupon for students", "promo code"));
        await _cluster.AdvanceAsync(3);
        (await Sut.GetModelAsync()).ModelVersion.ShouldBe(1);
        await LearnAsync([new LearnedText("something quite unclear", "en", hours.Id, 0.5)]);
        var suggestion = (await Sut.ListSuggestionsAsync(SuggestionStatus.Open)).ShouldHaveSingleItem();
        ImmutableArray<string> spoiling =
        [
            "how much to deliver", "delivery to my house price", "is it free to deliver home", "delivery cost to my home", "deliver price", "free delivery to my house",
            "return my item", "how to return my order", "refund my order", "return the shoes", "can I return the item for refund", "return order please",
        ];

        // A person edits it into what two other rules are asked with.
        (await Sut.AcceptSuggestionAsync(suggestion.Id, new AcceptSuggestion { Phrases = spoiling })).Rule.ShouldNotBeNull();
        await _cluster.AdvanceAsync(3);

        var model = await Sut.GetModelAsync();
        model.ModelVersion.ShouldBe(1, string.Join(' ', model.Versions));
        model.Refused.ShouldNotBeNull();
        (model.Refused.Before - model.Refused.After).ShouldBeGreaterThan(0.02);
        model.Refused.Reason.ShouldContain("points");
    }

    [Fact]
    public async Task Vectors_OfPhrases_AreStoredAndNotAskedForAfterACrash()
    {
        var endpoint = new CountingEmbedder();
        await using var cluster = await WaqtorCluster.StartAsync(services =>
            services.AddHttpClient(EndpointHttp.ClientName).ConfigurePrimaryHttpMessageHandler(() => endpoint));
        var instance = await cluster.MakeInstanceAsync();
        var settings = instance.Settings with { SmartBot = new SmartBotSettings { Embedder = new EmbedderSettings { BaseUrl = "http://embedder.example/v1", Model = "e" } } };
        await cluster.Grain<IInstanceGrain>("shop").UpdateAsync(new InstancePatch { Settings = settings });
        var sut = cluster.Grain<ISmartBotGrain>(instance.Id);
        foreach (var rule in Shop()) await sut.PutRuleAsync(rule);
        await cluster.AdvanceAsync(3);
        endpoint.Texts.Order().ShouldBe(Shop().SelectMany(rule => rule.Phrases).Order());

        await cluster.CrashAsync();
        endpoint.Texts.Clear();
        sut = cluster.Grain<ISmartBotGrain>(instance.Id);
        await sut.PutRuleAsync(Rule("cakes", "do you bake wedding cakes"));
        await cluster.AdvanceAsync(3);

        (await sut.GetModelAsync()).ModelVersion.ShouldBe(2);
        endpoint.Texts.ShouldBe(["do you bake wedding cakes"]);
    }

    [Fact]
    public async Task AcceptSuggestionAsync_TextsThatCameOften_TeachTheRuleOnce()
    {
        await LearnShopAsync();
        var hours = (await Sut.ListRulesAsync()).Single(rule => rule.Name == "hours");
        await LearnAsync([new LearnedText("until which hour do you work", "en", hours.Id, 0.5), new LearnedText("UNTIL which hour do you work?", "en", hours.Id, 0.5)]);
        await _cluster.WhenIdleAsync();
        await _cluster.AdvanceAsync(3);
        var suggestion = (await Sut.ListSuggestionsAsync(SuggestionStatus.Open)).ShouldHaveSingleItem();
        (suggestion.Count, suggestion.RuleId, suggestion.Status).ShouldBe((2, hours.Id, SuggestionStatus.Open));

        var change = await Sut.AcceptSuggestionAsync(suggestion.Id, new AcceptSuggestion());

        change.Rule!.Phrases.ShouldContain("until which hour do you work");
        (await Sut.ListSuggestionsAsync(SuggestionStatus.Open)).ShouldBeEmpty();
        var decided = (await Sut.ListSuggestionsAsync(SuggestionStatus.Accepted)).ShouldHaveSingleItem();
        (decided.Id, decided.RuleName, decided.DecidedAtModelVersion).ShouldBe((suggestion.Id, "hours", 1));
        (await Sut.AcceptSuggestionAsync(suggestion.Id, new AcceptSuggestion())).RefusalCode.ShouldBe("not_found");
        await _cluster.AdvanceAsync(3);
        (await Sut.GetModelAsync()).ModelVersion.ShouldBe(2);
    }

    [Fact]
    public async Task AcceptSuggestionAsync_AsANewRule_MakesItWithEditedPhrases()
    {
        await LearnAsync([new LearnedText("do you have gift cards", "en", null, 0)]);
        await _cluster.WhenIdleAsync();
        var suggestion = (await Sut.ListSuggestionsAsync(SuggestionStatus.Open)).ShouldHaveSingleItem();
        (await Sut.AcceptSuggestionAsync(suggestion.Id, new AcceptSuggestion())).RefusalCode.ShouldBe("no_rule");

        var change = await Sut.AcceptSuggestionAsync(suggestion.Id, new AcceptSuggestion
        {
            NewRule = new BotRule { Instance = "shop", Name = "gifts", Reply = "Yes." }, Phrases = ["do you sell gift cards"],
        });

        (change.Rule!.Name, change.Rule.Phrases.Single()).ShouldBe(("gifts", "do you sell gift cards"));
        (await Sut.ListSuggestionsAsync(SuggestionStatus.Open)).ShouldBeEmpty();
    }

    [Fact]
    public async Task RejectSuggestionAsync_Texts_AreNotSuggestedAgain()
    {
        var text = new LearnedText("tell me a joke please", "en", null, 0);
        await LearnAsync([text]);
        await _cluster.WhenIdleAsync();
        var suggestion = (await Sut.ListSuggestionsAsync(SuggestionStatus.Open)).ShouldHaveSingleItem();

        (await Sut.RejectSuggestionAsync(suggestion.Id)).ShouldBeTrue();
        await LearnAsync([text]);
        await _cluster.WhenIdleAsync();

        (await Sut.ListSuggestionsAsync(SuggestionStatus.Open)).ShouldBeEmpty();
        (await Sut.RejectSuggestionAsync(suggestion.Id)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    public async Task ImportAsync_WhatWasExported_ChangesNothingAndMakesTheSame(string format)
    {
        await LearnShopAsync();
        var before = await Sut.ListRulesAsync();
        var document = await Sut.ExportAsync(format);

        (await Sut.ImportAsync("shop", format, document)).Updated.ShouldBe(3);
        var other = await _cluster.MakeInstanceAsync(name: "branch");
        var copy = _cluster.Grain<ISmartBotGrain>(other.Id);
        (await copy.ImportAsync("branch", format, document)).Added.ShouldBe(3);

        Shape(await Sut.ListRulesAsync()).ShouldBe(Shape(before));
        Shape(await copy.ListRulesAsync()).ShouldBe(Shape(before));
        var broken = await Sut.ImportAsync("shop", format, "\"");
        (broken.Added + broken.Updated, broken.Errors.IsEmpty).ShouldBe((0, false));
    }

    // A day in steps of the shortest timer: on two silos that takes minutes.
    [Fact, Trait("Engine", "Embedded")]
    public async Task TryTakeAsync_DailyBudget_IsDurableAndNewEachDay()
    {
        var sut = _cluster.Grain<IAiBudgetGrain>(_instance.Id);
        (await sut.TryTakeAsync(2)).ShouldBeTrue();
        await _cluster.CrashAsync();
        sut = _cluster.Grain<IAiBudgetGrain>(_instance.Id);
        (await sut.TryTakeAsync(2)).ShouldBeTrue();
        (await sut.TryTakeAsync(2)).ShouldBeFalse();
        await _cluster.AdvanceAsync(86_400);
        (await sut.TryTakeAsync(2)).ShouldBeTrue();
    }

    private static IEnumerable<string> Shape(ImmutableArray<BotRule> rules) =>
        rules.Select(rule => $"{rule.Name}|{string.Join(';', rule.Phrases)}|{rule.Reply}|{rule.Interactive?.Text}|{rule.Interactive?.Offer.Buttons.Length}|{rule.Schedule?.From}|{rule.Priority}");

    private async Task LearnShopAsync()
    {
        foreach (var rule in Shop()) await Sut.PutRuleAsync(rule);
        await _cluster.AdvanceAsync(3);
    }

    private static BotRule Rule(string name, params string[] phrases) => new() { Instance = "shop", Name = name, Phrases = [.. phrases], Reply = name };

    // It is one-way: the call is over before the grain has taken it.
    private async Task LearnAsync(ImmutableArray<LearnedText> texts)
    {
        await Sut.LearnAsync("shop", texts);
        await _cluster.WhenIdleAsync();
    }

    private static IEnumerable<BotRule> Shop() =>
    [
        new BotRule
        {
            Instance = "shop", Name = "hours", Phrases = ["when do you open", "what are your opening hours", "متى تفتحون", "ما هي ساعات العمل"], Reply = "9 to 17",
            Schedule = new RuleSchedule { From = "08:00", To = "20:00", Days = ["monday"] },
        },
        new BotRule
        {
            Instance = "shop", Name = "delivery", Phrases = ["how much is delivery", "do you deliver to my house", "كم سعر التوصيل", "هل عندكم توصيل"], Reply = "It is free.", Priority = 2,
        },
        new BotRule
        {
            Instance = "shop", Name = "returns", Phrases = ["I want to return my order", "can I get my money back", "اريد ارجاع الطلب", "كيف استرجع فلوسي"],
            Interactive = new InteractiveReply("Sure?", new Waqtor.Messages.Offer { Buttons = [new("yes", "Yes"), new("no", "No")] }),
        },
    ];
}
