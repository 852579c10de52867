namespace Waqtor.SmartBot;

/// <summary>What a model that had not seen a phrase made of it.</summary>
/// <param name="Class">Its rule.</param>
/// <param name="Predicted">The rule that came first.</param>
/// <param name="Evidence">What the confidence is judged by.</param>
/// <param name="IsSmallTalkFirst">Small talk scored higher than the first rule.</param>
internal readonly record struct HeldOutPhrase(int Class, int Predicted, Evidence Evidence, bool IsSmallTalkFirst)
{
    public bool IsRight => Class == Predicted;
}
