using System.Collections.Concurrent;
using Waqtor.Conversations;

namespace Waqtor.Grains.Tests.Conversations;

/// <summary>Answers batches as the test says: at once by default, held, failing or never.</summary>
internal sealed class ScriptedReplies : IReplyPipeline
{
    private readonly ConcurrentQueue<TaskCompletionSource<Reply>> _held = new();

    public ConcurrentQueue<ReplyRequest> Requests { get; } = new();

    /// <summary>From now on batches wait for <see cref="Release"/>.</summary>
    public bool Hold { get; set; }

    /// <summary>From now on batches are answered with nothing.</summary>
    public bool IsSilent { get; set; }

    /// <summary>From now on attempts fail with this.</summary>
    public string? Error { get; set; }

    public int Running => _running;

    public int RunningMax { get; private set; }

    private int _running;

    public async Task<Reply> ReplyAsync(ReplyRequest request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        RunningMax = Math.Max(RunningMax, Interlocked.Increment(ref _running));
        try
        {
            if (Error is { } error) throw new InvalidOperationException(error);
            if (IsSilent) return new Reply(null, "noReply");
            if (!Hold) return Answer(request);
            // Without a way round by the thread pool: who waits for the grains to rest waits for what follows.
            var held = new TaskCompletionSource<Reply>();
            _held.Enqueue(held);
            return await held.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public void Release()
    {
        Hold = false;
        while (_held.TryDequeue(out var held)) held.TrySetResult(new Reply("held answer", "replied"));
    }

    /// <summary>The provider ids of each request, joined by commas.</summary>
    public string[] Batches => [.. Requests.Select(request => string.Join(',', request.Messages.Select(m => m.ProviderMessageId)))];

    private static Reply Answer(ReplyRequest request) =>
        new("re: " + string.Join(',', request.Messages.Select(message => message.Text)), "replied");
}
