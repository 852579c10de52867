namespace Waqtor.Conversations;

/// <summary>Decides what a batch is answered with. Throwing fails the attempt.</summary>
public interface IReplyPipeline
{
    /// <summary>The text and the outcome; the ids of the request are filled in by the caller.</summary>
    Task<Reply> ReplyAsync(ReplyRequest request, CancellationToken cancellationToken);
}
