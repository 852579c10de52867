namespace Waqtor.SmartBot;

/// <summary>What a model that had not seen a phrase made of it.</summary>
/// <param name="Class">Its rule.</param>
/// <param name="Predicted">The rule that came first.</param>
/// <param name="Evidence">What the confidence is judged by.</param>
/// <param name="SmallTalkLead">How far small talk was ahead of the first rule; far below zero without small talk.</param>
internal readonly record struct HeldOutPhrase(int Class, int Predicted, Evidence Evidence, float SmallTalkLead)
{
    public bool IsRight => Class == Predicted;
}
