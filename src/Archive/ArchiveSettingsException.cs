namespace Waqtor.Archive;

/// <summary>The archive cannot be used with these settings, however long one waits; the message begins with the full key.</summary>
public sealed class ArchiveSettingsException(string option, string reason) : InvalidOperationException($"Waqtor:{ArchiveOptions.Section}:{option}: {reason}");
