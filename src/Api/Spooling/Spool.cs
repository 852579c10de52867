using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Waqtor.Api.Spooling;

/// <summary>
/// Takes deliveries while the store is down. One writer appends to one file and syncs once for all that wait; a waiter
/// is told only after that sync. After a failed write or sync the file is never appended to again: what the disk kept
/// of it is unknown, so its waiters are refused (the provider sends again) and a new file is begun. Stored deliveries
/// leave the index, and a file goes when nothing in it is pending; until then a restart replays all of it, which
/// deduplication makes harmless.
/// </summary>
internal sealed partial class Spool : ISpoolHealth, IAsyncDisposable
{
    private const int GroupMax = 1_024;
    private const int GroupBytesMax = 8 * 1024 * 1024;

    private readonly ISpoolFiles _files;
    private readonly SpoolOptions _options;
    private readonly ILogger<Spool> _logger;
    private readonly Channel<SpoolAppend> _appends;
    private readonly SpoolIndex _index = new();
    private readonly SemaphoreSlim _added = new(0);
    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(SpoolFormat.SaltBytes);
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly byte[] _groupSign;
    private Task _writer = Task.CompletedTask;
    private SpoolSegment? _segment;
    private ISpoolFile? _file;
    private long _bytes;
    private long _lastNumber;

    public Spool(ISpoolFiles files, IOptions<SpoolOptions> options, ILogger<Spool> logger)
    {
        _files = files;
        _options = options.Value;
        _logger = logger;
        _groupSign = SpoolFormat.EncodeGroup(_salt);
        _appends = Channel.CreateBounded<SpoolAppend>(new BoundedChannelOptions(_options.WaitingMax) { SingleReader = true });
    }

    public int Pending => _index.Pending;

    /// <summary>Of all files.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public long BytesMax => _options.BytesMax;

    /// <inheritdoc cref="SpoolIndex.HasPending"/>
    public bool HasPending(string instance) => _index.HasPending(instance);

    /// <summary>Reads what an earlier run left and begins to take deliveries.</summary>
    /// <exception cref="SpoolDamagedException">A file is damaged in its middle.</exception>
    public void Open()
    {
        foreach (var name in _files.List()) Load(name);
        if (_index.Pending > 0) LogFound(_index.Pending);
        _writer = Task.Run(WriteAsync);
    }

    /// <summary>Completes when the record survives a power cut.</summary>
    /// <param name="record">The delivery.</param>
    /// <param name="keys">What it must keep its order with; null: whoever replays it finds out.</param>
    /// <exception cref="SpoolFullException">The bound is reached.</exception>
    public async Task AppendAsync(SpoolRecord record, SpoolKeys? keys = null)
    {
        var append = new SpoolAppend(SpoolFormat.Encode(record, _salt), record.Instance, keys);
        if (Interlocked.Add(ref _bytes, append.Frame!.Length) > _options.BytesMax)
        {
            Interlocked.Add(ref _bytes, -append.Frame.Length);
            throw new SpoolFullException();
        }

        _index.Announce(record.Instance);
        if (!_appends.Writer.TryWrite(append))
        {
            Withdraw(append);
            throw new SpoolFullException();
        }

        await append.Synced;
    }

    /// <summary>Completes when there may be something to replay.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _added.WaitAsync(cancellationToken);

    /// <summary>The oldest deliveries that were not taken yet, in order.</summary>
    public List<SpoolEntry> Take(int max) => _index.Take(max);

    public SpoolRecord Read(SpoolEntry entry) => SpoolFormat.Decode(_files.Read(entry.Segment.Name, entry.Offset, entry.Length));

    /// <summary>These are stored now.</summary>
    public void Complete(IReadOnlyCollection<SpoolEntry> done)
    {
        foreach (var segment in _index.Complete(done)) Delete(segment);
        // The writer alone may put away the file it writes to. Should its queue be full, the next round asks again.
        if (_index.Pending == 0) _appends.Writer.TryWrite(new SpoolAppend(null, ""));
    }

    public async ValueTask DisposeAsync()
    {
        _appends.Writer.TryComplete();
        await _writer;
        _file?.Dispose();
        _added.Dispose();
    }

