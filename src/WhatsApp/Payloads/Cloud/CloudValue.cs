using System.Text.Json;

namespace Waqtor.WhatsApp;

/// <summary>What the messages and statuses of one change share, and how many there are.</summary>
internal readonly record struct CloudValue(JsonElement Contacts, JsonElement Errors, string? RouteTo, int ElementCount);
