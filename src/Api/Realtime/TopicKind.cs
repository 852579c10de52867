namespace Waqtor.Api.Realtime;

/// <summary>What a topic tells of.</summary>
internal enum TopicKind
{
    /// <summary>One of the six topics without an id.</summary>
    General = 0,
    Instance = 1,
    Conversation = 2,
    Queue = 3,
    Campaign = 4,
    Job = 5,
    Analysis = 6,
    Project = 7,
    User = 8,
}
