namespace Waqtor.Silo.Demo;

/// <summary>A line of <c>GET /api/conversations</c>.</summary>
internal sealed record DemoConversation(string Id);
