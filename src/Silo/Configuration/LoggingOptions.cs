namespace Waqtor.Silo.Configuration;

/// <summary>The log on standard output. It never holds message bodies, tokens or phone numbers.</summary>
public sealed class LoggingOptions
{
    public const string Section = "Logging";

    /// <summary><c>text</c> for people, <c>json</c> for collectors: one object per line. Default: <c>text</c>.</summary>
    public LogFormat Format { get; set; } = LogFormat.Text;

    /// <summary>Least level shown of WaQtor's own lines; those of the framework begin at Warning. Default: <c>Information</c>.</summary>
    public LogLevel Level { get; set; } = LogLevel.Information;
}
