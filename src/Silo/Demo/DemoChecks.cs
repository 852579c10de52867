namespace Waqtor.Silo.Demo;

/// <summary>What the demo claims, looked after: a line for each claim.</summary>
internal sealed class DemoChecks(TextWriter output)
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    public int Failed { get; private set; }

    /// <summary>Every line in one batch, in order, for the right reason, answered once.</summary>
    public void CheckBurst(string who, Burst burst, string reason)
    {
        var typed = burst.Lines.Select(line => line.Text);
        var texts = burst.Messages.ToDictionary(message => message.Id, message => message.Text);
        Claim($"{who}: every line is in the batch once, in the order of typing",
            burst.Batch.MessageIds.Select(id => texts.GetValueOrDefault(id)).SequenceEqual(typed));
        Claim($"{who}: the batch ended by {reason}", burst.Batch.Reason == reason);
        Claim($"{who}: the reply answers all {burst.Lines.Count} lines and was read",
            burst.Reply is { Status: "read", Text: { } text } && typed.All(line => text.Contains(line, StringComparison.Ordinal)));
    }

    public void CheckEndedWithItsLastLine(string who, Burst burst) =>
        Claim($"{who}: the batch ended with the last line, without waiting for 8 seconds", burst.Batch.FlushedAt - burst.Lines[^1].TypedAt < AtOnce);

    public void CheckEndedAtItsDueTime(string who, Burst burst)
    {
        Claim($"{who}: it was due 8 seconds after the first line", burst.Batch.DueAt - burst.Batch.OpenedAt == TimeSpan.FromSeconds(8));
        Claim($"{who}: the batch ended at its due time", burst.Batch.FlushedAt >= burst.Batch.DueAt && burst.Batch.FlushedAt - burst.Batch.DueAt < AtOnce);
    }

    private void Claim(string claim, bool holds)
    {
        output.WriteLine($"  {(holds ? "ok    " : "FAILED")} {claim}");
        if (!holds) Failed++;
    }
}
