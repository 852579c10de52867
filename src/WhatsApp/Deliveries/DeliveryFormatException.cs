namespace Waqtor.WhatsApp;

/// <summary>The body is no JSON, nests deeper than <see cref="WhatsAppOptions.JsonDepthMax"/>, or its root is neither object nor array.</summary>
/// <param name="code"><c>broken_json</c>, <c>too_deep</c>, <c>empty_body</c> or <c>wrong_root</c>.</param>
/// <param name="message">For people; holds nothing of the body.</param>
public sealed class DeliveryFormatException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
