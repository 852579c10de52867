using Microsoft.Extensions.Options;

namespace Waqtor.Archive;

internal sealed class ArchiveOptionsValidator : IValidateOptions<ArchiveOptions>
{
    private const string Key = "Waqtor:" + ArchiveOptions.Section + ":";

    public ValidateOptionsResult Validate(string? name, ArchiveOptions options)
    {
        var failures = new List<string>();
        switch (options.Provider)
        {
            case ArchiveOptions.SqliteProvider when string.IsNullOrWhiteSpace(options.Path):
                failures.Add($"{Key}{nameof(options.Path)} is empty; it must name a file.");
                break;
            case ArchiveOptions.PostgresProvider when string.IsNullOrWhiteSpace(options.ConnectionString):
                failures.Add($"{Key}{nameof(options.ConnectionString)} is empty; the postgres provider needs it.");
                break;
            case ArchiveOptions.PostgresProvider when !CanBeRead(options.ConnectionString):
                // Not repeated: it may hold a password.
                failures.Add($"{Key}{nameof(options.ConnectionString)}: cannot be read; an example is Host=postgres;Username=waqtor;Password=secret;Database=waqtor.");
                break;
            case ArchiveOptions.SqliteProvider or ArchiveOptions.PostgresProvider:
                break;
            default:
                failures.Add($"{Key}{nameof(options.Provider)} is '{options.Provider}'; it must be sqlite or postgres.");
                break;
        }

        Range(nameof(options.EventsPerTransactionMax), options.EventsPerTransactionMax, 1, 100_000);
        Range(nameof(options.TransactionPaceMilliseconds), options.TransactionPaceMilliseconds, 0, 1_000);
        Range(nameof(options.WaitingCallsMax), options.WaitingCallsMax, 1, 100_000);
        Range(nameof(options.SearchRowsMax), options.SearchRowsMax, 100, 1_000_000);
        Range(nameof(options.ReadsMax), options.ReadsMax, 1, 100);
        Range(nameof(options.WaitingReadsMax), options.WaitingReadsMax, 0, 100_000);
        Range(nameof(options.ReadWaitSeconds), options.ReadWaitSeconds, 1, 300);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Range(string option, int value, int min, int max)
        {
            if (value < min || value > max) failures.Add($"{Key}{option} is {value}; it must be {min} to {max}.");
        }
    }

    private static bool CanBeRead(string connectionString)
    {
        try
        {
            PostgresConnection.Read(connectionString);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            return false;
        }
    }
}
