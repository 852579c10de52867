namespace Waqtor.Api.Realtime;

// The one writer that a connection has at a time.
internal abstract partial class FeedConnection
{
    private async Task WriteAllAsync(FeedFrame? first = null, FeedBurst? burst = null)
    {
        try
        {
            if (first is not null || burst is not null)
            {
                await (first is not null ? WriteEventAsync(first) : WriteEventsAsync(burst!));
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
                        lastWord = _lastWord;
                        _lastWord = null;
                        isEmpty = true;
                        isLast = Reason is not null;
                    }
                    else if (entry is { Listener: { } listener, Frame: { } frame })
                    {
                        if (listener.IsEnded) continue;
                        if (!listener.Room.IsEveryone) listener.Told = frame.Place;
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
                    await (entry.Frame is not null ? WriteEventAsync(entry.Frame) : WriteAsync(entry.Word!, _aborted.Token));
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

    private ValueTask WriteEventAsync(FeedFrame frame)
    {
        EventsWritten++;
        _services.Metrics.Written(Transport, 1);
        return WriteAsync(frame, _aborted.Token);
    }

    private ValueTask WriteEventsAsync(FeedBurst burst)
    {
        EventsWritten += burst.Frames.Count;
        _services.Metrics.Written(Transport, burst.Frames.Count);
        return WriteAsync(burst, _aborted.Token);
    }
}
