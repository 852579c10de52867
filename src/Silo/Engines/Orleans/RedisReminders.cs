using System.Globalization;
using Orleans.Runtime;
using StackExchange.Redis;

namespace Waqtor.Silo.Engines;

/// <summary>
/// Reminders in Redis: a hash with all of them and, beside it, a set ordered by when each is next to be delivered.
/// </summary>
/// <remarks>
/// Nobody owns a reminder. Orleans' own service gives each silo a part of them: what a dead silo owned waits until its
/// part was taken over and then for the next period, and registering one that it owns fails meanwhile, also for grains
/// that are alive elsewhere. Here every silo asks for what is due; the script that hands a reminder out moves it into
/// the future in the same step, so that one silo gets it. When that silo says that the grain has taken the tick, the
/// reminder waits for its next period; when it never says so, another gets it after the lease. All times are those of
/// Redis, so silos' clocks need not agree.
/// </remarks>
internal sealed class RedisReminders(RedisServer redis, string serviceId)
{
    private const string Now = "local t = redis.call('TIME'); local now = t[1] * 1000 + math.floor(t[2] / 1000);";

    // Numbers go through a format of their own: Lua would write them with an exponent.
    private const string RegisterScript = $"""
        {Now}
        local start = string.format('%.0f', now + ARGV[3])
        local value = ARGV[2] .. '|' .. start .. '|' .. ARGV[4]
        redis.call('HSET', KEYS[1], ARGV[1], value)
        redis.call('ZADD', KEYS[2], start, ARGV[1])
        return value
        """;

    private const string RemoveScript = """
        if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
        redis.call('HDEL', KEYS[1], ARGV[1])
        redis.call('ZREM', KEYS[2], ARGV[1])
        return 1
        """;

    private const string ClaimScript = $"""
        {Now}
        local due = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', string.format('%.0f', now), 'LIMIT', 0, ARGV[1])
        local claimed = {"{}"}
        for _, field in ipairs(due) do
          local value = redis.call('HGET', KEYS[1], field)
          if value then
            redis.call('ZADD', KEYS[2], string.format('%.0f', now + ARGV[2]), field)
            claimed[#claimed + 1] = field
            claimed[#claimed + 1] = value
          else
            redis.call('ZREM', KEYS[2], field)
          end
        end
        return claimed
        """;

    // A reminder that was registered anew meanwhile keeps the time it was given.
    private const string DeliveredScript = $"""
        {Now}
        local value = redis.call('HGET', KEYS[1], ARGV[1])
        if value ~= ARGV[2] then return 0 end
        local start, period = string.match(value, '|(%d+)|(%d+)$')
        local next = start + (math.floor((now - start) / period) + 1) * period
        redis.call('ZADD', KEYS[2], 'XX', string.format('%.0f', next), ARGV[1])
        return 1
        """;

    private const string FailedScript = $"""
        {Now}
        if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
        redis.call('ZADD', KEYS[2], 'XX', string.format('%.0f', now + ARGV[3]), ARGV[1])
        return 1
        """;

    // The braces keep both keys on one node of a Redis cluster.
    private readonly RedisKey[] _keys = [$"{{{serviceId}}}:reminders", $"{{{serviceId}}}:reminders:due"];

    public async Task<RedisReminder> RegisterAsync(GrainId grain, string name, TimeSpan dueIn, TimeSpan period)
    {
        var field = RedisReminder.Field(grain, name);
        var value = await RunAsync(RegisterScript, field, Guid.NewGuid().ToString("N"), Milliseconds(dueIn), Milliseconds(period));
        return RedisReminder.Read(field, (string)value!);
    }

    public async Task RemoveAsync(RedisReminder reminder) => await RunAsync(RemoveScript, reminder.FieldText, reminder.Value);

    public async Task<RedisReminder?> FindAsync(GrainId grain, string name)
    {
        var field = RedisReminder.Field(grain, name);
        var value = await (await redis.DatabaseAsync()).HashGetAsync(_keys[0], field);
        return value.IsNull ? null : RedisReminder.Read(field, value!);
    }

    /// <summary>All of one grain. Looks through every reminder there is: for tools, not for grains' daily work.</summary>
    public async Task<List<RedisReminder>> ListAsync(GrainId grain)
    {
        var found = new List<RedisReminder>();
        await foreach (var entry in (await redis.DatabaseAsync()).HashScanAsync(_keys[0]))
        {
            var reminder = RedisReminder.Read(entry.Name!, entry.Value!);
            if (reminder.GrainId == grain) found.Add(reminder);
        }

        return found;
    }

    /// <summary>What is due, for this silo alone until <paramref name="lease"/> is over.</summary>
    public async Task<IReadOnlyList<RedisReminder>> ClaimDueAsync(int countMax, TimeSpan lease)
    {
        var claimed = (RedisResult[])(await RunAsync(ClaimScript, countMax, Milliseconds(lease)))!;
        return [.. claimed.Chunk(2).Select(pair => RedisReminder.Read((string)pair[0]!, (string)pair[1]!))];
    }

    /// <summary>The grain took the tick: the next one comes with the next period.</summary>
    public Task DeliveredAsync(RedisReminder reminder) => RunAsync(DeliveredScript, reminder.FieldText, reminder.Value);

    /// <summary>The grain could not be reached: again after <paramref name="pause"/>.</summary>
    public Task FailedAsync(RedisReminder reminder, TimeSpan pause) => RunAsync(FailedScript, reminder.FieldText, reminder.Value, Milliseconds(pause));

    private static string Milliseconds(TimeSpan time) => Math.Max(0, Math.Ceiling(time.TotalMilliseconds)).ToString("0", CultureInfo.InvariantCulture);

    private async Task<RedisResult> RunAsync(string script, params RedisValue[] arguments) =>
        await (await redis.DatabaseAsync()).ScriptEvaluateAsync(script, _keys, arguments);
}
