using Dapper;

namespace Waqtor.Archive.Tests;

/// <summary>Readers that are many, slow or gone.</summary>
public abstract class ReadersConformance(ITestDatabase database) : ArchiveConformance(database)
{
    // Only so that a test that fails ends.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    protected override Dictionary<string, string?> MoreSettings => new() { ["Archive:ReadsMax"] = "2", ["Archive:WaitingReadsMax"] = "1" };

    /// <summary>A query that does not end in the time of a test.</summary>
    protected abstract string Endless { get; }

    [ConformanceFact]
    public async Task Reads_MoreThanTheLimit_WaitUntilOneEnds()
    {
        using var gone = new CancellationTokenSource();
        var held = new TaskCompletionSource();
        var first = HeldReadAsync(held.Task);
        var second = HeldReadAsync(held.Task);
        await first.Begun;
        await second.Begun;

        var waiting = Queries.ListMessagesAsync(new MessageFilter(), gone.Token);
        waiting.IsCompleted.ShouldBeFalse();
        await Should.ThrowAsync<ArchiveBusyException>(Queries.ListMessagesAsync(new MessageFilter()));
        // Neither the writer nor the health check stands in that line.
        await AppendAsync(Sample.Received(Sample.Message()));
        (await Archive.Health.CheckAsync()).Healthy.ShouldBeTrue();

        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting.WaitAsync(Patience));
        var next = Queries.ListMessagesAsync(new MessageFilter());
        next.IsCompleted.ShouldBeFalse();
        held.SetResult();
        (await next.WaitAsync(Patience)).Items.ShouldHaveSingleItem();
        await Task.WhenAll(first.Ended, second.Ended);
    }

    [ConformanceFact]
    public async Task Read_WhoseCallerWentAway_EndsAndGivesUpItsPlace()
    {
        for (var round = 0; round < 3; round++)
        {
            using var gone = new CancellationTokenSource();
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var read = Archive.Store.ReadAsync(
                connection =>
                {
                    begun.SetResult();
                    return connection.ExecuteScalarAsync<long>(new CommandDefinition(Endless, commandTimeout: 0, cancellationToken: gone.Token));
                },
                gone.Token);
            await begun.Task;
            await gone.CancelAsync();

            await Should.ThrowAsync<OperationCanceledException>(read.WaitAsync(Patience));
        }

        (await Queries.ListMessagesAsync(new MessageFilter()).WaitAsync(Patience)).Items.ShouldBeEmpty();
    }

    private (Task Begun, Task Ended) HeldReadAsync(Task held)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = Archive.Store.ReadAsync(
            async _ =>
            {
                begun.SetResult();
                await held;
                return 0;
            },
            CancellationToken.None);
        return (begun.Task, ended);
    }
}
