namespace Waqtor.SmartBot;

/// <summary>What a language model made of a question; <see cref="Failure"/> set: nothing that could be sent.</summary>
public sealed record AiAnswer(string Text, DataRequest? DataRequest, string? Failure);
