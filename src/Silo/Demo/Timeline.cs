using System.Globalization;

namespace Waqtor.Silo.Demo;

/// <summary>Prints what happened to a burst in order of time, in milliseconds since its first line was typed.</summary>
internal sealed class Timeline(TextWriter output)
{
    public void Print(Burst burst)
    {
        foreach (var (at, what, detail) in Lines(burst).OrderBy(line => line.At))
        {
            var offset = (at - burst.StartedAt).TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
            output.WriteLine($"  {offset,6} ms  {what,-14} {detail}".TrimEnd());
        }
    }

    private static IEnumerable<(DateTimeOffset At, string What, string Detail)> Lines(Burst burst)
    {
        foreach (var line in burst.Lines)
        {
            yield return (line.TypedAt, "typed", line.Text);
            yield return (line.AcknowledgedAt, "acknowledged", $"after {line.Acknowledgement.TotalMilliseconds:0.0} ms: stored");
        }

        yield return (burst.Batch.OpenedAt, "buffer opened", $"due {(burst.Batch.DueAt - burst.Batch.OpenedAt).TotalMilliseconds:0} ms later");
        if (burst.Batch.FlushedAt is { } flushedAt) yield return (flushedAt, "flushed", $"{burst.Batch.MessageIds.Count} messages, reason: {burst.Batch.Reason}");
        yield return (burst.Reply.Timestamp, "reply queued", OneLine(burst.Reply.Text));
        foreach (var status in new[] { "sent", "delivered", "read" })
        {
            if (burst.Reply.At(status) is { } at) yield return (at, status, "");
        }
    }

    private static string OneLine(string? text) => text?.ReplaceLineEndings(" / ") ?? "";
}
