namespace Waqtor.SmartBot;

/// <summary>A model's endpoint did not answer as it should; the message says how, and holds nothing that was sent.</summary>
public sealed class EndpointException(string message, Exception? inner = null) : Exception(message, inner);
