namespace Waqtor.Api.Instances;

/// <summary>When a burst is over.</summary>
public sealed record BufferAnswer(bool Enabled, int Seconds, int Messages);
