namespace Waqtor.WhatsApp;

/// <summary>Something the provider tells that is neither message, status nor session: kept as it came.</summary>
/// <param name="Field">The provider's own word: a Cloud API <c>field</c> or a gateway's event, such as <c>account_update</c>.</param>
/// <param name="Json">Its JSON, cut as <see cref="WhatsAppOptions.RawJsonBytesMax"/> says.</param>
public sealed record ProviderNotice(string Field, string Json);
