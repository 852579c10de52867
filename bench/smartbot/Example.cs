namespace Waqtor.Bench.SmartBot;

/// <summary>A text and the intent that people say it has.</summary>
internal sealed record Example(string Text, string Intent);
