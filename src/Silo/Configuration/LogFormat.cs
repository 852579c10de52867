namespace Waqtor.Silo.Configuration;

/// <summary>How log lines are written.</summary>
public enum LogFormat
{
    Text,
    Json,
}
