namespace Waqtor.Api.SmartBot;

/// <summary>What a document of rules changed.</summary>
public sealed record ImportAnswer(int Added, int Updated);
