using Microsoft.Extensions.Logging;
using Waqtor.Conversations;
using Waqtor.Sending;
using Waqtor.Simulation.Faults;

namespace Waqtor.Simulation.Running;

/// <summary>The product's own log tells which of its ways of recovery it took.</summary>
internal sealed class WitnessLog(World world, ServerProcess process) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new Logger(world, process, categoryName);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    private sealed class Logger(World world, ServerProcess process, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (process.IsDead || logLevel < LogLevel.Warning) return;
            if (category == typeof(ConversationGrain).FullName && eventId.Id == 2) world.Coverage.Count(Branch.OrphanRedriven);
            if (category == typeof(OutboundGrain).FullName && eventId.Id == 1) world.Coverage.Count(Branch.TurnTakenBack);
            if (world.Timeline.KeepsLines) world.Timeline.Remark($"{category[(category.LastIndexOf('.') + 1)..]}: {formatter(state, null)} {exception?.GetType().Name}: {exception?.Message}");
        }
    }
}
