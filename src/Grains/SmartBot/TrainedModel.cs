namespace Waqtor.SmartBot;

/// <summary>What a training made.</summary>
/// <param name="Model">Null: no rule teaches anything.</param>
/// <param name="HasVectors">An embedder was there to teach it; without a text's vector it decides by words alone.</param>
public sealed record TrainedModel(SmartBotModel? Model, bool HasVectors)
{
    public static TrainedModel None { get; } = new(null, false);
}
