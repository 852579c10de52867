using System.Buffers;
using System.IO.Pipelines;

namespace Waqtor.Api.Inbound;

/// <summary>
/// A whole request body. One that came in one piece stays in the server's own buffer; any other is gathered in a
/// rented one, which is charged to the <see cref="BodyBudget"/> as it grows.
/// </summary>
internal sealed class InboundBody : IDisposable
{
    private readonly PipeReader? _pipe;
    private readonly SequencePosition _end;
    private byte[]? _rented;
    private readonly BodyBudget? _budget;

    private InboundBody(ReadOnlyMemory<byte> memory, PipeReader pipe, SequencePosition end)
    {
        Memory = memory;
        _pipe = pipe;
        _end = end;
    }

    private InboundBody(ReadOnlyMemory<byte> memory, byte[] rented, BodyBudget budget)
    {
        Memory = memory;
        _rented = rented;
        _budget = budget;
    }

    public ReadOnlyMemory<byte> Memory { get; }

    /// <summary>Fails with <see cref="BodyRefused"/> beyond the limits; nothing is buffered past them.</summary>
    public static async ValueTask<(InboundBody? Body, BodyRefused Refused)> ReadAsync(
        PipeReader pipe, long? length, int bytesMax, BodyBudget budget, CancellationToken cancellationToken)
    {
        if (length > bytesMax) return (null, BodyRefused.TooLarge);
        var result = await pipe.ReadAsync(cancellationToken);
        var whole = result.IsCompleted || result.Buffer.Length == length;
        if (whole && result.Buffer.IsSingleSegment && result.Buffer.Length <= bytesMax)
        {
            return (new InboundBody(result.Buffer.First, pipe, result.Buffer.End), BodyRefused.No);
        }

        return await GatherAsync(pipe, result, length, bytesMax, budget, cancellationToken);
    }

    public void Dispose()
    {
        _pipe?.AdvanceTo(_end);
        if (_rented is null) return;
        _budget!.Release(_rented.Length);
        ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
    }

    private static async ValueTask<(InboundBody?, BodyRefused)> GatherAsync(
        PipeReader pipe, ReadResult result, long? length, int bytesMax, BodyBudget budget, CancellationToken cancellationToken)
    {
        byte[]? rented = null;
        var count = 0;
        try
        {
            while (true)
            {
                var more = result.Buffer;
                // A false Content-Length reserves nothing: room is made for what came, not for what was announced.
                var refused = count + more.Length > bytesMax ? BodyRefused.TooLarge
                    : !TryGrow(ref rented, count, (int)more.Length, budget) ? BodyRefused.NoRoom
                    : BodyRefused.No;
                if (refused != BodyRefused.No)
                {
                    pipe.AdvanceTo(more.End);
                    return (null, refused);
                }

                more.CopyTo(rented.AsSpan(count));
                count += (int)more.Length;
                pipe.AdvanceTo(more.End);
                if (result.IsCompleted || count == length) break;
                result = await pipe.ReadAsync(cancellationToken);
            }

            var body = new InboundBody(rented.AsMemory(0, count), rented!, budget);
            rented = null;
            return (body, BodyRefused.No);
        }
        finally
        {
            if (rented is not null)
            {
                budget.Release(rented.Length);
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private static bool TryGrow(ref byte[]? rented, int count, int more, BodyBudget budget)
    {
        if (rented is not null && rented.Length - count >= more) return true;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(16 * 1024, Math.Max(count * 2, count + more)));
        if (!budget.TryTake(larger.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }

        if (rented is not null)
        {
            rented.AsSpan(0, count).CopyTo(larger);
            budget.Release(rented.Length);
            ArrayPool<byte>.Shared.Return(rented);
        }

        rented = larger;
        return true;
    }
}
