namespace Waqtor.Silo.Demo;

/// <summary>A line that was typed on a phone, and when the server had said that it is safe.</summary>
internal sealed record TypedLine(string Text, DateTimeOffset TypedAt, DateTimeOffset AcknowledgedAt)
{
    public TimeSpan Acknowledgement => AcknowledgedAt - TypedAt;
}
