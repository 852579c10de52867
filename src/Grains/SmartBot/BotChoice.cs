namespace Waqtor.SmartBot;

/// <summary>Understands a choice from what this conversation offered: an option whose id is a rule's leads to that rule.</summary>
internal static class BotChoice
{
    /// <summary>Null: nothing was chosen, it was not offered, or it leads to no rule that may answer. Its title is then matched as a text.</summary>
    public static BotRule? Find(BotQuestion question, BotMind mind)
    {
        if (question.Choice?.Id is not { Length: > 0 } id) return null;
        var named = question.ChoiceOf is { } offered
            ? question.Offers.Where(offer => offer.ProviderMessageId == offered)
            : [];
        // The message it answers decides; one that is not known any more leaves all that was offered lately.
        var among = named.Any() ? named : question.Offers;
        return among.Reverse().Any(offer => offer.Offer.Find(id) is not null)
            && mind.Find(id) is { } rule && RuleClock.IsOpen(rule.Schedule, question.Now) ? rule : null;
    }
}