    private void Load(string name)
    {
        var bytes = _files.Read(name);
        var found = SpoolScanner.Scan(name, bytes);
        _lastNumber = Math.Max(_lastNumber, long.Parse(Path.GetFileNameWithoutExtension(name), CultureInfo.InvariantCulture));
        if (found.IsTorn) LogTorn(name, found.Length);
        var segment = new SpoolSegment(name) { Length = found.Length, Closed = true };
        Interlocked.Add(ref _bytes, segment.Length);
        if (found.Records.Count == 0)
        {
            Delete(segment);
            return;
        }

        if (found.IsTorn) _files.Truncate(name, found.Length);
        foreach (var (offset, length) in found.Records)
        {
            var entry = new SpoolEntry(segment, offset, length, SpoolFormat.Decode(bytes.AsSpan((int)offset, length).ToArray()).Instance);
            _index.Announce(entry.Instance);
            _index.Add(entry);
        }

        _added.Release();
    }

    private async Task WriteAsync()
    {
        var group = new List<SpoolAppend>(GroupMax);
        while (await _appends.Reader.WaitToReadAsync())
        {
            var bytes = 0;
            while (group.Count < GroupMax && bytes < GroupBytesMax && _appends.Reader.TryRead(out var append))
            {
                if (append.Frame is null) continue;
                group.Add(append);
                bytes += append.Frame.Length;
            }

            if (group.Count == 0) PutAway();
            else WriteGroup(group);
            group.Clear();
        }
    }

    private void WriteGroup(List<SpoolAppend> group)
    {
        var entries = new List<SpoolEntry>(group.Count);
        var before = _segment?.Length ?? 0;
        try
        {
            if (_file is null)
            {
                Begin();
                before = SpoolFormat.HeaderBytes;
            }

            // One write for all of them.
            _buffer.ResetWrittenCount();
            _buffer.Write(_groupSign);
            _segment!.Length += _groupSign.Length;
            foreach (var append in group)
            {
                _buffer.Write(append.Frame);
                entries.Add(new SpoolEntry(
                    _segment, _segment.Length + SpoolFormat.FrameBytes, append.Frame!.Length - SpoolFormat.FrameBytes, append.Instance) { Keys = append.Keys });
                _segment.Length += append.Frame.Length;
            }

            _file!.Append(_buffer.WrittenSpan);
            _file.Sync();
        }
        catch (Exception exception)
        {
            LogWriteFailed(exception);
            GiveUp(before);
            foreach (var append in group)
            {
                Withdraw(append);
                append.Fail(new IOException("The spool could not be written.", exception));
            }

            return;
        }

        Interlocked.Add(ref _bytes, _groupSign.Length);
        foreach (var entry in entries) _index.Add(entry);
        foreach (var append in group) append.Complete();
        _added.Release();
        if (_segment!.Length >= _options.SegmentBytesMax) Seal();
    }

    private void Begin()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{++_lastNumber:D16}.spool");
        _segment = new SpoolSegment(name);
        _file = _files.Create(name);
        _file.Append(SpoolFormat.Header(_salt));
        _segment.Length = SpoolFormat.HeaderBytes;
        Interlocked.Add(ref _bytes, SpoolFormat.HeaderBytes);
    }

    private void Seal()
    {
        var before = _segment!.Length;
        try
        {
            _file!.Append(SpoolFormat.EncodeSeal(_salt));
            _file.Sync();
        }
        catch (Exception exception)
        {
            LogWriteFailed(exception);
            GiveUp(before);
            return;
        }

        Close();
    }

    private void PutAway()
    {
        if (_segment is not null && _index.Pending == 0) Close();
    }

    // The disk may still take a cut; if not, the next start finds records nobody was told of, which is harmless.
    private void GiveUp(long whole)
    {
        var segment = _segment;
        if (segment is null) return;
        segment.Length = whole;
        Close();
        if (segment.Pending == 0) return;
        try
        {
            _files.Truncate(segment.Name, whole);
        }
        catch (Exception exception)
        {
            LogWriteFailed(exception);
        }
    }

    private void Close()
    {
        var segment = _segment!;
        _segment = null;
        _file?.Dispose();
        _file = null;
        if (_index.Close(segment)) Delete(segment);
    }

    private void Delete(SpoolSegment segment)
    {
        Interlocked.Add(ref _bytes, -segment.Length);
        try
        {
            _files.Delete(segment.Name);
        }
        catch (Exception exception)
        {
            LogDeleteFailed(segment.Name, exception);
        }
    }

    private void Withdraw(SpoolAppend append)
    {
        Interlocked.Add(ref _bytes, -append.Frame!.Length);
        _index.Withdraw(append.Instance);
    }
}
