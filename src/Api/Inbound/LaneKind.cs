namespace Waqtor.Api.Inbound;

/// <summary>Whose lane it is.</summary>
internal enum LaneKind
{
    Conversation,
    Status,
    Instance,
}
