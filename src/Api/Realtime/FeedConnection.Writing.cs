namespace Waqtor.Api.Realtime;

// The one writer that a connection has at a time.
internal abstract partial class FeedConnection
{
    private async Task WriteAllAsync(FeedListener? listener = null, FeedFrame? first = null, FeedBurst? burst = null)
    {
        try
        {
            if (listener is not null)
            {
                await (first is not null ? WriteEventAsync(listener, first) : WriteEventsAsync(listener, burst!));
                await FlushAsync(_aborted.Token);
                lock (_gate)
                {
                    if (_queue.Count == 0 && Reason is null)
                    {
                        _isWriting = false;
                        return;
                    }
                }
            }

            while (true)
            {
                FeedQueue.Entry entry;
                object? lastWord = null;
                var isEmpty = false;
                var isLast = false;
                lock (_gate)
                {
                    if (!_queue.TryTake(out entry))
                    {
                        // Only now: what was being written when the connection was closed is behind the client.
                        if (_hasLastWord) lastWord = LastWord(Reason!, CursorUnlocked());
                        _hasLastWord = false;
                        isEmpty = true;
                        isLast = Reason is not null;
                    }
                    else if (entry.Listener is { IsEnded: true })
                    {
                        continue;
                    }
                    else if (entry.Word is LostPlace lost)
                    {
                        if (lost.Listener.IsEnded) continue;
                        lost.Listener.Told = lost.Place;
                        entry = entry with { Word = new Standing([lost.Place.Topic], false, CursorUnlocked()) };
                    }

                    if (_room is not null && _queue.Bytes <= _services.Options.QueueBytesMax / 4)
                    {
                        _room.TrySetResult();
                        _room = null;
                    }
                }

                if (!isEmpty)
                {
                    await (entry.Frame is not null ? WriteEventAsync(entry.Listener!, entry.Frame) : WriteAsync(entry.Word!, _aborted.Token));
                    continue;
                }

                if (lastWord is not null) await WriteAsync(lastWord, _aborted.Token);
                await FlushAsync(_aborted.Token);
                if (isLast)
                {
                    await EndAsync(Reason!);
                    Abort(Reason!);
                    return;
                }

                lock (_gate)
                {
                    if (_queue.Count > 0 || Reason is not null) continue;
                    _isWriting = false;
                    return;
                }
            }
        }
        catch (Exception)
        {
            // Whatever the transport says, this client is gone; it comes back with its cursor.
            Abort(CloseReason.ClientLeft);
        }
    }

    private ValueTask WriteEventAsync(FeedListener listener, FeedFrame frame)
    {
        EventsWritten++;
        _services.Metrics.Written(Transport, 1);
        return WriteAsync(listener, frame, _aborted.Token);
    }

    private ValueTask WriteEventsAsync(FeedListener listener, FeedBurst burst)
    {
        EventsWritten += burst.Frames.Count;
        _services.Metrics.Written(Transport, burst.Frames.Count);
        return WriteAsync(listener, burst, _aborted.Token);
    }
}
